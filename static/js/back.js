/* This page answers a form that was sent. When it is left by sending again, the browser keeps it as a page
   to be asked for: "Back" then opens it instead of saying that the form would have to be sent once more. */

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  history.replaceState(history.state, "", location.href);
});
