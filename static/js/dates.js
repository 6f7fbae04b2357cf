/* Echoes a typed date as 「2025年7月10日（木）」 while it is typed. What it cannot read it leaves to the server,
   which decides (municipalities/dates.py); it never changes what was typed. On leaving the field would be too
   late: the echo moves the button below, and the press that left the field for it misses. */

const ERAS = { 令和: 2018, R: 2018, 平成: 1988, H: 1988, 昭和: 1925, S: 1925 };
const SPELT = /^(令和|平成|昭和|[RHS])?(元|\d{1,4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const WEEKDAY = "日月火水木金土";

function parts(text) {
  const plain = text.normalize("NFKC").replace(/\s+/g, "").toUpperCase();
  const compact = COMPACT.exec(plain);
  if (compact) return compact.slice(1).map(Number);
  const found = SPELT.exec(plain);
  if (!found) return null;
  const [, era, typed, month, day] = found;
  if (!era && typed.length !== 4) return null;
  const year = typed === "元" ? 1 : Number(typed);
  return [era ? ERAS[era] + year : year, Number(month), Number(day)];
}

function western(text) {
  const [year, month, day] = parts(text) ?? [];
  const date = new Date(year, month - 1, day);
  if (date.getFullYear() !== year || date.getMonth() !== month - 1 || date.getDate() !== day) return "";
  return `${year}年${month}月${day}日（${WEEKDAY[date.getDay()]}）`;
}

function echo(box) {
  const place = document.getElementById(`${box.id}_echo`);
  if (place) place.textContent = western(box.value);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-echo=date]")) echo(event.target);
});
