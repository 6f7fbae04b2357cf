/* Counts a text as the server does (municipalities/fields.py, normalise): code points, after the same cleaning.
   With data-box="30x8" it says how the text fits that box on paper (municipalities/printed_box.py); too much is
   a remark there. Waits while an input method composes, and speaks only when the writer pauses. */

const PAUSE = 1000;
const timers = new WeakMap();

const HALF = /[\u0020-\u007e\uff61-\uff9f]/gu;
const SHAPING = /[\u3099\u309a\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

function kept(text) {
  return text
    .replace(/\r\n|[\r\v\f\u001c-\u001e\u0085\u2028\u2029]/g, "\n")
    .replace(/[\u0001-\u0008\u000e-\u001b\u001f\u007f-\u009f]/g, "")
    .replace(/^(?:[\t \u00a0\u3000]*\n)+/, "")
    .replace(/[\t\n \u00a0\u3000]+$/, "");
}

function measure(text) {
  return Array.from(kept(text)).length;
}

function width(line) {
  const signs = line.replace(SHAPING, "");
  return Array.from(signs).length - (signs.match(HALF) ?? []).length / 2;
}

function linesOf(text, columns) {
  if (!text) return 0;
  return text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / columns)), 0);
}

function fit(box) {
  const [columns, lines] = box.dataset.box.split("x").map(Number);
  const used = linesOf(kept(box.value), columns);
  return { columns, lines, used, over: used - lines };
}

function boxWords(box) {
  const { columns, lines, used, over } = fit(box);
  const rest = over > 0 ? `${over.toLocaleString("ja-JP")}行あふれます` : `あと${(-over).toLocaleString("ja-JP")}行`;
  const count = measure(box.value).toLocaleString("ja-JP");
  return `${count}字・${used.toLocaleString("ja-JP")}行（印刷の枠：${columns}字×${lines}行。${rest}）`;
}

function words(count, longest) {
  const shown = `${count.toLocaleString("ja-JP")}／${longest.toLocaleString("ja-JP")}字`;
  return count > longest ? `${shown}（${(count - longest).toLocaleString("ja-JP")}字超えています）` : shown;
}

function update(box) {
  const place = document.getElementById(`${box.id}_counter`);
  if (!place) return;
  const longest = Number(box.dataset.counter);
  const count = measure(box.value);
  const isOver = count > longest;
  place.textContent = box.dataset.box && !isOver ? boxWords(box) : words(count, longest);
  place.classList.toggle("is-over", isOver);
  place.classList.toggle("is-full", Boolean(box.dataset.box) && !isOver && fit(box).over > 0);
}

function say(text) {
  document.dispatchEvent(new CustomEvent("status:say", { detail: { text } }));
}

function announce(box) {
  const longest = Number(box.dataset.counter);
  const over = measure(box.value) - longest;
  if (over > 0) {
    say(`${longest.toLocaleString("ja-JP")}字を${over.toLocaleString("ja-JP")}字超えています`);
  } else if (box.dataset.box && fit(box).over > 0) {
    say(`印刷の枠から${fit(box).over.toLocaleString("ja-JP")}行あふれます`);
  }
}

function changed(event) {
  const box = event.target;
  if (event.isComposing || !box.matches?.("[data-counter]")) return;
  update(box);
  clearTimeout(timers.get(box));
  timers.set(box, setTimeout(announce, PAUSE, box));
}

function updateAll() {
  document.querySelectorAll("[data-counter]").forEach(update);
}

document.addEventListener("input", changed);
document.addEventListener("compositionend", changed);
document.addEventListener("htmx:afterSettle", updateAll);
window.addEventListener("pageshow", updateAll);
updateAll();
