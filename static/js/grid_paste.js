/* Pasting into the entry grid with one step back: a column, names and values, or a block headed by years. What finds no
   place is told. */

const form = document.querySelector("form[data-grid]");
const undo = document.querySelector("[data-grid-undo]");
const LABELS = ["", "指標", "指標名", "項目", "名称"];
let before = null;
// Nothing typed since: Ctrl+Z takes it back.
let isLast = false;

const lines = () => Array.from(form.querySelectorAll(".grid tbody tr"));
const field = (name, end) => form.elements.namedItem(`${name}-${end}`);
const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "");
const emit = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const say = (text) => emit("grid:say", { text });

/* Excel ends rows with a line break and puts tabs between cells; a cell with a line break stands in quotes. */
function table(text) {
  const cell = /("(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)(\t|\n|$)/y;
  const whole = text.replace(/\r\n?|\u2028/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  for (;;) {
    const [all, content, end] = cell.exec(whole);
    const quoted = /^"([^]*)"$/.exec(content);
    rows.at(-1).push((quoted ? quoted[1].replaceAll('""', '"') : content).trim());
    if (end === "\n") rows.push([]);
    if (end === "" || all === "") return rows;
  }
}

/* The years that the first row names; null where it is no heading. A bare 2026 may be a value. */
function heading(row) {
  const heads = Array.from(form.querySelectorAll("th[data-names]"));
  const years = row.map((text) => heads.find((head) => head.dataset.names.split(" ").includes(plain(text).toUpperCase())));
  const found = years.filter(Boolean).length;
  const isSpoken = row.some((text, at) => years[at] && !/^\d+$/.test(plain(text)));
  const isHeading = isSpoken || found > 1 || (found === 1 && row.length > 1 && LABELS.includes(plain(row[0])));
  return isHeading && !lineNamed(row[0]) ? years : null;
}

function lineNamed(name) {
  const same = lines().filter((line) => plain(line.dataset.name) === plain(name));
  return same.length === 1 ? same[0] : null;
}

/* What goes where: {line, year, text} for cells with text; and what has no place, in words. */
function placed(rows, from) {
  const years = heading(rows[0]);
  const body = years ? rows.slice(1) : rows;
  const width = Math.max(...rows.map((row) => row.length));
  if (!years && width > 2) return null;
  const isNamed = years ? !years[0] : width === 2;
  const columns = years ?? (isNamed ? [null, {}] : [{}]);
  const { lined, lost } = isNamed ? byName(body) : downwards(body, from);
  const unknown = years ? rows[0].filter((text, at) => !years[at] && text && (at || !isNamed)) : [];
  if (unknown.length) lost.push(because("表にない列", unknown));
  const cells = lined.flatMap(({ line, row }) =>
    columns.flatMap((head, at) => (head && row[at] ? [{ line, year: head.dataset?.head ?? "", text: row[at] }] : [])),
  );
  const blank = lined.length - new Set(cells.map((cell) => cell.line)).size;
  if (blank) lost.push(`値が空の${blank}行`);
  return { cells, lost, count: body.length };
}

const because = (why, names) => `${Array.from(new Set(names)).join("、")}（${why}）`;

function downwards(rows, from) {
  // A computed row takes its row.
  const all = lines();
  const first = all.indexOf(from.closest("tr"));
  const lined = rows.map((row, at) => ({ line: all[first + at], row }));
  const rest = lined.filter(({ line, row }) => !line?.dataset.line && row.some(Boolean));
  const beyond = rest.filter(({ line }) => !line).length;
  const computed = rest.length - beyond;
  const lost = computed ? [`内訳から計算する${computed}行`] : [];
  if (beyond) lost.push(`表の終わりを超えた${beyond}行`);
  return { lined: lined.filter(({ line }) => line?.dataset.line), lost };
}

function byName(rows) {
  const taken = new Set();
  const lined = [];
  const lost = {};
  for (const row of rows.filter((one) => one.some(Boolean))) {
    const line = lineNamed(row[0]);
    const known = line?.dataset.line ? taken.has(line) && "同じ指標の2つめの行" : "内訳から計算する行";
    const why = line ? known : "表にない指標";
    if (why) (lost[why] ??= []).push(row[0] || "名称が空の行");
    else lined.push({ line, row });
    taken.add(line);
  }
  return { lined, lost: Object.entries(lost).map(([why, names]) => because(why, names)) };
}

function pasted(event) {
  const cell = event.target;
  if (!cell.dataset?.column) return;
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\r\n]/.test(text)) return;
  event.preventDefault();
  if (cell.dataset.column !== "value") {
    say("まとめて貼り付けるときは、今年の値の欄を選んでください。");
    return;
  }
  const found = placed(table(text), cell);
  if (!found) {
    say("値の1列か、指標名と値の2列か、見出しに年度のある表を、コピーし直してください。");
    return;
  }
  const controls = Array.from(form.querySelectorAll(".grid :is(input, select, textarea)"));
  before = { cell, texts: new Map(controls.map((one) => [one, [one.value, one.checked]])) };
  const ends = found.cells.map(write);
  emit("grid:changed");
  undo.hidden = false;
  isLast = true;
  emit("grid:ask", { then: (answer) => report(found, ends, answer), isPasted: true });
}

/* A year before gets a field under the stored value. Returns the end of its name. */
function write({ line, year, text }) {
  const key = line.dataset.line;
  const end = year ? `${key}.${year}` : key;
  const control = field("value", end) ?? fieldBefore(line, year, end);
  control.value = text;
  if (!year) field("state", key).value = "";
  control.dispatchEvent(new Event("input", { bubbles: true }));
  return end;
}

function fieldBefore(line, year, end) {
  const part = document.querySelector('template[data-pattern="before"]').content.firstElementChild.cloneNode(true);
  for (const one of [part, ...part.querySelectorAll("*")]) {
    for (const { name, value } of one.attributes) {
      one.setAttribute(name, value.replace("KEY", line.dataset.line).replace("YEAR", year));
    }
  }
  const cell = line.querySelector(`td[data-year="${year}"]`);
  cell.append(part);
  field("base", end).value = cell.dataset.base;
  return field("value", end);
}

/* Put back what stood in a field. */
function put({ name, text }) {
  const end = name.slice(name.indexOf("-") + 1);
  const [key, year] = end.split(".");
  const line = document.getElementById(`line-${key}`);
  if (!line || name.startsWith("theirs-")) return;
  if (year && !field("value", end)) fieldBefore(line, year, end);
  const control = form.elements.namedItem(name);
  if (control) control.value = text;
}

function report({ count, lost }, ends, answer) {
  const found = ends.map((end) => answer[end] ?? {});
  const counted = (look) => found.filter((one) => one.look === look).length;
  const [errors, doubts] = [counted("error"), counted("doubt")];
  const final = found.flatMap((one) => one.final || []);
  const more = Array.from(new Set(final)).map(
    (year) => `${year}の確定値が${final.filter((one) => one === year).length}件変わります。`,
  );
  if (lost.length) more.push(`入力していないもの：${lost.join("、")}。`);
  const typed = found.length - errors;
  const told = /\./.test(ends) ? `入力したセル${typed}（うち確認${doubts}）` : `入力${typed - doubts}、確認${doubts}`;
  say(`${count}行を貼り付けました。${told}、エラー${errors}。${more.join("")}`);
}

function takeBack(event) {
  event.preventDefault();
  const { cell, texts } = before;
  form.querySelectorAll(".grid-before").forEach((part) => texts.has(part.querySelector("input")) || part.remove());
  texts.forEach(([text, isChecked], control) => {
    control.value = text;
    control.checked = isChecked;
  });
  cell.focus();
  isLast = false;
  undo.hidden = true;
  emit("grid:changed");
  emit("grid:ask", { then: () => say("貼り付ける前に戻しました。") });
}

if (form) {
  form.addEventListener("paste", pasted);
  document.addEventListener("grid:put", (event) => put(event.detail));
  undo.addEventListener("click", takeBack);
  form.addEventListener("input", (event) => (isLast &&= !event.isTrusted));
  form.addEventListener("keydown", (event) => isLast && event.ctrlKey && event.key === "z" && takeBack(event));
}
