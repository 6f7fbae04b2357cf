// Keying in a sheet: Enter goes on to the next field, from the last one it sends.

const form = document.querySelector("[data-sheet]");

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, select")) return;
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select")];
  const following = fields[fields.indexOf(event.target) + 1];
  if (!following) return;
  event.preventDefault();
  following.focus();
  following.select?.();
});
