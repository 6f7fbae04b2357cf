"""Pictures of a comparison in a browser: by keyboard, without scripts, on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESK, PHONE

COMPARE = "/p/08/2026/compare/"
CLINICS = "focus=home_care_support_clinics"
PICTURES = {"strip": "svg.strip-plot", "map": "svg.map"}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("view", PICTURES)
def test_a_place_is_marked_by_keyboard_and_without_scripts(view, size, sign_in):
    address = f"{COMPARE}?view={view}&{CLINICS}"
    page = sign_in("ibaraki-officer", address, size=size, java_script_enabled=False)
    place = page.locator(PICTURES[view]).get_by_role("link", name=re.compile(r"^つくば市\s"))

    place.focus()
    expect(place).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(".drawing-told")).to_contain_text("つくば市")
    expect(page.locator(".drawing-list .is-marked")).to_contain_text("つくば市")
    expect(page.locator(PICTURES[view])).to_be_visible()


def test_from_a_picture_to_the_profile_of_a_town(sign_in):
    page = sign_in("ibaraki-officer", f"{COMPARE}?view=map&{CLINICS}&town=082015")

    page.locator(".drawing-told a").click()

    expect(page.get_by_role("heading", name="一つの市町村の位置　水戸市")).to_be_visible()
    assert page.locator("svg.spine").count() > 20


def test_another_indicator_keeps_the_marked_town(sign_in):
    page = sign_in("ibaraki-officer", f"{COMPARE}?view=multiples&town=082015")

    page.get_by_label("指標※任意").select_option("aging_rate_75")
    page.locator(".drawing .filter button").click()

    expect(page.locator(".drawing .chart-title")).to_contain_text("高齢化率（75歳以上）")
    expect(page.locator(".multiples .is-marked")).to_contain_text("水戸市")


def test_on_paper_the_map_keeps_its_patterns_and_its_legend(sign_in):
    page = sign_in("ibaraki-officer", f"{COMPARE}?view=map&focus=aging_rate_75")
    page.emulate_media(media="print")

    expect(page.locator("svg.map")).to_be_visible()
    expect(page.locator(".classes")).to_contain_text("高い方の25％")
    expect(page.locator(".drawing-list")).to_be_visible()
