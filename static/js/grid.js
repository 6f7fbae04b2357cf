/* The entry grid: keys between lines, pasting columns from Excel with one step back, and asking the server what it
   would say. It has no rules of its own: what is wrong or strange is said by entry_check, as saving would. */

const PAUSE = 300;
const UP_AND_DOWN = { ArrowDown: 1, ArrowUp: -1 };

const form = document.querySelector("form[data-grid]");
const said = document.querySelector("[data-grid-status]");
const undo = document.querySelector("[data-grid-undo]");
// What a sign (－ … x) was said to mean on this page: it is asked once.
const meanings = new Map();
let before = null;
let timer = 0;
let asked = 0;

function lines() {
  return Array.from(form.querySelectorAll("tr[data-line]"));
}

function field(line, name) {
  return form.elements.namedItem(`${name}-${line.dataset.line}`);
}

function plain(text) {
  return text.normalize("NFKC").replace(/\s+/g, "");
}

/* Keys. Enter never submits from a cell, and does nothing while an input method composes. */

function neighbour(cell, step) {
  const all = lines();
  const line = all[all.indexOf(cell.closest("tr")) + step];
  return line && field(line, cell.dataset.column);
}

function moved(event) {
  const cell = event.target.closest?.("[data-column]");
  if (!cell || event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
  const isEnter = event.key === "Enter";
  const step = isEnter ? (event.shiftKey ? -1 : 1) : UP_AND_DOWN[event.key];
  if (!step) return;
  event.preventDefault();
  const next = neighbour(cell, step);
  next?.focus();
  next?.select();
}

/* Pasting. Excel ends every row with a line break; cells of a row stand between tabs. */

export function table(text) {
  const rows = text.replace(/\r\n?|\u2028/g, "\n").replace(/\n$/, "").split("\n");
  return rows.map((row) => row.split("\t").map((cell) => cell.trim()));
}

function downwards(rows, from) {
  const all = lines();
  const first = all.indexOf(from.closest("tr"));
  const pairs = rows.map(([text], index) => ({ line: all[first + index], text }));
  const beyond = pairs.filter((pair) => !pair.line && pair.text).length;
  return { pairs, lost: beyond ? `表の行が足りないため、${beyond}行は入力していません。` : "" };
}

function byName(rows) {
  const known = new Map(lines().map((line) => [plain(line.dataset.name), line]));
  const pairs = rows.map(([name, text]) => ({ line: known.get(plain(name)), name, text: text ?? "" }));
  const names = pairs.filter((pair) => !pair.line && pair.name).map((pair) => pair.name);
  return { pairs, lost: names.length ? `表にない指標のため、入力していません：${names.join("、")}。` : "" };
}

function snapshot() {
  return lines().map((line) => [line, field(line, "value").value, field(line, "state").value]);
}

function pasted(event) {
  const cell = event.target;
  if (cell.dataset?.column !== "value") return;
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\r\n]/.test(text)) return;
  event.preventDefault();
  const rows = table(text);
  const columns = Math.max(...rows.map((row) => row.length));
  if (columns > 2) {
    say("貼り付けられるのは、値の1列か、指標名と値の2列です。列を選び直してコピーしてください。");
    return;
  }
  before = snapshot();
  const { pairs, lost } = columns === 1 ? downwards(rows, cell) : byName(rows);
  const filled = pairs.filter((pair) => pair.line && pair.text);
  filled.forEach(({ line, text: value }) => write(line, value, ""));
  changed();
  undo.hidden = false;
  ask((answer) => report(rows.length, filled, lost, answer));
}

function write(line, value, state) {
  field(line, "value").value = value;
  field(line, "state").value = state;
}

function report(count, filled, lost, answer) {
  const found = filled.map(({ line }) => answer[line.dataset.line] ?? { errors: {}, doubts: [] });
  const errors = found.filter((one) => Object.keys(one.errors).length).length;
  const doubts = found.filter((one) => !Object.keys(one.errors).length && one.doubts.length).length;
  const good = found.length - errors - doubts;
  say(`${count}行を貼り付けました。入力${good}、確認${doubts}、エラー${errors}。${lost}`);
}

function takeBack() {
  before?.forEach(([line, value, state]) => write(line, value, state));
  before = null;
  undo.hidden = true;
  changed();
  ask(() => say("貼り付ける前に戻しました。"));
  lines()[0] && field(lines()[0], "value").focus();
}

/* Drafts and the guard listen to what a person types: tell them of what a script has written. */
function changed() {
  form.elements.namedItem("base_version").dispatchEvent(new Event("input", { bubbles: true }));
}

function say(text) {
  said.textContent = text;
}

/* Asking the server. */

async function ask(then = () => {}) {
  clearTimeout(timer);
  const mine = ++asked;
  const answer = await request();
  if (!answer) {
    say("入力の確認ができませんでした。入力は画面に残っています。保存するときに、もう一度確かめます。");
    return;
  }
  if (mine === asked && explain(answer)) {
    ask(then);
    return;
  }
  if (mine === asked) lines().forEach((line) => show(line, answer[line.dataset.line]));
  then(answer);
}

async function request() {
  const options = { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" };
  const response = await fetch(form.dataset.checkUrl, { ...options, redirect: "manual" }).catch(() => null);
  return response?.ok ? (await response.json()).lines : null;
}

/* Choose the reason that a word names, and what a sign was said to mean before. True if that says something new. */
function explain(answer) {
  let isNew = false;
  for (const line of lines()) {
    const told = answer[line.dataset.line];
    const reason = field(line, "state");
    if (!told || reason.value) continue;
    const state = told.state || (told.sign && meanings.get(told.sign)) || "";
    isNew ||= !told.state && state !== "";
    reason.value = state;
  }
  return isNew;
}

function show(line, told) {
  if (!told) return;
  line.dataset.sign = told.sign;
  for (const name of ["value", "state", "as_of", "source", "note"]) {
    const control = field(line, name);
    if (told.errors[name]) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  const place = document.getElementById(`said-${line.dataset.line}`);
  if (place.querySelector(".grid-theirs")) return;
  const sentences = [
    ...Object.values(told.errors).map((text) => ["field-error", text]),
    ...told.doubts.map((text) => ["grid-doubt", text]),
  ];
  place.replaceChildren(
    ...sentences.map(([look, text]) => {
      const sentence = document.createElement("p");
      sentence.className = look;
      sentence.textContent = text;
      return sentence;
    }),
  );
}

function left(event) {
  const line = event.target.closest?.("tr[data-line]");
  if (line?.dataset.sign && event.target.name.startsWith("state-")) meanings.set(line.dataset.sign, event.target.value);
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

if (form) {
  form.addEventListener("keydown", moved);
  form.addEventListener("paste", pasted);
  form.addEventListener("change", left);
  undo.addEventListener("click", takeBack);
}
