"""What is being answered stays on a device until it is sent, for a day at most: a tablet goes from hand to hand."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESK, PHONE

KEPT = "この端末に、送る前の続きが残っています"
ASK = """
import json
from municipalities.kernel import tokens
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
from tests.surveys.asking import asking
place = Municipality.objects.select_related("prefecture").get(code="990019")
with within(place):
    cycle = Cycle.objects.get(fiscal_year=2026)
    cycle.municipality = place
    row = asking(cycle, "kept-answers", by="mihon-editor")
    print(json.dumps(f"/s/{tokens.secret_of(row.token)}/"))
"""
GROW_OLD = """
const [place] = Object.keys(localStorage).filter((name) => name.startsWith("answer:"));
const kept = JSON.parse(localStorage.getItem(place));
localStorage.setItem(place, JSON.stringify({ ...kept, at: kept.at - 25 * 60 * 60 * 1000 }));
"""
STORED = "Object.keys(localStorage).filter((name) => name.startsWith('answer:')).length"


@pytest.fixture(scope="module")
def door(installation):
    return json.loads(installation.run(ASK))


@pytest.fixture
def begun(open_page, door):
    """A phone on which the first question was answered, and the page was opened anew."""
    page = open_page(door, size=PHONE)
    page.locator("input[name=q1][value='2']").check()
    page.goto(door)
    return page


def test_what_was_begun_goes_on_where_it_was_left(begun):
    expect(begun.get_by_text(KEPT)).to_be_visible()

    begun.get_by_role("button", name="続きから答える").click()

    expect(begun.locator("input[name=q1][value='2']")).to_be_checked()


def test_whoever_does_not_want_it_begins_anew(begun):
    begun.get_by_role("button", name="消して、はじめから答える").click()

    expect(begun.get_by_text(KEPT)).to_be_hidden()
    assert begun.evaluate(STORED) == 0


def test_it_is_gone_after_a_day(begun, door):
    begun.evaluate(f"() => {{{GROW_OLD}}}")

    begun.goto(door)

    expect(begun.get_by_role("heading", level=1)).to_be_visible()
    expect(begun.get_by_text(KEPT)).to_be_hidden()
    assert begun.evaluate(STORED) == 0


def test_it_is_gone_after_sending(begun, door):
    begun.get_by_role("button", name="続きから答える").click()
    begun.get_by_role("button", name="次へ").click()
    begun.get_by_role("button", name="回答を送る").click()

    expect(begun.get_by_role("heading", name="回答を受け付けました")).to_be_visible()
    assert begun.evaluate(STORED) == 0
    begun.goto(door)
    expect(begun.get_by_text(KEPT)).to_be_hidden()


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_browsers_own_back_shows_what_was_filled_in(open_page, door, has_scripts, size):
    """A page that came by pressing 次へ: with `no-store` Chromium showed an error (ERR_CACHE_MISS) in its place."""
    page = open_page(door, size=size, java_script_enabled=has_scripts)
    page.locator("input[name=q1][value='1']").check()
    page.get_by_role("button", name="次へ").click()
    # Three ticks where two are allowed: the page comes back with an error, as an answer to a press as well.
    for value in ("1", "2", "3"):
        page.locator(f"input[name=q2][value='{value}']").check()
    page.get_by_role("button", name="次へ").click()
    expect(page.get_by_role("alert")).to_contain_text("2つまで選べます")
    page.locator("input[name=q2][value='3']").uncheck()
    page.get_by_role("button", name="次へ").click()
    expect(page.get_by_text("3／3ページ")).to_be_visible()

    for place in (2, 2, 1):
        page.go_back()
        expect(page.get_by_text(f"{place}／3ページ")).to_be_visible()
        expect(
            page.locator("input[type=radio]:checked, input[type=checkbox]:checked")
        ).not_to_have_count(0)

    # Forward again: what was filled in behind it is there, and is sent once.
    for _ in range(3):
        page.go_forward()
    expect(page.get_by_text("3／3ページ")).to_be_visible()
    page.get_by_role("button", name="回答を送る").click()
    expect(page.get_by_role("heading", name="回答を受け付けました")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("3／3ページ")).to_be_visible()
    page.get_by_role("button", name="回答を送る").click()
    expect(page.get_by_role("heading", name="回答を受け付けました")).to_be_visible()


OFFLINE = "通信できません。書いた内容はこの端末に残っています。"


@pytest.mark.parametrize("pressed", ["次へ", "回答を送る"])
def test_without_a_connection_the_page_stays_and_goes_on_later(open_page, door, watch, pressed):
    page = open_page(door, size=PHONE)
    page.locator("input[name=q1][value='2']").check()
    if pressed == "回答を送る":
        page.get_by_role("button", name="次へ").click()
        page.locator("[name=q4]").fill("12")
    page.context.set_offline(offline=True)

    page.get_by_role("button", name=pressed).click()

    expect(page.get_by_role("alert").get_by_text(OFFLINE)).to_be_visible()
    expect(page.get_by_role("button", name=pressed)).to_be_visible()
    assert page.evaluate(STORED) == 1
    # What the browser says of the question that nobody answered, and nothing else.
    assert all("ERR_INTERNET_DISCONNECTED" in one for one in watch.complaints)
    watch.complaints = []
    page.context.set_offline(offline=False)
    page.get_by_role("button", name=pressed).click()
    if pressed == "次へ":
        expect(page.get_by_role("button", name="前へ戻る")).to_be_visible()
    else:
        expect(page.get_by_role("heading", name="回答を受け付けました")).to_be_visible()
