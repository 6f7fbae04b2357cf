"""The negative controls of the browser tests: what they look for is found when it is there."""

import pytest
from playwright.sync_api import expect

from tests.e2e.audit import audit
from tests.e2e.hands import Keyboard
from tests.e2e.paper import foreign_fonts

# Planted together on the login page; each by its rule.
FAULTS = {
    "no label": "document.querySelector('label[for=id_login]').remove()",
    "neither ※必須": "document.querySelector('label[for=id_password] .field-must').remove()",
    "balloons": "document.querySelector('main form').noValidate = false",
    "described by nothing": "document.querySelector('#id_login').setAttribute('aria-describedby', 'gone')",
    "wrong without a sentence": "document.querySelector('#id_password').ariaInvalid = 'true'",
    "lower than 44 px": "document.querySelector('.button').style.cssText = 'min-height:0;height:20px'",
    "年度 without": "document.querySelector('main p').textContent = '令和8年度の書類'",
    "wider than 320 px": "document.querySelector('.note').style.width = '350px'",
    "color-contrast": "document.querySelector('.note').style.color = '#ccc'",
    "page-has-heading-one": "document.querySelector('h1').remove()",
    "language of the page": "document.documentElement.lang = 'en'",
    "title": "document.title = 'ログイン'",
    "choice without": """document.querySelector('main form').insertAdjacentHTML(
        'beforeend', '<label>はい<input type="radio"></label>')""",
}


def test_the_audit_finds_every_planted_fault_and_nothing_on_the_page_as_it_is(open_page):
    page = open_page()
    assert audit(page) == []

    for fault in FAULTS.values():
        page.evaluate(fault)

    found = audit(page)
    assert [rule for rule in FAULTS if not any(one.startswith(rule) for one in found)] == []


def test_the_watch_hears_console_scripts_and_strangers(open_page, watch):
    page = open_page()
    stranger = watch.origin.replace("127.0.0.1", "localhost")

    page.evaluate("console.error('said by a script')")
    page.evaluate("setTimeout(() => { throw new Error('thrown by a script') })")
    page.evaluate("import('https://stranger.example/x.js').catch(() => {})")
    page.goto(f"{stranger}/account/login/")

    heard, watch.complaints = "\n".join(watch.complaints), []
    for words in ("said by a script", "thrown by a script", "stranger.example", stranger):
        assert words in heard


def test_the_keyboard_refuses_a_stop_without_a_ring(open_page):
    page = open_page()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("document.querySelector('#id_login').style.outline = '0'")

    with pytest.raises(AssertionError, match="no ring"):
        Keyboard(page).walk()


def test_an_unexpected_refusal_is_a_complaint(open_page, watch):
    open_page("/nowhere/")

    heard, watch.complaints = watch.complaints, []
    assert len(heard) == 1
    assert "404" in heard[0]


def test_a_foreign_font_in_a_paper_is_found(open_page):
    page = open_page()
    page.evaluate("document.body.style.fontFamily = 'DejaVu Sans'")

    assert foreign_fonts(page.pdf()) != set()
