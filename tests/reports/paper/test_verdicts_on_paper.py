"""The verdict in a report: from the frozen values alone, the same as on the live pages, and nothing hidden told."""

import json

import pytest

from indicators.followed import following
from reports.choices import ReportStatus
from reports.document import assembly, snapshot
from reports.document.publication import published
from reports.document.reading import gather
from reports.paper.parts.measures import measures
from reports.paper.report.sheet import paper_html
from tests import world
from tests.indicators.rows import aim, follow, measure
from tests.reports.copies import FEW

pytestmark = pytest.mark.django_db
CODE, CITY = "emergency_nursing_addon_rate", 47_865
PATIENTS = "home_visit_patients"


def frozen():
    report = world.report_of(kind="final")
    found = snapshot.report_document(report, submitted_at=None, status=ReportStatus.DRAFT)
    return json.loads(assembly.canonical(found))


def line_of(document, code=CODE):
    return next(one for one in gather(document).indicators if one.code == code)


@pytest.fixture
def aimed(here):
    indicator = follow(here, CODE)
    indicator.baseline_year = 2023
    indicator.save()
    aim(here, indicator, 2028, 60)
    measure(here, CODE, 2023, "24.6", numerator=16, denominator=65)
    row = {"numerator": 12, "denominator": 38, "finality": "preliminary"}
    measure(here, CODE, 2026, "31.6", as_of="2026-12-31", **row)
    return here


def test_paper_and_page_say_the_same(aimed):
    """Every indicator of the year, of the document and of the rows."""
    told = {
        one.code: (one.verdict, one.how, one.ratio, one.progress, one.reference)
        for one in gather(frozen()).indicators
    }
    live = {
        one.indicator.code: one.evaluation
        for one in following.lines(aimed)
        if one.indicator.audience != "internal"
    }

    assert CODE in told
    assert told == {
        code: (one.word, one.how, one.ratio, one.progress, one.reference)
        for code, one in live.items()
    }


def test_the_line_of_the_report_tells_all_of_it(aimed):
    line = line_of(frozen())

    assert (line.verdict, line.ratio, line.progress) == (
        "未達見込み（参考値）",
        "52.6％",
        "19.7％",
    )
    assert line.forecast == "36.2％（令和10年度（2028年度））"
    assert line.baseline == "24.6％（令和5年度（2023年度））"
    assert line.this == "31.6％（令和8年12月末現在・速報）"
    assert line.reference.startswith("母数が少ないため参考値です（95％信頼区間：")


def test_the_paper_prints_it_in_words(aimed):
    document = frozen()
    html, line = paper_html(gather(document)), line_of(document)

    for text in (line.verdict, line.how, line.reference, "進捗率　19.7％", measures(()).basis):
        assert text in html


def test_the_preview_shows_it_on_the_screen(aimed, as_editor):
    report = world.report_of(kind="final")
    page = as_editor.get(f"/m/990019/2026/reports/{report.pk}/preview/").content.decode()

    assert "未達見込み" in page
    assert line_of(frozen()).how in page


def test_a_document_without_parts_and_own_definitions_is_read_with_its_values(aimed):
    """Old snapshots: the stored value stands where numerator and denominator are not told."""
    document = frozen()
    del document["own_definitions"]
    for row in document["measurements"]:
        del row["numerator"], row["denominator"]
    line = line_of(document)

    assert (line.verdict, line.progress, line.reference) == ("未達見込み", "19.8％", "")


def patients(cycle, *, few):
    """Follow a number of patients that the prefecture may see, with a small one in `few`."""
    indicator = follow(cycle, PATIENTS)
    indicator.baseline_year, indicator.audience = 2023, "prefecture"
    indicator.save()
    aim(cycle, indicator, 2026, 50)
    for year in (2023, 2026):
        measure(cycle, PATIENTS, year, FEW if year == few else 40)


def test_a_hidden_value_has_no_verdict_in_the_copy(here):
    patients(here, few=2026)
    whole = frozen()
    copied = line_of(published(whole, population=CITY), PATIENTS)

    assert line_of(whole, PATIENTS).verdict == "現状値より悪化（参考値）"
    assert (copied.this, copied.verdict) == ("x", "秘匿")
    assert (copied.ratio, copied.progress, copied.reference) == ("", "", "")


def test_a_hidden_value_in_the_copy_says_that_it_is_preliminary(here):
    """The handout of a council is drawn from the same line."""
    indicator = follow(here, PATIENTS)
    indicator.audience = "prefecture"
    indicator.save()
    measure(here, PATIENTS, 2026, FEW, finality="preliminary", as_of="2026-09-30")
    copied = line_of(published(frozen(), population=CITY), PATIENTS)
    now = next(one for one in copied.values if (one.series, one.fiscal_year) == ("実績", 2026))

    assert copied.this == "x（令和8年9月末現在・速報）"
    assert (now.value, now.state, now.finality) == (None, "秘匿", "速報")


def test_a_hidden_baseline_is_not_told_by_progress_or_forecast(here):
    """40 of 50 from 7 in 2023 is 76.7 %: whoever read that could compute the 7."""
    patients(here, few=2023)
    whole = frozen()
    copied = line_of(published(whole, population=CITY), PATIENTS)

    assert line_of(whole, PATIENTS).progress == "76.7％"
    assert copied.verdict == "未達"
    assert (copied.progress, copied.forecast) == ("", "")


@pytest.mark.parametrize(
    ("finality", "end"),
    [("final", "現在"), ("preliminary", "現在・速報"), ("forecast", "現在・見込")],
)
def test_a_figure_of_the_profile_says_whether_it_is_final(here, finality, end):
    document = frozen()
    for row in document["measurements"]:
        row["finality"] = finality
    dated = [one.period for one in gather(document).figures if "現在" in one.period]

    assert dated
    assert all(one.endswith(end) for one in dated)
