/* Counts a text as the server does (municipalities/fields.py, normalise): code points, after the same cleaning.
   Waits while an input method composes, and speaks only when the writer pauses. */

const PAUSE = 1000;
const timers = new WeakMap();

function measure(text) {
  const kept = text
    .replace(/\r\n|[\r\v\f\u001c-\u001e\u0085\u2028\u2029]/g, "\n")
    .replace(/[\u0001-\u0008\u000e-\u001b\u001f\u007f-\u009f]/g, "")
    .replace(/^(?:[\t \u00a0\u3000]*\n)+/, "")
    .replace(/[\t\n \u00a0\u3000]+$/, "");
  return Array.from(kept).length;
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
  place.textContent = words(count, longest);
  place.classList.toggle("is-over", count > longest);
}

function announce(box) {
  const longest = Number(box.dataset.counter);
  const over = measure(box.value) - longest;
  if (over > 0) {
    const text = `${longest.toLocaleString("ja-JP")}字を${over.toLocaleString("ja-JP")}字超えています`;
    document.dispatchEvent(new CustomEvent("status:say", { detail: { text } }));
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
