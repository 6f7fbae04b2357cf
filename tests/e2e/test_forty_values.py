"""The journey of forty values: from the home page, by a column copied elsewhere or by typing, to one save.

What hands do is counted, nothing is timed: the seconds of people follow from clicks and keys (KLM).
"""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import HAS_FOCUS, Keyboard, Mouse

TOWN, WHO = "/m/990035/2026/", "mihonmura-editor"
LINES = 40
FORTY_INDICATORS = f"""
from indicators.models import Indicator, Measurement, OwnDefinition
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
with within(Municipality.objects.get(code="990035")):
    cycle = Cycle.objects.get(fiscal_year=2026)
    for number in range({LINES}):
        key = f"{{name}}-{{{{number}}}}"
        own = OwnDefinition.objects.create(
            key=f"own-{{{{key}}}}", name=key, unit="か所" if number == 1 else "人"
        )
        indicator = Indicator(cycle=cycle, key=key, position={{first}} + number)
        indicator.follow(own)
        indicator.save()
        value = {{{{0: 1400, 1: 9}}}}.get(number, 100)
        last = Measurement(
            key=f"last-{{{{key}}}}", fiscal_year=2025, state="value", value=value, source="年報"
        )
        last.follow(own)
        last.save()
"""
# As Excel gives it: a full-width number, one with its unit, a sign, a slip of the decimal point, two leaps.
COLUMN = ["１，４２０", "９か所", "－", "1000", "150", "60", *(str(90 + n) for n in range(34))]
STORED = ["1,420", "9", "", "1,000", *COLUMN[4:]]
ODD = {3: "実際の増減", 4: "制度変更", 5: "集計方法"}
BECAUSE = "対象の病院が一つ増えたことによるものです"
# A kana takes two keys.
KEYS_OF_A_REASON = 2 * len(BECAUSE)


class Counting:
    """Counts clicks and keys as a person would make them."""

    clicks = keys = 0

    def press(self, target):
        self.clicks += 1
        super().press(target)

    def toggle(self, target):
        self.clicks += 1
        super().toggle(target)

    def key(self, combination, page=None):
        self.keys += combination.count("+") + 1
        (page or self.page).keyboard.press(combination)


class Clicking(Counting, Mouse):
    """Uses the pointer, and keys where these are the shorter way."""


class Typing(Counting, Keyboard):
    """Uses keys alone; what it counts as clicks are links and buttons that were reached by Tab."""


@pytest.fixture
def forty(installation):
    """Return a function that lets the village follow forty indicators more."""

    def follow(name, *, first):
        installation.run(FORTY_INDICATORS.format(name=name, first=first))
        return name

    return follow


def cell(page, name, number, part="value"):
    return page.locator(f"[id='{part}-{name}-{number}']")


def open_grid(hand):
    hand.press(hand.page.get_by_role("link", name=re.compile("^今年の値を入れる")))
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("今年の値をまとめて入力する")


def copy_elsewhere(hand, column):
    """Go to the window of a sheet, mark its column, copy it, come back."""
    sheet = hand.page.context.new_page()
    sheet.set_content("<textarea id='column'></textarea>")
    sheet.locator("#column").fill("\n".join(column))
    hand.keys += 2
    hand.clicks += 1
    sheet.locator("#column").select_text()
    hand.key("Control+c", sheet)
    hand.keys += 2
    sheet.close()


def explain(hand, name):
    """Say of each odd value what was found: a chip, and by Tab the field beside it."""
    for number, found in ODD.items():
        said = cell(hand.page, name, number, "said")
        hand.toggle(said.get_by_label(found))
        write_why(hand, name, number)


def write_why(hand, name, number):
    note = cell(hand.page, name, number, "checked_note")
    while not has_focus(note):
        hand.key("Tab")
    hand.keys += KEYS_OF_A_REASON
    hand.page.keyboard.insert_text(BECAUSE)


def save(hand, count):
    hand.button("保存する")
    expect(hand.page.get_by_role("status").first).to_contain_text(f"{count}件を保存しました。")


def shown(page, name):
    return [cell(page, name, number).input_value() for number in range(LINES)]


def go_to(hand, target):
    """Go up or down from line to line."""
    lines = hand.page.locator("[data-column=value]")
    order = "(all, cell) => all.indexOf(cell)"
    goal = lines.evaluate_all(order, target.element_handle())
    now = lines.evaluate_all("all => all.indexOf(document.activeElement)")
    for _ in range(abs(goal - now)):
        hand.key("ArrowDown" if goal > now else "ArrowUp")
    assert has_focus(target)


def has_focus(target):
    return target.evaluate(HAS_FOCUS)


def go_back(hand, target):
    while not has_focus(target):
        hand.key("Shift+Tab")


def type_down(hand):
    for text in COLUMN:
        hand.keys += len(text)
        hand.page.keyboard.insert_text(text)
        hand.key("Enter")


def say_what_the_sign_means(hand, name):
    said = cell(hand.page, name, 2, "said")
    expect(said).to_contain_text("「－」が何を表すか")
    go_to(hand, cell(hand.page, name, 2))
    hand.key("Tab")
    assert has_focus(cell(hand.page, name, 2, "state"))
    hand.key("ArrowDown")
    expect(said).to_be_empty()
    hand.key("Shift+Tab")


def explain_by_keys(hand, name):
    """The same as `explain`, from cell to cell; ends in the field of the last reason."""
    for number, found in ODD.items():
        go_to(hand, cell(hand.page, name, number))
        hand.key("Tab")
        while not cell(hand.page, name, number, "said").get_by_label(found).is_checked():
            hand.key("ArrowRight")
        write_why(hand, name, number)
        if number != max(ODD):
            go_back(hand, cell(hand.page, name, number))


def test_a_column_of_forty_takes_seven_clicks(forty, sign_in):
    """The task, the first cell, three chips and save, and the column in Excel; what the sign is taken for is told."""
    name = forty("forty", first=1000)
    hand = Clicking(sign_in(WHO, TOWN))
    page = hand.page
    said = page.locator("[data-grid-status]")

    open_grid(hand)
    hand.press(cell(page, name, 0))
    copy_elsewhere(hand, COLUMN)
    hand.key("Control+v")
    expect(said).to_have_text("40行を貼り付けました。入力37、確認3、エラー0。")
    expect(cell(page, name, 3, "said")).to_contain_text("10倍です。単位は合っていますか。")
    expect(page.get_by_label("「－」の意味")).to_have_value("not_applicable")
    expect(page.get_by_label("「…」の意味")).to_be_hidden()
    explain(hand, name)
    save(hand, LINES)

    assert shown(page, name) == STORED
    expect(cell(page, name, 2, "state")).to_have_value("not_applicable")
    expect(cell(page, name, 4, "said").locator("summary")).to_contain_text(f"制度変更：{BECAUSE}")
    assert (hand.clicks, hand.keys) == (7, 131)


def test_forty_are_typed_and_saved_by_keys_alone(forty, sign_in):
    name = forty("typed", first=2000)
    hand = Typing(sign_in(WHO, TOWN))
    page = hand.page

    open_grid(hand)
    hand.reach(page.locator("[data-column=value]").first)
    go_to(hand, cell(page, name, 0))
    # What it takes to pass the village's own lines says nothing.
    hand.keys = 0
    type_down(hand)
    say_what_the_sign_means(hand, name)
    explain_by_keys(hand, name)
    # In the field of a reason, as in any field but a cell, Enter saves.
    hand.key("Enter")

    expect(page.get_by_role("status").first).to_contain_text(f"{LINES}件を保存しました。")
    assert shown(page, name) == STORED
    assert (hand.clicks, hand.keys) == (1, 335)
