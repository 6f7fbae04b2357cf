// What is being answered stays on this device until it is sent; the page works without it.

const PLACE = `answer:${location.pathname}`;
const form = document.getElementById("answer");
const kept = document.getElementById("kept");

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(PLACE));
  } catch {
    return null;
  }
};

const keep = () => {
  const fields = [...new FormData(form)].filter(([name, value]) => name !== "homepage" && value);
  if (!fields.some(([name]) => /^q\d/.test(name))) return;
  try {
    localStorage.setItem(PLACE, JSON.stringify(fields));
  } catch {
    // A full or closed store: the hidden fields carry the answers all the same.
  }
};

const forget = () => {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // Nothing was kept.
  }
};

const resume = (fields) => {
  const again = document.createElement("form");
  again.method = "post";
  again.action = "";
  for (const [name, value] of [...fields, ["action", "resume"]]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    again.append(field);
  }
  document.body.append(again);
  again.submit();
};

if (document.querySelector("[data-sent]")) forget();
if (form) {
  const fields = read();
  const begun = [...new FormData(form)].some(([name, value]) => /^q\d/.test(name) && value);
  if (Array.isArray(fields) && !begun && kept) {
    kept.hidden = false;
    form.before(kept);
    kept.querySelector("[data-resume]").addEventListener("click", () => resume(fields));
    kept.querySelector("[data-forget]").addEventListener("click", () => {
      forget();
      kept.hidden = true;
    });
  }
  form.addEventListener("input", keep);
  if (begun) keep();
}
