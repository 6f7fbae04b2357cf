"""A logic model of 55 rows in the browser: on one A3, moved by keyboard and without scripts, read by everybody."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.audit import audit

MODEL = "/m/990019/2026/logic/fifty-five/"
A3 = (297, 420)
SIZES = (8, 15, 9, 10, 4, 9)
# Rows of the length they have in practice, in six outcomes; every group uses some activities of the first again.
PREPARE = f"""
from logicmodels.models import Activity, LogicModel, Outcome, Placement
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
place = Municipality.objects.get(code="990019")
with within(place):
    cycle = Cycle.objects.get(fiscal_year=2026)
    model = LogicModel.objects.create(cycle=cycle, key="fifty-five", title="55行のロジックモデル", position=9)
    names = [
        f"多職種の顔の見える関係づくりと、日頃から相談や協議ができる雰囲気づくり{{number}}"
        if number % 4 else f"多職種が参画する研修の実施{{number}}"
        for number in range(40)
    ]
    activities = [
        Activity.objects.create(cycle=cycle, key=f"long-{{number}}", name=name, position=number)
        for number, name in enumerate(names)
    ]
    fresh = iter(activities)
    for group, size in enumerate({SIZES}):
        outcome = Outcome.objects.create(
            cycle=cycle, key=f"group-{{group}}", logic_model=model, position=group,
            text=f"望む形で在宅療養を行うことができるよう、必要な支援が受けられる（{{group}}）",
        )
        for row in range(size):
            again = group and row < 3
            Placement.objects.create(
                cycle=cycle, key=f"place-{{group}}-{{row}}", outcome=outcome, position=row,
                activity=activities[row] if again else next(fresh),
                note="※医師会に要相談" if row == 1 else "",
            )
"""


@pytest.fixture(scope="module", autouse=True)
def model(installation):
    installation.run(PREPARE)


def printed(page):
    """Return the pages of the PDF that the browser prints, and each one's size in millimetres."""
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return pages, [
        tuple(round(float(side) * 25.4 / 72) for side in one.mediabox[2:]) for one in pages
    ]


def test_the_table_is_printed_on_one_a3_that_can_be_read(sign_in):
    page = sign_in("mihon-editor", f"{MODEL}print/")

    pages, sizes = printed(page)

    assert sizes == [A3[::-1]]
    text = "".join(pages[0].extract_text().split())
    assert all(f"{number}" in text for number in range(1, sum(SIZES) + 1))
    assert text.count("（再）") == 15
    points = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.paper-table td')).fontSize) * 0.75"
    )
    assert points >= 7.5


def test_the_diagram_is_printed_on_one_a3_that_can_be_read(sign_in):
    page = sign_in("mihon-editor", f"{MODEL}print/?view=diagram")

    _, sizes = printed(page)

    assert sizes == [A3]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1047, "height": 1512})
    scale = page.evaluate(
        """() => {
            const drawing = document.querySelector(".logic-figure svg");
            return drawing.getBoundingClientRect().height / drawing.viewBox.baseVal.height;
        }"""
    )
    assert scale * 14 * 0.75 >= 7.5


def test_a_row_is_moved_by_keyboard_and_keeps_the_focus(sign_in):
    page = sign_in("mihon-editor", MODEL)
    row = page.locator("#row-place-0-2")
    row.focus()

    for keys, number, sentence in (
        ("Alt+ArrowUp", 2, "3番を2番へ移しました。"),
        ("Alt+ArrowUp", 1, "2番を1番へ移しました。"),
        ("Alt+ArrowDown", 2, "1番を2番へ移しました。"),
        ("Alt+ArrowDown", 3, "2番を3番へ移しました。"),
    ):
        page.keyboard.press(keys)
        expect(page.locator("#status")).to_have_text(sentence)
        expect(page.locator("tr", has=row).locator(".number")).to_have_text(str(number))
        expect(row).to_be_focused()


def test_a_row_is_moved_by_its_menu(sign_in):
    page = sign_in("mihon-editor", MODEL)

    page.get_by_role("button", name=re.compile(r"^操作\s*（10番）$")).click()
    page.get_by_role("group", name="10番の操作").get_by_role("button", name="上へ").click()

    expect(page.locator("#status")).to_have_text("10番を9番へ移しました。")
    expect(page.locator(".row-menu:popover-open")).to_have_count(0)


def test_without_scripts_a_row_is_moved_detached_and_put_back(sign_in):
    page = sign_in("mihon-editor", MODEL, java_script_enabled=False)

    def press(row, name):
        page.get_by_role("button", name=re.compile(rf"^操作\s*（{row}番）$")).click()
        page.get_by_role("group", name=f"{row}番の操作").get_by_role("button", name=name).click()

    press(50, "下へ")
    expect(page.get_by_role("status").first).to_contain_text("50番を51番へ移しました。")
    assert page.url.endswith("#row-place-5-3")
    expect(page.locator("#row-place-5-3")).to_be_focused()

    press(51, "外す")
    expect(page.locator("[data-row]")).to_have_count(sum(SIZES) - 1)
    page.get_by_role("button", name="元に戻す").click()
    page.goto(MODEL)
    expect(page.locator("[data-row]")).to_have_count(sum(SIZES))


@pytest.mark.parametrize("address", [MODEL, f"{MODEL}?view=diagram", f"{MODEL}print/"])
def test_the_long_model_can_be_read_and_operated_by_everybody(address, sign_in):
    assert audit(sign_in("mihon-editor", address)) == []


def test_a_box_of_the_diagram_leads_to_its_row(sign_in):
    page = sign_in("mihon-editor", f"{MODEL}?view=diagram")

    page.get_by_role("link", name=re.compile(r"^12\s")).click()

    expect(page.locator(":focus")).to_have_attribute("id", re.compile("^row-place-1-"))
