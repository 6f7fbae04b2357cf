"""The whole year in 見本市, by visible links only.

Write → approve → submit → mail → review → もう一度見たい → mend → resubmit → 助言済み → 受理 → the prefecture's table.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from municipalities.japanese import dates
from tests.e2e.hands import Mouse
from tests.e2e.installation import PASSWORD
from tests.e2e.test_the_path import (
    choose_only_the_first_adviser,
    open_an_interim_report,
    wait_for_the_delivery,
)

NUMBER = re.compile(r"^\d{6}-\d{4}-interim-\d+$")
# The section with the box of text on which the adviser comments.
SECTION = "取組の方針"
BEFORE = "多職種研修を続け、顔の見える関係を広げる。"
AFTER = "多職種研修を続け、退院前の話し合いに訪問看護師が必ず入る形を広げる。"
COMMENT = "研修で何が変わればよいかを、住民の暮らしの言葉で書いてください。"
ANSWER = "退院前の話し合いに訪問看護師が入る形、と書き直しました。"
VERDICT = "場面ごとの課題がよく整理されています。方針をもう一段具体的にしてください。"


@pytest.fixture
def enter(open_page):
    """Return a function that signs somebody in in a browser of their own; nobody opens an address."""

    def sign_in(username):
        hand = Mouse(open_page())
        hand.sign_in(username, PASSWORD)
        expect(hand.page.get_by_role("heading", level=1)).to_be_visible()
        return hand

    return sign_in


def open_the_newest(hand):
    """Go to the report on top of the list."""
    hand.menu("報告書")
    hand.press(hand.page.locator("main table a").first)


def write_the_policy(hand, text):
    """Write the box of one section of the open draft, and say that the section is finished."""
    hand.press(hand.page.get_by_role("link", name=re.compile(f"^{SECTION}")).first)
    if hand.page.get_by_role("link", name=re.compile("書く$|編集する$")).count():
        hand.press(hand.page.get_by_role("link", name=re.compile("書く$|編集する$")).first)
    hand.write(SECTION, text)
    hand.toggle(hand.page.get_by_label("はい", exact=True))
    hand.page.get_by_role("button", name=re.compile("^保存")).first.click()


def ask_the_superior(hand):
    hand.link("上長確認に回す")
    hand.page.get_by_label(re.compile("^1番目に確認する上長")).select_option(label="見本市 上長")
    hand.button("上長確認に回す")
    hand.sees("上長確認に回しました。")


def approve(hand):
    """The superior's first screen says what waits."""
    hand.press(hand.page.get_by_role("link", name=re.compile("中間報告書.*を確認する")).first)
    hand.button("承認する")
    hand.sees("承認")


def submit_approved(hand):
    """From the board to the approved report; return its number."""
    open_the_newest(hand)
    hand.button("提出する")
    hand.sees("報告書を提出しました。")
    return hand.page.get_by_text(NUMBER).first.inner_text()


def comment_on_the_policy(hand, number):
    hand.press(hand.page.locator(f"main a[href*='{number}']").first)
    row = hand.page.locator(".review-row").filter(
        has=hand.page.get_by_role("heading", name=re.compile(f"^{SECTION}"))
    )
    hand.press(row.get_by_text(re.compile("^コメントを書く")))
    hand.toggle(row.get_by_label("直してほしい"))
    hand.replace(row.get_by_label(re.compile("^コメント\\s*※")), COMMENT)
    hand.press(row.get_by_role("button", name=re.compile("^下書きに加える")))
    expect(row).to_contain_text("下書き（まだ送っていません）")


def decide(hand, kind, *, text="", wanted_on=""):
    hand.press(hand.page.get_by_role("link", name="「助言済み」か「もう一度見たい」を送る").first)
    hand.toggle(hand.page.get_by_label(kind, exact=True))
    if wanted_on:
        hand.write("見たい日", wanted_on)
    if text:
        hand.write("総評", text)
    hand.button("判断を送る")


def mend(hand):
    """From the board: what the adviser asks for stands first; the answer, the mending, the new version."""
    hand.sees("次にやること")
    open_the_newest(hand)
    hand.sees("もう一度見たい")
    hand.link("コメントを読む")
    hand.sees(COMMENT)
    hand.sees(VERDICT)
    hand.press(hand.page.get_by_text("返事を書く").first)
    hand.replace(hand.page.get_by_label(re.compile("^返事")).first, ANSWER)
    hand.button("返事をして対応済みにする")
    open_the_newest(hand)
    hand.button("直しはじめる")
    hand.sees("前の版のまま")
    write_the_policy(hand, AFTER)


def resubmit(hand):
    open_the_newest(hand)
    hand.link("提出前の確認へ進む")
    hand.button("提出する")
    hand.sees("報告書を提出しました。")


def see_what_changed(hand, number):
    """The second version shows exactly what changed since the first look."""
    hand.press(hand.page.locator(f"main a[href*='{number}']").first)
    hand.press(hand.page.locator(f"a[href*='{number}/changes/']").first)
    hand.sees("追加")
    hand.sees("退院前の話し合いに訪問看護師が必ず入る形")
    hand.sees(ANSWER)
    hand.press(hand.page.locator(f"main a[href$='{number}/']").first)


def write_and_submit(enter, installation):
    """Return the number of a report that a superior has approved and the adviser received."""
    editor = enter("mihon-editor")
    open_an_interim_report(editor)
    choose_only_the_first_adviser(editor)
    open_the_newest(editor)
    write_the_policy(editor, BEFORE)
    open_the_newest(editor)
    ask_the_superior(editor)

    approve(enter("mihon-approver"))
    number = submit_approved(editor)
    wait_for_the_delivery(editor)
    assert installation.mails(number)
    return number


def ask_for_more(adviser, number):
    comment_on_the_policy(adviser, number)
    wanted = dates.in_wareki(timezone.localdate() + dt.timedelta(days=14))
    decide(adviser, "もう一度見たい", text=VERDICT, wanted_on=wanted)


def accept(officer, number):
    """The prefecture's table leads to the town, whose line tells the state and takes the acceptance."""

    def line():
        rows = officer.page.get_by_role("row")
        return rows.filter(has=officer.page.locator(f"a[href*='{number}']"))

    officer.press(officer.page.get_by_role("link", name="見本市", exact=True).first)
    expect(line()).to_contain_text("助言済み")
    officer.press(line().get_by_role("button", name=re.compile("^受理する")))
    expect(line()).to_contain_text("受理を取り消す")


@pytest.mark.path
def test_a_year_goes_round_among_all_its_people(enter, installation):
    number = write_and_submit(enter, installation)
    ask_for_more(enter("adviser-1"), number)

    editor = enter("mihon-editor")
    mend(editor)
    resubmit(editor)
    wait_for_the_delivery(editor)

    adviser = enter("adviser-1")
    see_what_changed(adviser, number)
    decide(adviser, "助言済み")
    accept(enter("mihon-officer"), number)

    editor.menu("報告書")
    expect(editor.page.get_by_role("row").filter(has_text="受理").first).to_be_visible()
