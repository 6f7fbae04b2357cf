"""A value that is not the last word says so, and of which day it is, wherever it is printed."""

import io

import pytest
from openpyxl import load_workbook

from indicators.models import IssueFigure
from logicmodels.models import Issue
from municipalities.tenancy import within
from reports.document import snapshot
from tests import world
from tests.indicators.rows import aim, follow, measure

pytestmark = pytest.mark.django_db
DESK, RATE = "consultation_desk_cases", "discharge_conference_care_manager_rate"
YEAR = "/m/990019/2026/"
TOLD = "令和8年12月末現在・速報"
PAGES = (
    "indicators/",
    "indicators/{key}/",
    "indicators/{key}/entry/",
    "indicators/trends/",
    "indicators/evaluation/",
    "scenes/",
    "scenes/discharge/",
)


@pytest.fixture
def rate(cycle):
    """A preliminary share with a target, shown at an issue."""
    indicator = follow(cycle, RATE)
    measure(
        cycle,
        RATE,
        2026,
        "31.5",
        numerator=41,
        denominator=130,
        finality="preliminary",
        as_of="2026-12-31",
    )
    aim(cycle, indicator, 2026, 60)
    with within(cycle.municipality):
        issue = Issue.objects.filter(cycle=cycle).first()
        IssueFigure.objects.create(cycle=cycle, issue=issue, indicator=indicator, key="f-x")
    return indicator


@pytest.mark.parametrize("page", PAGES)
def test_every_page_tells_it(as_editor, rate, page):
    address = YEAR + page.format(key=rate.key)
    answer = as_editor.get(address)
    assert answer.status_code == 200
    assert TOLD in answer.content.decode(), address


def test_the_sentence_of_the_verdict_and_the_chart_tell_it(as_editor, rate):
    page = as_editor.get(f"{YEAR}indicators/{rate.key}/").content.decode()
    assert f"の31.5％（{TOLD}）は、同じ年度の目標値" in page
    assert f"31.5（{TOLD}）" in page


def test_the_entry_grid_tells_it_of_a_year_before(as_editor, rate, cycle):
    measure(cycle, RATE, 2025, "30.1", finality="preliminary", as_of="2025-12-31")
    measure(cycle, RATE, 2024, "29.8")

    page = as_editor.get(f"{YEAR}indicators/entry/").content.decode()

    assert '30.1％<span class="note grid-beside">令和7年12月末現在・速報</span></td>' in page
    assert "29.8％</td>" in page


def test_the_list_of_values_says_of_a_final_one_that_it_is_final_and_of_which_day(
    as_editor, rate, cycle
):
    measure(cycle, RATE, 2025, "30.1", as_of="2025-06-30")
    measure(cycle, RATE, 2024, "29.8")

    page = as_editor.get(f"{YEAR}indicators/{rate.key}/").content.decode()

    for told in ("令和7年6月末現在・確定", "確定", TOLD):
        assert f'<td data-label="時点・確定の別">{told}</td>' in page


def test_paper_and_preview_tell_it(as_editor, rate, cycle):
    with within(cycle.municipality):
        review = snapshot.preview_of(world.report_of(kind="final"))
    line = next(one for one in review.indicators if one.code == RATE)
    draft = world.report_of(kind="final")
    page = as_editor.get(f"{YEAR}reports/{draft.pk}/preview/").content.decode()

    assert line.this == f"31.5％（{TOLD}）"
    assert TOLD in page
    assert any(TOLD in figure for issue in review.issues for figure in issue.figures)


def test_files_tell_it_in_columns(as_editor, rate):
    csv = as_editor.get(f"{YEAR}indicators/export.csv").content.decode("utf-8-sig")
    book = load_workbook(
        io.BytesIO(as_editor.get(f"{YEAR}indicators/evaluation/sheet.xlsx").content)
    )
    row = next(line for line in csv.splitlines() if line.startswith(f"990019,{RATE},2026"))
    cells = {cell.value for line in book["評価シート"].iter_rows() for cell in line}

    assert "preliminary" in row
    assert "2026-12-31" in row
    assert "速報" in cells


def test_a_final_value_says_nothing_of_the_kind(as_editor, cycle):
    """The negative control."""
    indicator = follow(cycle, DESK)
    measure(cycle, DESK, 2026, 31)
    page = as_editor.get(f"{YEAR}indicators/{indicator.key}/").content.decode()
    assert "・速報" not in page
    assert "（速報）" not in page
