"""Looks a page over: axe-core at two sizes, and what axe cannot know of this house (ux.md, chapter 4)."""

import json
from pathlib import Path

from tests.e2e.conftest import DESK, PHONE

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROWEST = {"width": 320, "height": 640}

RUN_AXE = """async (tags) => {
    const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
    return found.violations.flatMap((rule) =>
        rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}"""

HOUSE_RULES = r"""(theirs) => {
    const found = [];
    const fail = (rule, element) => found.push(`${rule}: ${element?.outerHTML?.slice(0, 160) ?? element}`);
    const all = (selector) => Array.from(document.querySelectorAll(selector));
    const isShown = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 1;
    const typed = "input:not([type=hidden], [type=radio], [type=checkbox], [type=submit]), select, textarea";

    if (document.documentElement.lang !== "ja") fail("language of the page", document.documentElement);
    // Who answers a questionnaire knows the town that asks, not this product.
    if (!/^.+｜(在宅医療・介護連携PDCA|見本市)$/.test(document.title)) fail("title", document.title);
    for (const form of all("form")) {
        if (form.querySelector(typed) && !form.noValidate) fail("balloons of the browser", form);
    }
    for (const control of all(typed)) {
        // A field that nobody sees catches programmes alone.
        if (control.closest(".answer-trap")) continue;
        const label = control.labels?.[0];
        if (!label && !control.getAttribute("aria-labelledby")) fail("no label", control);
        const isChoice = control.closest(".versions");
        if (label && !isChoice && !/※(どちらか一つ)?(必須|任意)/.test(label.textContent)) fail("neither ※必須 nor ※任意", label);
        if (control.type === "number" || control.type === "date") fail("a type that refuses 全角", control);
    }
    for (const choice of all("input[type=radio], input[type=checkbox]")) {
        if (!choice.closest("fieldset")?.querySelector("legend")) fail("choice without a legend", choice);
    }
    for (const element of all("[aria-describedby], [aria-labelledby]")) {
        const names = [element.getAttribute("aria-describedby"), element.getAttribute("aria-labelledby")];
        for (const id of names.join(" ").split(/\s+/)) {
            if (id && !document.getElementById(id)) fail(`described by nothing (${id})`, element);
        }
    }
    for (const control of all("[aria-invalid=true]")) {
        const words = (control.getAttribute("aria-describedby") ?? "").split(" ");
        if (!words.some((id) => id.endsWith("_error"))) fail("wrong without a sentence", control);
    }
    for (const target of all(`.button, .menu a, ${typed}`).filter(isShown)) {
        if (!target.closest(".answer-trap") && target.getBoundingClientRect().height < 44) fail("lower than 44 px", target);
    }
    // 「令和8年度末」 is how people write a time that is no day: their text stays theirs.
    const untheirs = theirs.reduce((text, line) => text.replaceAll(line, ""), document.body.innerText);
    // The ministry's reports and tables bear these names: a title stays as its publisher wrote it.
    const titles = /令和\d+年度(在宅医療・介護連携推進(支援事業|事業の実施状況に関する調査)| 保険者別 第)/g;
    const ours = untheirs.replaceAll(titles, "");
    // Inside a bracket a point parts the two calendars (`fiscal.in_brackets`).
    const lone = ours.match(/(令和|平成)(\d+|元)年度(?!末|（\d{4}年度）|・\d{4}年度).{0,10}/);
    if (lone) fail("年度 without its western year", lone[0]);
    for (const element of all(".visually-hidden, .sr-only")) fail("a class without a style", element);
    return found;
}"""

OVERFLOW = """() => document.documentElement.scrollWidth > window.innerWidth
    ? [`wider than ${window.innerWidth} px: ${document.documentElement.scrollWidth}`] : []"""

# A figure or a word beside something long, squeezed until each sign stands on a line of its own.
ONE_SIGN_A_LINE = """() => Array.from(document.querySelectorAll("td, th, dd, dt, li, p, span, a, button, label"))
    .filter((element) => !element.children.length && element.innerText.trim().length > 2 && element.checkVisibility())
    .filter((element) => !(element.closest("thead")?.offsetWidth <= 1))
    .filter((element) => {
        const { fontSize, paddingLeft, paddingRight } = getComputedStyle(element);
        const size = parseFloat(fontSize);
        const padding = element.clientWidth && parseFloat(paddingLeft) + parseFloat(paddingRight);
        const { width, height } = element.getBoundingClientRect();
        return width > 2 && (element.clientWidth || width) - padding < 1.8 * size && height > 2.5 * size;
    })
    .map((element) => `one sign a line at ${window.innerWidth} px: ${element.outerHTML.slice(0, 160)}`)"""


TIMES = ("（{}）", "{}から", "{}～", "実施時期\n{}", "\t{}\t", "{}　")


def texts_in(value):
    """Yield every text of a document, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def written_by_people():
    """Return the lines with a 年度 that the demo's people have written, the longest first.

    A time alone (「令和8年度」) is left out but where it stands in brackets behind a sentence, before
    「から」, 「～」 or the plan's text of it, or in a row of a table or of facts that says when something was.
    """
    documents = (ROOT / "reports" / "document" / "demo").glob("*.json")
    found = set()
    for path in documents:
        for text in texts_in(json.loads(path.read_text(encoding="utf-8"))):
            lines = {line.strip("・ 　①②③④⑤") for line in text.split("\n") if "年度" in line}
            short = {line for line in lines if len(line) <= len("令和10年度末")}
            found |= lines - short
            found |= {form.format(line) for line in short for form in TIMES}
    return sorted(found, key=len, reverse=True)


THEIRS = written_by_people()


def audit(page):
    """Return what is wrong with the page as it stands, at every size; the page keeps the desk's size."""
    found = page.evaluate(HOUSE_RULES, THEIRS)
    page.evaluate(AXE)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        found += page.evaluate(RUN_AXE, TAGS) + page.evaluate(OVERFLOW)
        found += page.evaluate(ONE_SIGN_A_LINE)
    page.set_viewport_size(NARROWEST)
    found += page.evaluate(OVERFLOW)
    page.set_viewport_size(DESK)
    return found
