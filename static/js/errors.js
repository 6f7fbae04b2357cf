/* After a refused submission the error summary has the focus; its links lead into the fields. */

function focusSummary(root) {
  root.querySelector(".error-summary, [data-error-summary]")?.focus();
}

focusSummary(document);

document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.detail.elt));

document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a");
  if (!link) return;
  const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const whole = field.closest(".field") ?? field;
  whole.scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});
