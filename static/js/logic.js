/* Rows of a logic model by keyboard: Alt+↑ and Alt+↓ move the row that has the focus, which stays on it.
   Without this module the same buttons send the page. */

const DIRECTIONS = { ArrowUp: "up", ArrowDown: "down" };

document.addEventListener("keydown", (event) => {
  const direction = DIRECTIONS[event.key];
  if (!direction || !event.altKey || event.ctrlKey || event.metaKey) return;
  const button = event.target.closest("[data-row]")?.querySelector(`button[value="${direction}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("logic:moved", (event) => {
  document.querySelector(".row-menu:popover-open")?.hidePopover();
  document.getElementById(event.detail.row)?.focus();
});
