/* The entry grid: keys between lines, asking the server what it would say, and the side with what is known of a line.
   It has no rules of its own: what is wrong or strange is said by entry_check, as saving would. Other modules speak by
   "grid:ask" {then, isPasted}, "grid:say" {text} and "grid:changed". */

const PAUSE = 300;
const UP_AND_DOWN = { ArrowDown: 1, ArrowUp: -1 };

const form = document.querySelector("form[data-grid]");
// What a sign means to who types here: asked once, and remembered in this browser.
const memory = `signs:${form?.dataset.keeper}`;
const meanings = JSON.parse(localStorage.getItem(memory) ?? "{}");
let timer = 0;
let asked = 0;
let unanswered = null;
const dialog = document.querySelector(".grid-detail");
const narrow = window.matchMedia("(max-width: 60rem)");
let opener = null;

const lines = () => Array.from(form.querySelectorAll("tr[data-line]"));
const field = (name, end) => form.elements.namedItem(`${name}-${end}`);

/* Keys. Enter never submits from a cell, and does nothing while an input method composes. */

function moved(event) {
  const cell = event.target.closest?.("[data-column]");
  if (!cell || event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
  const isEnter = event.key === "Enter";
  const step = isEnter ? (event.shiftKey ? -1 : 1) : UP_AND_DOWN[event.key];
  if (!step) return;
  event.preventDefault();
  const column = Array.from(form.querySelectorAll(`[data-column="${cell.dataset.column}"]`));
  const next = column[column.indexOf(cell) + step];
  next?.focus();
  next?.select();
}

function say(text) {
  form.querySelector("[data-grid-status]").textContent = text;
}

/* Asking the server. */

async function ask({ then = () => {}, isPasted } = {}) {
  clearTimeout(timer);
  const mine = ++asked;
  unanswered = null;
  const body = new URLSearchParams(new FormData(form));
  const options = { method: "POST", body, credentials: "same-origin", redirect: "manual" };
  const response = await fetch(form.dataset.checkUrl, options).catch(() => null);
  if (!response?.ok) {
    // Without a network the banner says that nothing is kept; it is asked again when it is back.
    if (!response) unanswered = { then, isPasted };
    say(response ? form.dataset.unchecked : "");
    return;
  }
  const { lines: answer, doubtful } = await response.json();
  if (mine === asked && explain(answer, isPasted)) {
    ask({ then, isPasted });
    return;
  }
  if (mine === asked) {
    Object.entries(answer).forEach(([end, told]) => show(end, told));
    form.querySelectorAll("[data-sign-choice]").forEach((one) => (one.parentNode.hidden = !given(one.dataset.signChoice).length));
    document.querySelector("[data-choice=doubtful]").textContent = doubtful;
  }
  then(answer);
}

const choice = (sign) => form.querySelector(`[data-sign-choice="${sign}"]`);

/* Choose what a word names, unless chosen by hand, and what a sign means, in a paste its usual meaning. True if that
   says something new. */
function explain(answer, isPasted) {
  let isNew = false;
  for (const line of lines()) {
    const told = answer[line.dataset.line];
    const reason = field("state", line.dataset.line);
    if (!told || (reason.value && (!told.word || reason.dataset.by === "hand"))) continue;
    const usual = choice(told.sign);
    const state = told.word || meanings[told.sign] || (isPasted && usual?.value) || "";
    if (state === reason.value) continue;
    if (usual) usual.value = state;
    isNew ||= told.state !== state;
    reason.value = state;
    reason.dataset.by = "word";
  }
  return isNew;
}

/* The reasons that a sign has given. */
const given = (sign) =>
  lines()
    .map(({ dataset }) => dataset.sign === sign && field("state", dataset.line))
    .filter((reason) => reason.value && reason.dataset.by === "word");

function means(sign, state) {
  meanings[sign] = state;
  localStorage.setItem(memory, JSON.stringify(meanings));
}

/* Told by the server as HTML; what has the focus stays in the page, and a conflict until it is saved: the line counts
   as read anew. */
const beforeNodeRemoved = (node) => !node.matches?.(".grid-theirs");

function show(end, told) {
  const place = document.getElementById(`said-${end}`);
  if (!place) return;
  const line = place.closest("tr");
  if (end === line.dataset.line) line.dataset.sign = told.sign;
  for (const name of ["value", "state", "as_of", "source", "note"]) {
    field(name, end)?.setAttribute("aria-invalid", name in told.errors);
  }
  Idiomorph.morph(place, told.said, { ignoreActiveValue: true, callbacks: { beforeNodeRemoved } });
  htmx.process(place);
}

function left(event) {
  const { target } = event;
  const line = target.closest("tr[data-line]");
  const sign = target.dataset.signChoice;
  if (sign) {
    means(sign, target.value);
    given(sign).forEach((reason) => (reason.value = target.value));
    changed();
  } else if (target.name.startsWith("state-")) {
    if (choice(line.dataset.sign)?.parentNode.hidden ?? line.dataset.sign) means(line.dataset.sign, target.value);
    target.dataset.by = "hand";
  }
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

/* What was found about one value says nothing about another. */
function retyped(event) {
  const line = event.target.closest("tr[data-line]");
  // What is chosen beside a cell outdates an answer that is under way.
  if (line?.querySelector(".grid-said fieldset")) asked++;
  if (line && event.target.dataset.column === "value") {
    line.querySelectorAll(".grid-checked input[value='']").forEach((none) => (none.checked = true));
    const reason = field("state", line.dataset.line);
    if (event.target.value && reason.dataset.by === "word") reason.value = "";
  }
}

/* Drafts and the guard listen to what a person types: tell them of what a script has written. */
function changed() {
  form.elements.namedItem("base_version").dispatchEvent(new Event("input", { bubbles: true }));
}

/* The side, opened by Ctrl+Enter or its link: beside the table on a wide screen, over the page on a narrow one. */

function detailed(event) {
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

if (form) {
  form.addEventListener("keydown", moved);
  form.addEventListener("change", left);
  form.addEventListener("input", retyped);
  form.addEventListener("keydown", detailed);
  form.addEventListener("click", remember);
  window.addEventListener("online", () => unanswered && ask(unanswered));
  document.addEventListener("grid:ask", (event) => ask(event.detail));
  document.addEventListener("grid:say", (event) => say(event.detail.text));
  document.addEventListener("grid:changed", changed);
  document.addEventListener("htmx:afterSettle", opened);
  dialog.addEventListener("close", closed);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !narrow.matches) dialog.close();
  });
}
