"""A year of which nobody has said which of several values counts says so wherever its value or verdict is shown."""

import html
import io
import json

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from indicators.followed import following
from indicators.models import SubmittedValue
from indicators.verdicts.evaluation import bare
from municipalities.tenancy import within
from reports.choices import ReportStatus
from reports.document import assembly, snapshot, weak
from reports.document.reading import gather
from reports.paper.report.sheet import paper_html
from tests import world
from tests.indicators.rows import aim, follow, measure

pytestmark = pytest.mark.django_db
FIGURE, OPEN = "population_total", "採用する値が未決定"
CODE = "home_visit_nursing_stations"
YEAR = "/m/990019/2026/"
NOTE = "採用する値が未決定：仮に「県の集計」の値"
SHORT, TO_DO = "採用値が未決定", "採用する値を決めていない指標が1件あります"
PAGES = (
    "indicators/",
    "indicators/{key}/",
    "indicators/evaluation/",
    "indicators/evaluation/?copy=office",
)


@pytest.fixture
def rivals(cycle):
    """147 of one source would miss the target of 150, 151 of the other reaches it; nobody has adopted either."""
    indicator = follow(cycle, CODE)
    aim(cycle, indicator, 2026, 150)
    first = measure(cycle, CODE, 2026, 147, source="市の調査")
    measure(cycle, CODE, 2026, 151, source="県の集計")
    return indicator, first


def adopt(cycle, row):
    with within(cycle.municipality):
        row.is_official = True
        row.save()


def frozen():
    report = world.report_of(kind="final")
    found = snapshot.report_document(report, submitted_at=None, status=ReportStatus.DRAFT)
    return json.loads(assembly.canonical(found))


def line_of(document):
    return next(one for one in gather(document).indicators if one.code == CODE)


def text_of(client, address):
    answer = client.get(YEAR + address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_every_page_that_shows_the_value_tells_it(as_editor, rivals, page):
    indicator, _ = rivals
    assert NOTE in text_of(as_editor, page.format(key=indicator.key))


@pytest.mark.parametrize("page", ["indicators/", "indicators/evaluation/"])
def test_the_verdict_has_a_mark_and_its_kind_stays(as_editor, rivals, cycle, page):
    assert f"達成（{SHORT}）" in text_of(as_editor, page)
    with within(cycle.municipality):
        line = next(one for one in following.lines(cycle) if one.indicator.code == CODE)
    assert (line.evaluation.kind, bare(line.evaluation.word)) == ("達成", "達成")
    assert line.evaluation.how == (
        f"令和8年度（2026年度）の151か所（{NOTE}）は、同じ年度の目標値150か所を満たしています。"
    )


def test_the_small_multiples_have_the_note_of_the_large_chart(as_editor, rivals):
    indicator, _ = rivals
    told = "違う値が2つあり、どの値を採用するか決まっていません。「県の集計」の値を示しています"
    for page in ("indicators/trends/", f"indicators/{indicator.key}/"):
        assert told in text_of(as_editor, page)


def test_the_workbook_tells_it_at_value_and_verdict(as_editor, rivals):
    book = load_workbook(
        io.BytesIO(as_editor.get(f"{YEAR}indicators/evaluation/sheet.xlsx").content)
    )
    head, *rows = book["評価シート"].iter_rows(values_only=True)
    row = next(dict(zip(head, one, strict=True)) for one in rows if CODE in one)
    assert row["実績"] == 151
    assert row["評価区分"] == f"達成（{SHORT}）"
    assert NOTE in row["注記"]


def test_preview_and_paper_tell_it(as_editor, rivals, here):
    document = frozen()
    line = line_of(document)
    assert (line.this, line.verdict) == (f"151か所（{NOTE}）", f"達成（{SHORT}）")
    assert NOTE in line.how
    assert any("どの値を採用するか決まっていません" in note for note in line.chart.notes)
    assert SHORT in paper_html(gather(document))
    draft = world.report_of(kind="final")
    assert NOTE in text_of(as_editor, f"reports/{draft.pk}/preview/")


def test_the_check_of_a_draft_asks_to_adopt_one(as_editor, rivals, cycle):
    draft = world.report_of(kind="final")
    assert TO_DO in text_of(as_editor, f"reports/{draft.pk}/check/")
    adopt(cycle, rivals[1])
    assert TO_DO not in text_of(as_editor, f"reports/{draft.pk}/check/")


def test_what_was_let_out_tells_it_while_it_is_that_value(as_editor, rivals, cycle):
    indicator, first = rivals
    SubmittedValue.objects.create(
        municipality=cycle.municipality,
        code=CODE,
        definition=indicator.definition,
        fiscal_year=2026,
        value=151,
        state="value",
        source="県の集計",
        number="990019-2026-1",
        published_at=timezone.now(),
    )
    assert NOTE in text_of(as_editor, "submitted-values/")
    adopt(cycle, first)
    assert NOTE not in text_of(as_editor, "submitted-values/")


@pytest.fixture
def populations(cycle):
    """Of two sources of a figure of the form the one that stands was entered first."""
    first = measure(cycle, FIGURE, 2026, 270_700, source="県の集計")
    measure(cycle, FIGURE, 2026, 270_600, source="市の調査")
    return first


def figure_of(document):
    return next(one for one in gather(document).figures if one.label == "人口")


def test_the_figures_of_the_profile_tell_it_and_show_the_value_that_stands(
    as_editor, populations, here, cycle
):
    page = text_of(as_editor, "profile/")
    assert "270,700人" in page
    assert NOTE in page
    figure = figure_of(frozen())
    assert (figure.value, figure.source) == ("270,700人", "県の集計")
    assert figure.period == f"令和8年度（2026年度）　{OPEN}"
    draft = world.report_of(kind="final")
    assert OPEN in text_of(as_editor, f"reports/{draft.pk}/preview/")
    assert OPEN in paper_html(gather(frozen()))

    adopt(cycle, populations)

    assert OPEN not in text_of(as_editor, "profile/")
    assert figure_of(frozen()).period == "令和8年度（2026年度）"
    assert OPEN not in paper_html(gather(frozen()))


def test_a_figure_of_before_that_shows_the_other_value_is_told_as_undecided_too(populations, here):
    document = frozen()
    for row in document["figures"]:
        if row["code"] == FIGURE:
            row.update(value="270600", source="市の調査")

    assert figure_of(document).period == f"令和8年度（2026年度）　{OPEN}"
    for row in document["measurements"]:
        del row["is_official"]
    assert figure_of(document).period == "令和8年度（2026年度）"


def test_a_figure_that_is_corrected_is_the_one_that_is_shown(as_editor, populations):
    page = text_of(as_editor, f"figures/{FIGURE}/edit/")
    assert "270,700" in page


def test_one_adopted_value_takes_every_note_away(as_editor, rivals, cycle):
    """The negative control."""
    indicator, first = rivals
    adopt(cycle, first)
    for page in PAGES:
        text = text_of(as_editor, page.format(key=indicator.key))
        assert "採用する値が未決定" not in text
        assert SHORT not in text


def test_a_document_from_before_there_were_adopted_values_says_nothing_of_them(rivals, here):
    document = frozen()
    assert any(TO_DO in one for one in weak.points(document))
    for row in document["measurements"]:
        del row["is_official"]
    line = line_of(document)
    assert (line.this, line.verdict) == ("151か所", "達成")
    assert not any(TO_DO in one for one in weak.points(document))
