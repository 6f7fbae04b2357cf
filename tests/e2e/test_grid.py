"""The entry grid in a browser: columns from Excel and one step back, keys, an input method, signs asked about once."""

import pytest
from playwright.sync_api import expect

from tests.e2e.installation import COLLEAGUE

ADDRESS = "/m/990019/2026/indicators/entry/"
LINES = 40
# Beside whatever the demo follows: forty counts with a value of last year each.
MORE_INDICATORS = f"""
from indicators.models import Indicator, Measurement, OwnDefinition
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
place = Municipality.objects.get(code="990019")
with within(place):
    cycle = Cycle.objects.get(fiscal_year=2026)
    for number in range({LINES}):
        key = f"own-pasted-{{number}}"
        if OwnDefinition.objects.filter(key=key).exists():
            continue
        own = OwnDefinition.objects.create(key=key, name=f"貼り付け {{number}}", unit="人")
        indicator = Indicator(cycle=cycle, key=f"pasted-{{number}}", position=1000 + number)
        indicator.follow(own)
        indicator.save()
        last = Measurement(
            key=f"last-{{number}}", fiscal_year=2025, state="value", value=100, source="調査"
        )
        last.follow(own)
        last.save()
"""
PASTE = """(element, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", {
        clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def followed(installation):
    installation.run(MORE_INDICATORS)


@pytest.fixture
def page(followed, sign_in):
    return sign_in(COLLEAGUE, ADDRESS)


def cell(page, number, name="value"):
    return page.locator(f"#{name}-pasted-{number}")


def values(page):
    return [cell(page, number).input_value() for number in range(LINES)]


def paste(page, number, text):
    cell(page, number).focus()
    cell(page, number).evaluate(PASTE, text)


def said(page):
    return page.locator("[data-grid-status]")


def undo(page):
    return page.get_by_role("button", name="元に戻す")


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_a_column_of_forty_goes_down_from_the_cell_and_back(page, ending):
    page.evaluate("() => window.scrollTo(0, 0)")
    before = values(page)
    column = ["104", "八十", "500", *["100"] * 37]
    expect(undo(page)).to_be_hidden()

    paste(page, 0, ending.join(column) + ending)

    expect(said(page)).to_have_text("40行を貼り付けました。入力38、確認1、エラー1。")
    assert values(page) == column
    expect(page.locator("#said-pasted-1")).to_contain_text("算用数字で入力してください")
    expect(page.locator("#said-pasted-2")).to_contain_text("30％を超えて増えています")
    expect(cell(page, 1)).to_have_attribute("aria-invalid", "true")
    undo(page).click()
    expect(said(page)).to_have_text("貼り付ける前に戻しました。")
    assert values(page) == before
    expect(undo(page)).to_be_hidden()
    expect(page.locator("#said-pasted-1")).to_be_empty()


def test_two_columns_are_matched_by_name_and_the_strange_ones_listed(page):
    rows = [f"貼り付け　{number}\t{200 - number}" for number in reversed(range(LINES))]

    paste(page, 5, "\r\n".join([*rows, "知らない指標\t5", ""]))

    expect(said(page)).to_contain_text("41行を貼り付けました。")
    expect(said(page)).to_contain_text("表にない指標のため、入力していません：知らない指標。")
    assert values(page) == [str(200 - number) for number in range(LINES)]


def test_blank_rows_leave_their_cells_alone_and_rows_beyond_the_end_are_told(page):
    before = values(page)

    paste(page, LINES - 3, "101\r\n\r\n103\r\n104\r\n105\r\n")

    expect(said(page)).to_contain_text("2行は入力していません。")
    assert values(page) == [*before[:-3], "101", before[-2], "103"]
    undo(page).click()
    expect(said(page)).to_have_text("貼り付ける前に戻しました。")
    assert values(page) == before


def test_more_than_two_columns_are_not_guessed_at(page):
    before = values(page)

    paste(page, 0, "a\t1\t2\r\n")

    expect(said(page)).to_contain_text("値の1列か、指標名と値の2列です")
    assert values(page) == before


def test_enter_and_arrows_move_and_a_composition_does_neither(page):
    cell(page, 3).focus()
    page.keyboard.press("Enter")
    expect(cell(page, 4)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cell(page, 5)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+Enter")
    expect(cell(page, 3)).to_be_focused()

    composing = """(element) => ["Enter", "ArrowDown"].map((key) => element.dispatchEvent(
        new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true })))"""
    # Nothing has kept the browser from its own doing, which is to end the composition.
    assert cell(page, 3).evaluate(composing) == [True, True]
    expect(cell(page, 3)).to_be_focused()
    assert page.url.endswith(ADDRESS)


def test_a_sign_is_asked_about_once_on_a_page(page):
    cell(page, 0).fill("－")
    cell(page, 1).focus()
    expect(page.locator("#said-pasted-0")).to_contain_text("「－」が何を表すか")
    cell(page, 0, "state").select_option("unknown")
    expect(page.locator("#said-pasted-0")).to_be_empty()

    cell(page, 1).fill("－")
    cell(page, 2).fill("該当なし")
    cell(page, 3).focus()

    expect(cell(page, 1, "state")).to_have_value("unknown")
    expect(cell(page, 2, "state")).to_have_value("not_applicable")


def test_what_is_typed_is_saved_and_what_cannot_be_read_comes_back(page, watch):
    cell(page, 10).fill("１，２３４人")
    cell(page, 11).fill("10~20")

    page.get_by_role("button", name="保存する", exact=True).click()

    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("1件を保存しました。")
    expect(cell(page, 10)).to_have_value("1,234")
    expect(cell(page, 11)).to_have_value("10~20")
    cell(page, 11).fill("15")
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("1件を保存しました。")
    expect(cell(page, 11)).to_have_value("15")
    assert any("422" in one for one in watch.complaints)
    watch.complaints = [one for one in watch.complaints if "422" not in one]
