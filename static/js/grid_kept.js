/* What was typed while the network failed survives a reload: it stays in this tab until it is saved or
   thrown away. Only its author's page takes it up; each line remembers which value it was typed over. */

const form = document.querySelector("form[data-grid]");
const PREFIX = "grid:";
const NOT_KEPT = ["csrfmiddlewaretoken", "base_version", "opening", "source"];
const place = form && `${PREFIX}${form.dataset.keeper}:${form.getAttribute("action")}`;
const opening = form?.elements.namedItem("opening");

const stored = () => JSON.parse(sessionStorage.getItem(place) ?? "null");
const forget = () => sessionStorage.removeItem(place);

function fields() {
  return Array.from(new FormData(form)).filter(([name]) => !NOT_KEPT.includes(name));
}

/* Line by line: a line that is as the page came with is not kept. */
function linesOf(pairs) {
  const found = {};
  for (const [name, text] of pairs) {
    const key = name.slice(name.indexOf("-") + 1).split(".")[0];
    (found[key] ??= []).push([name, text]);
  }
  return found;
}

const fresh = form && linesOf(fields());
let isDue = false;

/* A paste writes forty cells in one go: kept once. */
function soon() {
  if (!isDue) queueMicrotask(keep);
  isDue = true;
}

function keep() {
  isDue = false;
  const now = linesOf(fields());
  const typed = Object.keys(now).filter((key) => JSON.stringify(now[key]) !== JSON.stringify(fresh[key]));
  const source = form.elements.namedItem("source").value;
  const copy = { opening: opening.value, source, lines: Object.fromEntries(typed.map((key) => [key, now[key]])) };
  try {
    sessionStorage.setItem(place, JSON.stringify(copy));
  } catch {
    // No room: the banner says that nothing is saved.
  }
}

function takeUp(copy) {
  // It is newer than the draft that the server offers: one notice, not two.
  document.querySelector(`form[action^="${form.dataset.draftUrl}"]`)?.closest(".banner").remove();
  form.elements.namedItem("source").value = copy.source;
  const texts = Object.values(copy.lines).flat();
  const put = ([name, text]) => emit("grid:put", { name, text });
  texts.forEach(put);
  form.elements.namedItem("base_version").dispatchEvent(new Event("input", { bubbles: true }));
  emit("grid:say", { text: "前に入力して保存していなかった内容を、画面に戻しました。まだ保存していません。" });
  // What was found about a value has its place only when the server has asked.
  emit("grid:ask", { then: () => texts.filter(([name]) => name.startsWith("checked_")).forEach(put) });
}

const emit = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/* The address that says which opening has arrived has done its work. */
function tidy() {
  const address = new URL(location.href);
  if (!address.searchParams.has("saved")) return;
  address.searchParams.delete("saved");
  history.replaceState(null, "", address);
}

if (form) {
  Object.keys(sessionStorage)
    .filter((name) => name.startsWith(PREFIX) && !name.startsWith(`${PREFIX}${form.dataset.keeper}:`))
    .forEach((name) => sessionStorage.removeItem(name));
  const copy = stored();
  const hasArrived = copy && copy.opening === form.dataset.arrived;
  if (hasArrived) forget();
  tidy();
  opening.value = String(Math.random()).slice(2);
  if (copy && !hasArrived) queueMicrotask(() => takeUp(copy));
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // What the network failed to keep once comes back by itself until it is saved or thrown away.
  let isHeld = copy && !hasArrived;
  document.addEventListener("status:fail", () => (isHeld = true));
  document.addEventListener("draft:saved", () => (isHeld && !form.dataset.sent) || forget());
}
