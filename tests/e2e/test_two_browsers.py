"""Several people at one row: nothing that anybody saved or typed is lost, and nobody overwrites unasked."""

import re

from playwright.sync_api import expect

from tests.e2e.installation import COLLEAGUE
from tests.e2e.texts import LENGTH, long_text

YEAR = "/m/990019/2026/"
GOAL = f"{YEAR}scenes/discharge/goal/edit/"
PROFILE = f"{YEAR}profile/edit/"
MINE = "自分の文の欄にある内容を残す"
THEIRS = "先に保存された文を残す"


def field(page, label):
    return page.get_by_label(re.compile(rf"^{label}\s*※"))


def save(page):
    page.get_by_role("button", name="保存する", exact=True).click()


def saved(page):
    expect(page.get_by_role("status").first).to_contain_text("保存しました。")


def write_goal(page, text):
    field(page, "目指す姿").fill(text)
    save(page)


def merge_page(page):
    """Return what the merge page shows as (theirs, mine)."""
    expect(page.get_by_role("heading", level=1)).to_have_text("ほかの人が先に保存しました")
    theirs = page.get_by_role("region", name="先に保存された文").inner_text()
    return theirs, page.get_by_role("textbox", name="自分の文").input_value()


def decide(page, answer):
    page.get_by_label(answer).check()
    page.get_by_role("button", name="決めた内容で保存する").click()


def recorded(page):
    """Return the text of 変更の記録 with everything unfolded."""
    page.goto(f"{YEAR}history/")
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    return page.locator("main").inner_text()


def test_three_savers_at_one_text_lose_nothing(sign_in, watch):
    watch.expected = {409}
    first, second, third = (long_text(f"{name}番") for name in ("一", "二", "三"))
    one, two = sign_in("mihon-editor", GOAL), sign_in(COLLEAGUE, GOAL)
    assert {len(first), len(second), len(third)} == {LENGTH}

    write_goal(one, first)
    saved(one)
    write_goal(two, second)

    assert merge_page(two) == (first, second)
    three = sign_in("mihon-editor", GOAL)
    write_goal(three, third)
    saved(three)
    decide(two, MINE)
    assert merge_page(two) == (third, second)
    decide(two, MINE)
    saved(two)

    one.goto(GOAL)
    assert field(one, "目指す姿").input_value() == second
    history = recorded(one)
    assert first in history
    assert third in history


def test_the_text_left_aside_is_in_the_record_if_it_was_ever_saved(sign_in, watch):
    """Choosing the other one's text is a decision too: then theirs stays, and my own was never saved."""
    watch.expected = {409}
    address = f"{YEAR}scenes/daily_care/goal/edit/"
    one, two = sign_in("mihon-editor", address), sign_in(COLLEAGUE, address)
    theirs, mine = long_text("先"), long_text("後")

    write_goal(one, theirs)
    saved(one)
    write_goal(two, mine)
    merge_page(two)
    decide(two, THEIRS)

    expect(two.get_by_role("heading", level=1)).to_have_text("目指す姿と課題")
    two.goto(address)
    assert field(two, "目指す姿").input_value() == theirs


def test_different_fields_of_one_form_merge_without_asking(sign_in):
    one, two = sign_in("mihon-editor", PROFILE), sign_in(COLLEAGUE, PROFILE)

    field(one, "課題").fill("退院の連絡が前日になることがある。")
    save(one)
    saved(one)
    field(two, "医療の特徴").fill("訪問診療を行う診療所が七か所ある。")
    save(two)

    expect(two.get_by_role("status").first).to_contain_text(
        "ほかの人が先に保存した「課題」の変更も残しています。"
    )
    expect(two.locator("main")).to_contain_text("退院の連絡が前日になることがある。")
    expect(two.locator("main")).to_contain_text("訪問診療を行う診療所が七か所ある。")


def interims(page, year):
    """Return how many interim reports the list of the year names."""
    page.goto(f"/m/990019/{year}/reports/")
    return page.get_by_role("link", name="中間報告書").count()


def interim_report(page):
    """Open the interim report of the year up to its last check; return the button that submits it."""
    page.get_by_role("button", name="中間報告書を作る").click()
    page.get_by_role("link", name="提出前の確認へ進む").click()
    return page.get_by_role("button", name="提出する")


def has_gone_out_once(page, installation):
    """Wait for the end of the delivery; say what went out, as (papers, recipients)."""
    expect(page.locator("h1")).to_contain_text("中間報告書")
    number = page.get_by_text(re.compile(r"^\d{6}-\d{4}-interim-\d+$")).inner_text()
    for _ in range(60):
        if page.get_by_text("送信済み").count() == 2:
            break
        page.wait_for_timeout(1000)
        page.reload()
    mails = [mail["To"] for mail in installation.mails(number)]
    return len(installation.papers(number)), sorted(mails)


EACH_ONCE = (1, ["adviser-1@example.jp", "adviser-2@example.jp"])


def test_a_double_click_submits_once(sign_in, installation):
    page = sign_in("mihon-editor")
    before = interims(page, 2026)

    interim_report(page).dblclick()

    assert has_gone_out_once(page, installation) == EACH_ONCE
    assert interims(page, 2026) == before + 1


def test_a_form_that_arrives_twice_submits_once(sign_in, installation):
    """Past the page's own guard: the key answers the second arrival as it did the first one."""
    page = sign_in("mihon-editor")
    before = interims(page, 2026)
    form = page.locator("form", has=interim_report(page))
    fields = form.evaluate("form => Object.fromEntries(new FormData(form))")
    address = form.evaluate("form => form.action")

    first, second = (page.request.post(address, form=fields) for _ in range(2))

    assert first.url == second.url
    assert "報告書を提出しました。" in second.text()
    page.goto(second.url)
    assert has_gone_out_once(page, installation) == EACH_ONCE
    assert interims(page, 2026) == before + 1


def test_two_people_press_submit_and_one_report_goes_out(sign_in, installation):
    """Not a double click but two persons, each with a key of their own."""
    one = sign_in("mihon-editor", "/m/990019/2026/reports/")
    one_button = interim_report(one)
    two = sign_in(COLLEAGUE, one.url)

    one_button.click()
    expect(one.get_by_role("status").first).to_contain_text("報告書を提出しました。")
    two.get_by_role("button", name="提出する").click()

    expect(two.get_by_role("status").first).to_contain_text("すでに提出されています。")
    assert has_gone_out_once(two, installation) == EACH_ONCE
