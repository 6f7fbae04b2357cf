"""Charts in a browser under the site's own content policy: drawn over their SVG, read without scripts."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESK, PHONE

ADDRESS = "/m/990019/2026/indicators/indicator-1/"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_chart_is_drawn_over_its_picture_without_a_complaint(size, sign_in):
    page = sign_in("mihon-editor", ADDRESS, size=size)
    figure = page.locator("figure.chart")
    figure.scroll_into_view_if_needed()

    expect(figure.locator(".is-drawn .chart-plot .main-svg").first).to_be_visible()
    expect(figure.locator(".chart-svg")).to_be_hidden()
    expect(figure.locator("table")).to_contain_text("31.5")
    expect(page.get_by_text("Share")).to_have_count(0)


def test_without_scripts_the_picture_and_its_table_say_the_same(sign_in):
    page = sign_in("mihon-editor", ADDRESS, java_script_enabled=False)
    figure = page.locator("figure.chart")

    expect(figure.locator(".chart-svg")).to_be_visible()
    expect(figure.locator(".chart-svg")).to_contain_text("31.5")
    expect(figure.locator("table")).to_contain_text("31.5")


def test_on_paper_it_is_the_picture_that_is_printed(sign_in):
    page = sign_in("mihon-editor", ADDRESS)
    figure = page.locator("figure.chart")
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".is-drawn")).to_have_count(1)

    page.emulate_media(media="print")

    expect(figure.locator(".chart-svg")).to_be_visible()
    expect(figure.locator(".chart-plot")).to_be_hidden()


def test_a_small_picture_tells_its_unit_once_and_where_a_definition_begins(sign_in):
    page = sign_in("mihon-editor", "/m/990019/2026/indicators/trends/")

    expect(page.locator(".small-chart .chart-unit").first).to_be_attached()
    expect(page.locator(".small-chart .chart-unit:visible")).to_have_count(0)
    expect(page.locator(".small-chart svg > text", has_text="※").first).to_be_visible()
