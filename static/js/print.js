/* A button that prints: shown only where a script can do it; the browser's own command always works. */

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
