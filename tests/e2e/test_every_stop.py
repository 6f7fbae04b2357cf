"""The keyboard's way through whole pages, and what a page weighs on a slow line (ux.md, checks 4, 17, 18, 63)."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.hands import Keyboard

YEAR = "/m/990019/2026/"
PAGES = {
    "board": ("mihon-editor", YEAR),
    "table": ("mihon-editor", f"{YEAR}profile/"),
    "form": ("mihon-editor", f"{YEAR}profile/edit/"),
    "choices": ("mihon-editor", f"{YEAR}figures/population_total/edit/"),
    "inbox": ("adviser-1", "/review/"),
    "login": (None, "/account/login/"),
}
JS_LIMIT, CSS_LIMIT = 35 * 1024, 20 * 1024
READING_ORDER = """() => {
    const main = document.querySelector("main").getBoundingClientRect();
    const header = document.querySelector("header").getBoundingClientRect();
    return header.bottom <= main.top + 1;
}"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_every_stop_is_seen_bears_a_ring_and_lies_free(name, size, sign_in, open_page):
    username, address = PAGES[name]
    page = sign_in(username, address, size=size) if username else open_page(address, size=size)

    stops = Keyboard(page).walk()

    links_and_controls = page.locator("a[href]:visible, button:visible").count()
    assert len(stops) >= links_and_controls
    assert stops[0]["isSkipLink"]
    assert page.evaluate(READING_ORDER)


def test_the_skip_link_leads_into_the_content(sign_in):
    page = sign_in("mihon-editor", f"{YEAR}profile/")
    hand = Keyboard(page)

    hand.tab()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def weight_of(page, ending):
    """Return the compressed bytes of all files of this kind that the page has loaded."""
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    files = {address for address in loaded if address.partition("?")[0].endswith(ending)}
    return sum(len(gzip.compress(page.request.get(address).body())) for address in files)


@pytest.mark.parametrize("name", ["board", "form", "inbox"])
def test_an_ordinary_page_is_light(name, sign_in):
    page = sign_in(*PAGES[name])

    page.wait_for_load_state("networkidle")

    assert 0 < weight_of(page, ".js") <= JS_LIMIT
    assert 0 < weight_of(page, ".css") <= CSS_LIMIT
