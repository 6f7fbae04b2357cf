"""What goes wrong unseen at the entry grid: the reason of an earlier word, a column that slips, a draft that comes back."""

import pytest
from playwright.sync_api import expect

from tests.e2e.installation import COLLEAGUE
from tests.e2e.test_grid import ADDRESS, PASTE, without_draft

# Two counts with the computed one between them, before all else.
THREE = """
from indicators.models import Indicator, Measurement, OwnDefinition
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
with within(Municipality.objects.get(code="990019")):
    cycle = Cycle.objects.get(fiscal_year=2026)
    for number in range(3):
        own = OwnDefinition.objects.create(key=f"own-slip-{number}", name=f"ずれ {number}", unit="人")
        indicator = Indicator(cycle=cycle, key=f"slip-{number}", position=900 + number)
        indicator.follow(own)
        indicator.save()
        for year in (2025, 2026) if number == 1 else (2025,):
            row = Measurement(
                key=f"slip-{number}-{year}", fiscal_year=year, state="value", value=100,
                source="調査", composed_of="month" if year == 2026 else "",
            )
            row.follow(own)
            row.save()
"""
KEPT = "下書きを保存しました"
WAITS = "保存していない入力があります"


@pytest.fixture(scope="module")
def followed(installation):
    installation.run(THREE)


@pytest.fixture
def page(followed, sign_in):
    return without_draft(sign_in(COLLEAGUE, ADDRESS))


def cell(page, number, name="value"):
    return page.locator(f"[id='{name}-slip-{number}']")


def paste(page, text):
    cell(page, 0).focus()
    cell(page, 0).evaluate(PASTE, text)


def overtype(page, text):
    cell(page, 0).fill(text)
    cell(page, 0).press("Tab")


def test_the_last_word_decides_and_a_number_clears_the_reason_of_a_word(page):
    reason = cell(page, 0, "state")
    overtype(page, "秘匿")
    expect(reason).to_have_value("suppressed")
    overtype(page, "不明")
    expect(reason).to_have_value("unknown")
    overtype(page, "104")
    expect(reason).to_have_value("")
    expect(page.locator("#said-slip-0")).to_be_empty()


def test_a_reason_that_was_chosen_stays_and_is_told(page):
    """The negative control: neither a word nor a number takes away what somebody has chosen."""
    reason = cell(page, 0, "state")
    overtype(page, "秘匿")
    expect(reason).to_have_value("suppressed")
    reason.select_option("not_applicable")
    told = page.locator("#said-slip-0")
    expect(told).to_contain_text("値の欄の「秘匿」と、「値なしの理由」の「該当数字なし」が違います")
    overtype(page, "104")
    expect(told).to_contain_text("値があるときは、「値なしの理由」を空けてください。")
    expect(reason).to_have_value("not_applicable")


def test_a_column_passes_over_what_is_computed_and_says_so(page):
    paste(page, "101\r\n102\r\n103\r\n")

    expect(page.locator("[data-grid-status]")).to_have_text(
        "3行を貼り付けました。入力2、確認0、エラー0。入力していないもの：内訳から計算する1行。"
    )
    assert [cell(page, number).input_value() for number in (0, 2)] == ["101", "103"]
    expect(cell(page, 1)).to_have_text("100人")


def test_by_its_name_what_is_computed_is_told_as_such(page):
    paste(page, "ずれ 0\t101\r\nずれ 1\t102\r\n知らない指標\t1\r\n")

    expect(page.locator("[data-grid-status]")).to_have_text(
        "3行を貼り付けました。入力1、確認0、エラー0。"
        "入力していないもの：ずれ 1（内訳から計算する行）、知らない指標（表にない指標）。"
    )
    expect(cell(page, 1)).to_have_text("100人")


def test_a_block_names_the_final_values_that_it_changes(page):
    paste(page, "指標名\tR7\tR8\r\nずれ 0\t99\t98\r\nずれ 2\t100\t97\r\n")

    status = page.locator("[data-grid-status]")
    expect(status).to_contain_text("エラー0。令和7年度（2025年度）の確定値が1件変わります。")


def test_a_draft_that_was_thrown_away_stays_away(page):
    cell(page, 0).fill("107")
    cell(page, 0).press("Tab")
    expect(page.locator("form[data-grid] [data-status]")).to_contain_text(KEPT)
    page.goto(ADDRESS)
    expect(page.locator("main")).to_contain_text(WAITS)

    page.get_by_role("button", name="下書きを破棄する").click()

    expect(page.get_by_role("status").first).to_contain_text("下書きを破棄しました。")
    assert page.url.endswith(ADDRESS)
    for _ in range(2):
        # Leaving without having typed keeps nothing.
        page.goto("/m/990019/2026/")
        page.goto(ADDRESS)
        expect(cell(page, 0)).to_have_value("")
        expect(page.locator("main")).not_to_contain_text(WAITS)


def test_what_was_typed_just_before_is_thrown_away_with_the_draft(page):
    cell(page, 0).fill("107")
    cell(page, 0).press("Tab")
    expect(page.locator("form[data-grid] [data-status]")).to_contain_text(KEPT)
    page.goto(ADDRESS)
    expect(page.locator("main")).to_contain_text(WAITS)

    # Typed and left by the press itself: on its way to the server at that moment.
    cell(page, 0).fill("108")
    page.get_by_role("button", name="下書きを破棄する").click()

    expect(page.get_by_role("status").first).to_contain_text("下書きを破棄しました。")
    expect(cell(page, 0)).to_have_value("")
    page.goto(ADDRESS)
    expect(cell(page, 0)).to_have_value("")
    expect(page.locator("main")).not_to_contain_text(WAITS)


def test_two_pages_of_one_person_lose_nothing_of_each_other(page, watch):
    """The page that comes second asks, and shows both: where both have typed, what the other one has is named."""
    other = page.context.new_page()
    other.goto(ADDRESS)
    cell(other, 0).fill("107")
    # Each cell is kept as it is left: the draft that this page meets is the one with both.
    with other.expect_response(
        lambda answer: "/drafts/" in answer.url and "108" in answer.request.post_data
    ):
        cell(other, 2).fill("108")
        cell(other, 2).press("Tab")
    expect(other.locator("form[data-grid] [data-status]")).to_contain_text(KEPT)

    cell(page, 0).fill("105")
    cell(page, 0).press("Tab")
    expect(page.get_by_role("alert")).to_contain_text(
        "別の画面（タブや端末）でも、この表に入力しています"
    )
    page.get_by_role("button", name="両方の入力を表に出す").click()

    expect(page.locator("[data-grid-status]")).to_contain_text("ずれ 0（別の画面では「107」）")
    assert [cell(page, number).input_value() for number in (0, 2)] == ["105", "108"]
    expect(page.locator("form[data-grid] [data-status]")).to_contain_text(KEPT)
    # The other page saves: what this one has typed stays its draft, and is asked about.
    other.get_by_role("button", name="保存する", exact=True).click()
    expect(other.get_by_role("status").first).to_contain_text("2件を保存しました。")
    expect(other.get_by_role("status").first).to_contain_text("まだ保存していない内容があります")
    expect(cell(other, 0)).to_have_value("105")
    expect(other.locator("#said-slip-0")).to_contain_text("先に保存しました：107人")
    watch.complaints = [one for one in watch.complaints if "409" not in one]
