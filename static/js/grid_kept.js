/* What was typed while the network failed survives a reload: it stays in this tab until it is saved or
   thrown away. Only its author's page takes it up; each line remembers which value it was typed over. */

const form = document.querySelector("form[data-grid]");
const PREFIX = "grid:";
const NOT_KEPT = ["csrfmiddlewaretoken", "base_version", "opening", "seen", "source"];
const place = form && `${PREFIX}${form.dataset.keeper}:${form.getAttribute("action")}`;
const opening = form?.elements.namedItem("opening");

const stored = () => JSON.parse(sessionStorage.getItem(place) ?? "null");
const forget = () => sessionStorage.removeItem(place);

function fields() {
  return Array.from(new FormData(form)).filter(([name]) => !NOT_KEPT.includes(name));
}

const fresh = form && new Map(fields());
let isDue = false;

/* A paste writes forty cells in one go: kept once. */
function soon() {
  if (!isDue) queueMicrotask(keep);
  isDue = true;
}

function keep() {
  isDue = false;
  const typed = fields().filter(([name, text]) => text !== fresh.get(name));
  // Each with what stood there, and which value it was typed over.
  const texts = typed.map(([name, text]) => [name, text, fresh.get(name) ?? ""]);
  const bases = new Set(typed.map(([name]) => `base-${endOf(name)}`));
  bases.forEach((name) => texts.push([name, form.elements.namedItem(name).value]));
  const copy = { opening: opening.value, source: form.elements.namedItem("source").value, texts };
  try {
    sessionStorage.setItem(place, JSON.stringify(copy));
  } catch {
    // No room: the banner says that nothing is saved.
  }
}

const endOf = (name) => name.slice(name.indexOf("-") + 1);

/* What was typed into the same cell on another page meanwhile, and stands here as its draft. */
function elsewhere([name, text, stood]) {
  const cell = name.startsWith("value-") && form.elements.namedItem(name);
  const isOther = cell?.value && ![text, stood].includes(cell.value);
  return isOther ? [`${cell.closest("tr").dataset.name}（別の画面では「${cell.value}」）`] : [];
}

function takeUp(copy) {
  // It is newer than the draft that the server offers: one notice, not two.
  document.querySelector(`form[action^="${form.dataset.draftUrl}"]`)?.closest(".banner").remove();
  form.elements.namedItem("source").value = copy.source;
  form.elements.namedItem("seen").value += ` ${copy.opening}`;
  const { texts } = copy;
  const others = texts.flatMap(elsewhere).join("、");
  const put = ([name, text]) => emit("grid:put", { name, text });
  texts.forEach(put);
  emit("grid:changed");
  const both = others && `別の画面でも入力した値は、この画面の入力にしました：${others}。`;
  emit("grid:say", { text: `前に入力して保存していなかった内容を、画面に戻しました。まだ保存していません。${both}` });
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
  const found = stored();
  // One of an earlier release holds lines.
  const copy = found?.texts && found;
  const hasArrived = copy && copy.opening === form.dataset.arrived;
  if (hasArrived) forget();
  tidy();
  if (copy && !hasArrived) queueMicrotask(() => takeUp(copy));
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // What the network failed to keep once comes back by itself until it is saved or thrown away.
  let isHeld = copy && !hasArrived;
  document.addEventListener("status:fail", () => (isHeld = true));
  document.addEventListener("draft:saved", () => (isHeld && !form.dataset.sent) || forget());
}
