/* The status line and the failure banner. Other modules speak through events on document:
   "status:say" {text} and "status:fail" {why, retry}, whose words the page holds; "status:clear" takes the banner away. */

const CLOCK = new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" });

function line() {
  return document.querySelector(".action-bar [data-status]") ?? document.getElementById("status");
}

function say(text) {
  const place = line();
  if (place) place.textContent = text.replace("{time}", CLOCK.format(new Date()));
}

function fail({ why, retry }) {
  const alerts = document.getElementById("alerts");
  if (!alerts) return;
  const banner = document.createElement("div");
  banner.className = "banner banner-error";
  const words = document.createElement("div");
  const sentence = document.createElement("p");
  sentence.textContent = alerts.dataset[why];
  words.append(sentence);
  if (retry) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = alerts.dataset[`${why}Deed`] ?? "もう一度保存する";
    button.addEventListener("click", retry);
    words.append(button);
  }
  banner.append(words);
  alerts.replaceChildren(banner);
}

document.addEventListener("status:say", (event) => say(event.detail.text));
document.addEventListener("status:fail", (event) => fail(event.detail));
document.addEventListener("status:clear", () => document.getElementById("alerts")?.replaceChildren());

/* htmx: a part of the page that takes long says so in words; what failed says so too. */
const WAIT = 400;
const waiting = new WeakMap();

document.addEventListener("htmx:beforeRequest", (event) => {
  const target = event.detail.target;
  waiting.set(
    target,
    setTimeout(() => {
      target.setAttribute("aria-busy", "true");
      say("読み込んでいます");
    }, WAIT),
  );
});

document.addEventListener("htmx:afterRequest", (event) => {
  const target = event.detail.target;
  clearTimeout(waiting.get(target));
  if (target.getAttribute("aria-busy") === "true") {
    target.removeAttribute("aria-busy");
    if (line()?.textContent === "読み込んでいます") say("");
  }
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => fail({ why: "unreached" }));
}

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) return;
  fail({ why: "undone" });
});
