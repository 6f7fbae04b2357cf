/* The side of the entry grid: what is known of the line at hand, opened by Ctrl+Enter or its link. Beside the table on a
   wide screen, over the page on a narrow one. */

const form = document.querySelector("form[data-grid]");
const dialog = document.querySelector(".grid-detail");
const narrow = window.matchMedia("(max-width: 60rem)");
let opener = null;

function asked(event) {
  if (event.key !== "Enter" || !event.ctrlKey || event.isComposing || event.keyCode === 229) return;
  const line = event.target.closest?.("tr[data-line]");
  if (!line) return;
  event.preventDefault();
  opener = event.target;
  line.querySelector(".grid-more").click();
}

function remember(event) {
  const link = event.target.closest?.(".grid-more, .grid-theirs a");
  if (link && !link.closest("tr").contains(opener)) opener = link;
}

function opened(event) {
  if (event.detail.target.id !== "detail") return;
  if (!dialog.open) {
    if (narrow.matches) dialog.showModal();
    else dialog.show();
  }
  document.body.classList.toggle("has-grid-detail", !narrow.matches);
  const hasFlagged = event.detail.requestConfig.verb === "post";
  dialog.querySelector(hasFlagged ? "#detail form button" : "#detail-title").focus();
}

function closed() {
  document.body.classList.remove("has-grid-detail");
  opener?.focus();
  opener = null;
}

if (form && dialog) {
  form.addEventListener("keydown", asked);
  form.addEventListener("click", remember);
  document.addEventListener("htmx:afterSettle", opened);
  dialog.addEventListener("close", closed);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !narrow.matches) dialog.close();
  });
  dialog.querySelector("[data-detail-close]").addEventListener("click", () => dialog.close());
}
