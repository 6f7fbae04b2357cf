/* Keeps a form with data-draft-url on the server while it is written: one second after the last change,
   at most every five, and when the page is left. The form itself is never changed. */

const REST = 1000;
const APART = 5000;
// Browsers refuse keepalive requests whose body is bigger.
const KEEPALIVE_LIMIT = 60000;

const forms = new WeakMap();

function stateOf(form) {
  if (!forms.has(form)) {
    forms.set(form, { kept: body(form), last: 0, since: 0, timer: 0, busy: false, composing: false, failed: false });
  }
  return forms.get(form);
}

function body(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.append(name, value);
  }
  return fields.toString();
}

function request(form, text, leaving) {
  return fetch(form.dataset.draftUrl, {
    method: "POST",
    body: text,
    credentials: "same-origin",
    redirect: "manual",
    keepalive: leaving && text.length < KEEPALIVE_LIMIT,
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "X-CSRFToken": form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "",
      "X-Requested-With": "fetch",
    },
  });
}

function emit(name, detail, target = document) {
  target.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

function saved(form, state, text) {
  state.kept = text;
  if (body(form) === text) emit("draft:saved", {}, form);
  if (state.failed) emit("status:clear");
  state.failed = false;
  emit("status:say", { text: "下書きを保存しました（{time}）" });
}

function refused(form, state, response) {
  state.failed = true;
  const signedOut = response && (response.type === "opaqueredirect" || [401, 403].includes(response.status));
  emit("status:say", { text: "" });
  const isElsewhere = response?.status === 409;
  const again = signedOut ? () => renewToken().then(() => keep(form)) : () => keep(form);
  const why = signedOut ? "signedOut" : isElsewhere ? "elsewhere" : response ? "failed" : "offline";
  emit("status:fail", { why, retry: isElsewhere ? () => reopen(form) : again });
}

// The page's own copy of what was typed survives: it goes over the draft from elsewhere.
function reopen(form) {
  emit("draft:saved", {}, form);
  location.assign(form.action);
}

// Signing in anew changes the token: the old page takes the new one from a fresh copy of itself.
async function renewToken() {
  const page = await fetch(location.href, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (!page?.ok) return;
  const copy = new DOMParser().parseFromString(await page.text(), "text/html");
  const token = copy.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!token) return;
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token));
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

async function keep(form, leaving = false) {
  const state = stateOf(form);
  const text = body(form);
  // A form that a newer part of the page has replaced was sent, and is of no more use.
  if (form.dataset.sent || !form.isConnected || text === state.kept || (state.busy && !leaving)) return;
  clearTimeout(state.timer);
  state.since = 0;
  state.last = Date.now();
  try {
    state.busy = request(form, text, leaving);
    const response = await state.busy;
    if (response.ok) saved(form, state, text);
    else refused(form, state, response);
  } catch {
    refused(form, state, null);
  } finally {
    state.busy = false;
  }
  if (!state.failed && body(form) !== state.kept) plan(form);
}

function plan(form) {
  const state = stateOf(form);
  if (state.composing || form.dataset.sent) return;
  clearTimeout(state.timer);
  const now = Date.now();
  state.since ||= now;
  const due = Math.max(state.last + APART, Math.min(now + REST, state.since + APART));
  state.timer = setTimeout(keep, Math.max(0, due - now), form);
}

function formOf(event) {
  const form = event.target.form;
  return form?.dataset.draftUrl ? form : null;
}

function keepAll() {
  for (const form of document.querySelectorAll("form[data-draft-url]")) {
    const state = stateOf(form);
    if (!state.composing) keep(form, true);
  }
}

// What stands in the form when the page opens is what the server already has.
document.querySelectorAll("form[data-draft-url]").forEach(stateOf);
document.addEventListener("htmx:load", (event) => {
  event.detail.elt.querySelectorAll("form[data-draft-url]").forEach(stateOf);
});

document.addEventListener("compositionstart", (event) => {
  const form = formOf(event);
  if (!form) return;
  const state = stateOf(form);
  state.composing = true;
  clearTimeout(state.timer);
});

document.addEventListener("compositionend", (event) => {
  const form = formOf(event);
  if (!form) return;
  stateOf(form).composing = false;
  plan(form);
});

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => {
    const form = formOf(event);
    if (!form || event.isComposing) return;
    // A form of many cells is kept as soon as a cell is left.
    if (name === "change" && "draftCells" in form.dataset) keep(form);
    else plan(form);
  });
}

/* Who discards a draft discards what it does not hold yet, too, and what is on its way to it. */
document.addEventListener("submit", async (event) => {
  const { target } = event;
  const url = target.getAttribute("action")?.replace(/discard\/$/, "");
  const form = document.querySelector(`form[data-draft-url="${url}"]`);
  if (!form) return;
  event.preventDefault();
  form.dataset.sent = "yes";
  emit("draft:saved", {}, form);
  await Promise.allSettled([stateOf(form).busy]);
  target.submit();
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keepAll();
});
window.addEventListener("pagehide", keepAll);
window.addEventListener("online", keepAll);
