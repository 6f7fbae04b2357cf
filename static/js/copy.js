// Copies a text that stands on the page. Without JavaScript, or where the browser refuses, it is selected by hand.

for (const place of document.querySelectorAll("[data-copy]")) {
  const button = place.querySelector("button");
  const status = place.querySelector("[role=status]");
  if (!navigator.clipboard) {
    continue;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(place.querySelector("p").innerText);
      status.textContent = "コピーしました";
    } catch {
      status.textContent = "コピーできませんでした。文を選んでコピーしてください";
    }
  });
}
