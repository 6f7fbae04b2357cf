// What is being answered stays on this device until it is sent, for a day at most; the page works without it.

const BEGINS = "answer:";
const PLACE = `${BEGINS}${location.pathname}`;
// A tablet goes from hand to hand: what somebody has left unfinished is nobody else's tomorrow.
const KEPT_FOR = 24 * 60 * 60 * 1000;
const form = document.getElementById("answer");
const kept = document.getElementById("kept");

const stored = (place) => {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
};

const forget = (place = PLACE) => {
  try {
    localStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
};

const isFresh = (one) => {
  const age = Date.now() - one?.at;
  return Array.isArray(one?.fields) && age >= 0 && age < KEPT_FOR;
};

// Whatever survey of ours is opened: what has expired here goes.
const sweep = () => {
  try {
    for (const place of Object.keys(localStorage)) {
      if (place.startsWith(BEGINS) && !isFresh(stored(place))) forget(place);
    }
  } catch {
    // A closed store keeps nothing.
  }
};

const read = () => stored(PLACE)?.fields ?? null;

const keep = () => {
  const fields = [...new FormData(form)].filter(([name, value]) => name !== "homepage" && value);
  if (!fields.some(([name]) => /^q\d/.test(name))) return;
  try {
    localStorage.setItem(PLACE, JSON.stringify({ at: Date.now(), fields }));
  } catch {
    // A full or closed store: the hidden fields carry the answers all the same.
  }
};

const resume = (fields) => {
  const again = document.createElement("form");
  again.method = "post";
  again.action = "";
  for (const [name, value] of [...fields, ["action", "resume"]]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    again.append(field);
  }
  document.body.append(again);
  again.submit();
};

const OFFLINE = "通信できません。書いた内容はこの端末に残っています。通信できる場所で、もう一度押してください。";
const WAITS = 10_000;

// Whether the server can be reached: asked of a small file, since a browser that thinks so may be wrong.
const isReached = async () => {
  try {
    await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout?.(WAITS) });
    return true;
  } catch {
    return false;
  }
};

const tell = (sentence) => {
  const told = document.getElementById("offline") ?? document.createElement("p");
  told.id = "offline";
  told.className = "answer-error";
  told.setAttribute("role", "alert");
  told.textContent = sentence;
  form.querySelector(".buttons").before(told);
};

// Without a connection the page stays: the browser's own error page would take the answers out of sight.
let isAsking = false;
let isSure = false;
const hold = async (event) => {
  if (isSure) return;
  event.preventDefault();
  if (isAsking) return;
  isAsking = true;
  keep();
  isSure = await isReached();
  isAsking = false;
  if (isSure) form.requestSubmit(event.submitter);
  else tell(OFFLINE);
  isSure = false;
};

sweep();
if (document.querySelector("[data-sent]")) forget();
if (form) {
  const fields = read();
  const begun = [...new FormData(form)].some(([name, value]) => /^q\d/.test(name) && value);
  if (Array.isArray(fields) && !begun && kept) {
    kept.hidden = false;
    form.before(kept);
    kept.querySelector("[data-resume]").addEventListener("click", () => resume(fields));
    kept.querySelector("[data-forget]").addEventListener("click", () => {
      forget();
      kept.hidden = true;
    });
  }
  form.addEventListener("input", keep);
  // A browser that cannot press for itself sends as it does without this script.
  if (form.requestSubmit) form.addEventListener("submit", hold);
  // Who goes back or loads anew after sending finds the form filled in: that is sent, not left unfinished.
  const [entry] = performance.getEntriesByType("navigation");
  if (begun && (entry?.type ?? "navigate") === "navigate") keep();
}
