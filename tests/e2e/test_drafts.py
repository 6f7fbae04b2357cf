"""What is typed and not saved survives: a closed browser, a session that ends, a network that fails."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import Mouse
from tests.e2e.installation import COLLEAGUE, PASSWORD
from tests.e2e.texts import long_text

YEAR = "/m/990019/2026/"
KEPT = "下書きを保存しました"


def goal(page):
    return page.get_by_label(re.compile(r"^目指す姿\s*※"))


def kept(page):
    expect(page.locator("#status")).to_contain_text(KEPT)


def take_back(page):
    expect(page.locator("main")).to_contain_text("保存していない入力があります")
    page.get_by_role("link", name="入力を戻す").click()


def changes_of(page, scene):
    """Return how many changes of the goal of this scene are on record."""
    page.goto(f"{YEAR}history/")
    return page.get_by_role("rowheader", name=f"目指す姿（{scene}）").count()


def session_of(page):
    (session,) = (one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    return session


@pytest.fixture
def own_session(open_page):
    """Return a function that signs somebody in anew: this session will be ended."""

    def enter(username, address):
        page = open_page(address)
        Mouse(page).sign_in(username, PASSWORD)
        page.wait_for_url(f"**{address}")
        return page

    return enter


def test_a_closed_browser_loses_nothing_that_was_typed(sign_in):
    address, text = f"{YEAR}scenes/end_of_life/goal/edit/", long_text("下書き")
    page = sign_in("mihon-editor", address)
    stored = goal(page).input_value()

    goal(page).fill(text)
    kept(page)
    page.context.close()

    again = sign_in("mihon-editor", address)
    assert goal(again).input_value() == stored
    take_back(again)
    assert goal(again).input_value() == text


def test_a_draft_is_its_authors_only(sign_in):
    address = f"{YEAR}issues/issue-3/edit/"
    page = sign_in("mihon-editor", address)
    page.get_by_label(re.compile(r"^課題\s*※")).fill("まだ人に見せない書きかけ。")
    kept(page)

    other = sign_in(COLLEAGUE, address)

    expect(other.locator("main")).not_to_contain_text("保存していない入力があります")
    expect(other.locator("main")).not_to_contain_text("まだ人に見せない書きかけ。")


def test_an_ended_session_is_told_and_what_was_sent_stands_in_the_form_after_signing_in(
    own_session, installation
):
    address, text = f"{YEAR}scenes/emergency/goal/edit/", long_text("期限")
    page = own_session(COLLEAGUE, address)
    before = changes_of(page, "急変時の対応")
    page.goto(address)
    goal(page).fill(text)
    kept(page)

    installation.end_session(session_of(page))
    goal(page).press("End")
    page.keyboard.insert_text("まだ続きを書く")
    expect(page.get_by_role("alert")).to_contain_text("ログインの有効期限が切れたため")
    page.get_by_role("button", name="保存する", exact=True).click()
    Mouse(page).sign_in(COLLEAGUE, PASSWORD)
    page.wait_for_url(f"**{address}")

    expect(page.get_by_text("まだ保存していません")).to_be_visible()
    assert goal(page).input_value() == text + "まだ続きを書く"
    page.get_by_role("button", name="保存する", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("保存しました。")
    assert changes_of(page, "急変時の対応") == before + 1


def test_after_signing_in_in_another_tab_the_open_page_saves_all_of_it_once(
    own_session, installation
):
    address, text = f"{YEAR}scenes/emergency/goal/edit/", long_text("別のタブ")
    page = own_session("mihon-editor", address)
    before = changes_of(page, "急変時の対応")
    page.goto(address)

    installation.end_session(session_of(page))
    goal(page).fill(text)
    expect(page.get_by_role("alert")).to_contain_text("別のタブでログインしてから")
    tab = page.context.new_page()
    tab.goto("/")
    Mouse(tab).sign_in("mihon-editor", PASSWORD)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("見本市")
    page.bring_to_front()
    page.get_by_role("button", name="もう一度保存する").click()
    kept(page)
    expect(page.get_by_role("alert")).to_be_empty()
    page.get_by_role("button", name="保存する", exact=True).click()

    expect(page.get_by_role("status").first).to_contain_text("保存しました。")
    page.goto(address)
    assert goal(page).input_value() == text
    assert changes_of(page, "急変時の対応") == before + 1


UNSAVED = "保存できていません。入力は画面に残っています。"
LOST = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")


def test_what_was_typed_offline_is_kept_by_itself_when_the_network_returns(sign_in, watch):
    page = sign_in(COLLEAGUE, f"{YEAR}issues/issue-1/edit/")
    page.context.set_offline(offline=True)

    page.get_by_label(re.compile(r"^課題\s*※")).fill("回線が切れている間に書いた文。")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(UNSAVED)
    page.context.set_offline(offline=False)

    kept(page)
    expect(alert).to_be_empty()
    forgive(watch)


def test_a_failing_server_is_told_and_the_next_try_keeps_the_text(sign_in, watch):
    """The line is there and the answer is not: nothing tells the page to try again, the button does."""
    page = sign_in(COLLEAGUE, f"{YEAR}issues/issue-1/edit/")
    page.route("**/drafts/**", lambda route: route.abort())

    page.get_by_label(re.compile(r"^課題\s*※")).fill("返事のない間に書いた文。")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(UNSAVED)
    page.unroute("**/drafts/**")
    page.get_by_role("button", name="もう一度保存する").click()

    kept(page)
    expect(alert).to_be_empty()
    forgive(watch)


def forgive(watch):
    """The browser complains of a lost request, and must: take these complaints away, and leave all others."""
    assert any(sign in one for one in watch.complaints for sign in LOST)
    watch.complaints = [one for one in watch.complaints if not any(sign in one for sign in LOST)]


def test_a_press_right_after_a_date_is_not_lost(sign_in):
    """The echo of a date moves what stands below it: it must stand there before the button is pressed."""
    page = sign_in("mihon-officer", "/p/99/2027/periods/")
    page.get_by_label(re.compile("^最終報告の提出期限")).fill("令和10年2月25日")

    page.get_by_role("button", name="保存する").click()

    expect(page.locator("main")).to_contain_text("期限と受理のしかたを保存しました。")
