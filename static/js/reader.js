/* The reader of an exchange file. What is written stays in the page: nothing is sent, nothing is kept by the
   browser. It leaves as an answer file, and comes back by opening one. */

const told = JSON.parse(document.getElementById("told").textContent);
const form = document.getElementById("answer");
const status = document.getElementById("status");
const errors = document.getElementById("errors");
const earlier = document.getElementById("earlier");
const FIELDS = ["kind", "quote", "text"];
const LARGEST = 1024 * 1024;
const BOUND = ["format", "number", "version", "sha256", "ticket"];
let count = 0;
let isDirty = false;
let selected = null;

const byId = (id) => document.getElementById(id);
const copy = (id) => byId(id).content.firstElementChild.cloneNode(true);
const sections = () => Array.from(form.querySelectorAll("[data-section]"));
const commentsIn = (place) => Array.from(place.querySelectorAll("[data-comment]"));
const field = (comment, name) => comment.querySelector(`[data-name=${name}]`);
const length = (text) => Array.from(text).length;
const chosen = () => form.querySelector("[name=kind]:checked").value;
const say = (text) => (status.textContent = text);

function recount() {
  sections().forEach((section) => {
    const comments = commentsIn(section);
    comments.forEach((comment, at) => {
      comment.querySelector("[data-number]").textContent = String(at + 1);
    });
    const place = document.querySelector(`[data-count="${section.dataset.section}"]`);
    place.textContent = comments.length ? `（コメント${comments.length}件）` : "";
  });
  byId("again").hidden = chosen() !== "revisit";
  // counter.js counts every box anew on this.
  document.dispatchEvent(new Event("htmx:afterSettle"));
}

function connect(comment) {
  count += 1;
  FIELDS.forEach((name) => {
    const id = `comment-${count}-${name}`;
    const box = field(comment, name);
    box.id = id;
    comment.querySelector(`[data-for=${name}]`).htmlFor = id;
    const words = [["hint", "hint"], ["counts", "counter"]].map(([mark, ending]) => {
      const place = comment.querySelector(`[data-${mark}=${name}]`);
      if (place) place.id = `${id}_${ending}`;
      return place?.id;
    });
    if (words.some(Boolean)) box.setAttribute("aria-describedby", words.filter(Boolean).join(" "));
  });
}

function add(section, values = {}) {
  const comment = copy("comment");
  connect(comment);
  Object.entries(values).forEach(([name, text]) => {
    field(comment, name).value = text;
  });
  section.querySelector("[data-list]").append(comment);
  return comment;
}

function remove(comment) {
  const place = copy("removed");
  comment.replaceWith(place);
  place.querySelector("[data-undo]").addEventListener("click", () => {
    place.replaceWith(comment);
    recount();
    field(comment, "text").focus();
  });
  place.querySelector("[data-undo]").focus();
}

/* The words that were selected in a section when its button was pressed become what the comment is about. */
function noteSelection(event) {
  const section = event.target.closest?.("[data-add]")?.closest("[data-section]");
  const found = window.getSelection();
  const isInside = section && found.rangeCount && section.contains(found.anchorNode) && section.contains(found.focusNode);
  selected = isInside ? Array.from(found.toString().trim()).slice(0, 500).join("") : null;
}

function clearErrors() {
  form.querySelectorAll(".field-error").forEach((element) => element.remove());
  form.querySelectorAll("[aria-invalid]").forEach((box) => {
    box.removeAttribute("aria-invalid");
    const rest = (box.getAttribute("aria-describedby") ?? "").replace(/\S+_error/, "").trim();
    if (rest) box.setAttribute("aria-describedby", rest);
    else box.removeAttribute("aria-describedby");
  });
  errors.hidden = true;
  byId("error-list").replaceChildren();
}

function fail(box, words) {
  const item = copy("error-item");
  item.firstElementChild.textContent = words;
  item.firstElementChild.href = `#${box.id}`;
  byId("error-list").append(item);
  if (box.matches("[type=radio]")) return;
  const told = copy("error");
  told.id = `${box.id}_error`;
  told.querySelector("[data-words]").textContent = words;
  box.before(told);
  box.setAttribute("aria-invalid", "true");
  box.setAttribute("aria-describedby", `${box.getAttribute("aria-describedby") ?? ""} ${told.id}`.trim());
}

function tooLong(box) {
  const over = length(box.value) - Number(box.dataset.counter);
  return over > 0 ? `${box.dataset.counter}字以内で入力してください（${over}字超えています）` : "";
}

function checkComment(comment, label) {
  const text = field(comment, "text");
  if (!text.value.trim()) fail(text, `「${label}」のコメントを入力してください`);
  ["quote", "text"].forEach((name) => {
    const box = field(comment, name);
    if (tooLong(box)) fail(box, `「${label}」は、${tooLong(box)}`);
  });
}

function check(answer) {
  const overall = byId("summing_up");
  sections().forEach((section) => {
    const label = section.querySelector("h2").textContent;
    commentsIn(section).forEach((comment) => checkComment(comment, label));
  });
  if (tooLong(overall)) fail(overall, `総評は、${tooLong(overall)}`);
  const revisit = byId("revisit");
  if (!answer.comments.length && !chosen()) fail(revisit, "コメントを書くか、判断を選んでください");
  if (chosen() === "revisit") {
    if (!day()) fail(byId("wanted_on"), "いつまでに見たいかを、2027年1月31日のように入力してください");
    const asks = answer.comments.some((one) => one.kind === "fix" || one.kind === "question");
    if (!asks && !overall.value.trim()) fail(overall, "直してほしいことを、総評かコメント（直してほしい・質問）に書いてください");
  }
  if (!chosen() && overall.value.trim()) fail(revisit, "総評を返すには、判断を選んでください");
  return !errors.querySelector("a");
}

/* dates.js says what it has understood; until it does, what was typed stays as it is. */
function day() {
  const box = byId("wanted_on");
  box.dispatchEvent(new Event("change", { bubbles: true }));
  const [, year, month, date] = byId("wanted_on_echo").textContent.match(/^(\d{4})年(\d+)月(\d+)日/) ?? [];
  return year ? [year, month.padStart(2, "0"), date.padStart(2, "0")].join("-") : "";
}

function gathered(isDraft) {
  const comments = sections().flatMap((section) =>
    commentsIn(section).map((comment) => ({
      section: section.dataset.section,
      ...Object.fromEntries(FIELDS.map((name) => [name, field(comment, name).value])),
    })),
  );
  const decision = {
    kind: chosen(),
    text: byId("summing_up").value,
    wanted_on: chosen() === "revisit" ? day() || byId("wanted_on").value || null : null,
    opens_all: chosen() === "revisit" && byId("opens_all").checked,
  };
  const isDecided = Boolean(decision.kind) || isDraft;
  return { ...told, is_draft: isDraft, comments, decision: isDecided ? decision : null };
}

function download(answer, ending) {
  const blob = new Blob([JSON.stringify(answer, null, 1)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${told.number}-v${told.version}-${ending}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  isDirty = false;
  return link.download;
}

function save() {
  clearErrors();
  const answer = gathered(false);
  if (!check(answer)) {
    errors.hidden = false;
    errors.focus();
    say("");
    return;
  }
  say(`${download(answer, "answer")} を保存しました。市区町村の担当者に渡してください。`);
}

function pause() {
  say(`${download(gathered(true), "answer-tochu")} を保存しました。次は「続きを読み込む」で選んでください。`);
}

function fill(answer) {
  sections().forEach((section) => section.querySelector("[data-list]").replaceChildren());
  answer.comments.forEach(({ section, ...values }) => add(form.querySelector(`[data-section="${section}"]`), values));
  const decision = answer.decision ?? { kind: "", text: "", wanted_on: null, opens_all: false };
  form.querySelector(`[name=kind][value="${decision.kind}"]`).checked = true;
  byId("summing_up").value = decision.text;
  byId("wanted_on").value = decision.wanted_on ?? "";
  byId("opens_all").checked = decision.opens_all;
  recount();
  isDirty = false;
}

function isOurs(answer) {
  const codes = sections().map((section) => section.dataset.section);
  return BOUND.every((name) => answer[name] === told[name]) && answer.comments.every((one) => codes.includes(one.section));
}

async function resume() {
  const [file] = earlier.files;
  earlier.value = "";
  if (!file) return;
  try {
    const answer = file.size <= LARGEST ? JSON.parse(await file.text()) : {};
    if (!isOurs(answer)) throw new Error("another report");
    if (isDirty && !window.confirm("いま書いている内容を、選んだファイルの内容に置き換えます。よろしいですか。")) return;
    fill(answer);
    say(`続きを読み込みました（コメント${answer.comments.length}件）。`);
  } catch {
    say("このファイルは、この報告書・この版の回答ではないため、読み込めません。ファイルを選び直してください。");
  }
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => {
  isDirty = true;
  say("");
});
form.addEventListener("change", recount);
document.addEventListener("pointerdown", noteSelection, true);
document.addEventListener("status:say", (event) => say(event.detail.text));
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-remove]");
  if (!button) return;
  if (button.matches("[data-remove]")) remove(button.closest("[data-comment]"));
  else field(add(button.closest("[data-section]"), selected ? { quote: selected } : {}), "text").focus();
  selected = null;
  isDirty = true;
  recount();
});
byId("save").addEventListener("click", save);
byId("pause").addEventListener("click", pause);
earlier.addEventListener("change", resume);
window.addEventListener("beforeunload", (event) => isDirty && event.preventDefault());
document.querySelectorAll(".needs-script").forEach((element) => element.removeAttribute("hidden"));
recount();
