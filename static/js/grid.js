/* The entry grid: keys between lines, and asking the server what it would say. It has no rules of its own: what is
   wrong or strange is said by entry_check, as saving would. Other modules ask by "grid:ask" {then}. */

const PAUSE = 300;
const UP_AND_DOWN = { ArrowDown: 1, ArrowUp: -1 };

const form = document.querySelector("form[data-grid]");
// What a sign (－ … x) was said to mean on this page: it is asked once.
const meanings = new Map();
let timer = 0;
let asked = 0;

const lines = () => Array.from(form.querySelectorAll("tr[data-line]"));
const field = (name, end) => form.elements.namedItem(`${name}-${end}`);

/* Keys. Enter never submits from a cell, and does nothing while an input method composes. */

function moved(event) {
  const cell = event.target.closest?.("[data-column]");
  if (!cell || event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
  const isEnter = event.key === "Enter";
  const step = isEnter ? (event.shiftKey ? -1 : 1) : UP_AND_DOWN[event.key];
  if (!step) return;
  event.preventDefault();
  const column = Array.from(form.querySelectorAll(`[data-column="${cell.dataset.column}"]`));
  const next = column[column.indexOf(cell) + step];
  next?.focus();
  next?.select();
}

function say(text) {
  form.querySelector("[data-grid-status]").textContent = text;
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
  if (mine === asked) Object.entries(answer).forEach(([end, told]) => show(end, told));
  then(answer);
}

async function request() {
  const options = { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" };
  const response = await fetch(form.dataset.checkUrl, { ...options, redirect: "manual" }).catch(() => null);
  return response?.ok ? (await response.json()).lines : null;
}

/* Choose what a word names, unless chosen by hand, and what a sign was said to mean. True if that says something new. */
function explain(answer) {
  let isNew = false;
  for (const line of lines()) {
    const told = answer[line.dataset.line];
    const reason = field("state", line.dataset.line);
    if (!told || (reason.value && (!told.word || reason.dataset.by === "hand"))) continue;
    const state = told.word || meanings.get(told.sign) || "";
    if (state === reason.value) continue;
    isNew ||= told.state !== state;
    reason.value = state;
    reason.dataset.by = "word";
  }
  return isNew;
}

function show(end, told) {
  const place = document.getElementById(`said-${end}`);
  if (!place) return;
  const line = place.closest("tr");
  if (end === line.dataset.line) line.dataset.sign = told.sign;
  for (const name of ["value", "state", "as_of", "source", "note"]) {
    if (told.errors[name]) field(name, end)?.setAttribute("aria-invalid", "true");
    else field(name, end)?.removeAttribute("aria-invalid");
  }
  const sentences = [
    ...Object.values(told.errors).map((text) => ["field-error", text]),
    ...told.doubts.map((text) => ["grid-doubt", text]),
  ].map(([look, text]) => {
    const sentence = document.createElement("p");
    sentence.className = look;
    sentence.textContent = text;
    return sentence;
  });
  const question = told.asks ? (place.querySelector(".grid-checked") ?? asking(line)) : null;
  const theirs = place.querySelector(".grid-theirs") ?? (told.theirs ? conflict(line, end, told.theirs) : null);
  const boxes = [question, theirs].filter(Boolean);
  // What has the focus is not taken out of the page and put back.
  Array.from(place.childNodes).forEach((node) => boxes.includes(node) || node.remove());
  place.prepend(...sentences);
  boxes.forEach((box) => box.parentNode === place || place.append(box));
}

function pattern(name, line) {
  const copy = document.querySelector(`template[data-pattern="${name}"]`).content.firstElementChild.cloneNode(true);
  copy.querySelectorAll(".hidden-text").forEach((place) => (place.textContent = `（${line.dataset.name}）`));
  return copy;
}

function asking(line) {
  const question = pattern("checked", line);
  const key = line.dataset.line;
  question.querySelectorAll("input[type=radio]").forEach((chip) => (chip.name = `checked_as-${key}`));
  const note = question.querySelector("input[type=text]");
  note.id = note.name = `checked_note-${key}`;
  return question;
}

/* Told while typing already; saving asks again, and overwrites nothing unseen. */
function conflict(line, end, text) {
  const box = pattern("theirs", line);
  box.querySelector("[data-theirs]").textContent = text;
  box.querySelector("input").name = `theirs-${end}`;
  const more = line.querySelector(".grid-more");
  const link = box.querySelector("a");
  link.href = more.href;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    more.click();
  });
  return box;
}

function left(event) {
  const line = event.target.closest?.("tr[data-line]");
  if (event.target.name.startsWith("state-")) {
    if (line.dataset.sign) meanings.set(line.dataset.sign, event.target.value);
    event.target.dataset.by = "hand";
  }
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

/* What was found about one value says nothing about another. */
function retyped(event) {
  const line = event.target.closest?.("tr[data-line]");
  if (line && event.target.dataset.column === "value") {
    line.querySelectorAll(".grid-checked input[value='']").forEach((none) => (none.checked = true));
    const reason = field("state", line.dataset.line);
    if (event.target.value && reason.dataset.by === "word") reason.value = "";
  }
}

if (form) {
  form.addEventListener("keydown", moved);
  form.addEventListener("change", left);
  form.addEventListener("input", retyped);
  document.addEventListener("grid:ask", (event) => ask(event.detail.then));
  document.addEventListener("grid:say", (event) => say(event.detail.text));
}
