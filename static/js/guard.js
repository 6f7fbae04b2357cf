/* Leaving and sending: warns before unsaved input is lost, and lets one click send one request. */

const SENT = "sent";
const RELEASE = 10000;
const dirty = new Set();

function watched(form) {
  return form?.matches("form[data-guard], form[data-draft-url]");
}

function hold(form) {
  form.dataset[SENT] = "yes";
  // After the browser has collected the form: a disabled button would lose its name and value.
  setTimeout(() => {
    buttons(form).forEach((button) => button.setAttribute("aria-disabled", "true"));
  });
  // A download leaves the page standing.
  setTimeout(release, RELEASE, form);
}

function release(form) {
  delete form.dataset[SENT];
  buttons(form).forEach((button) => button.removeAttribute("aria-disabled"));
}

function buttons(form) {
  return Array.from(form.elements).filter((control) => control.type === "submit");
}

document.addEventListener("input", (event) => {
  if (watched(event.target.form)) dirty.add(event.target.form);
});

document.addEventListener("draft:saved", (event) => dirty.delete(event.target));

document.addEventListener(
  "submit",
  (event) => {
    if (event.target.dataset[SENT]) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  },
  true,
);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  hold(form);
  dirty.delete(form);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (form) release(form);
});

window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));

window.addEventListener("beforeunload", (event) => {
  const unsaved = Array.from(dirty).some((form) => form.isConnected && !form.dataset[SENT]);
  if (unsaved) event.preventDefault();
});
