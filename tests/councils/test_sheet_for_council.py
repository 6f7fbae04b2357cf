"""評価シート for a council of people outside: nothing 庁内, no small number; the whole is marked 庁内限り everywhere."""

import io

import pytest
from openpyxl import load_workbook

from councils.models import Evaluation, Improvement, Judgement, Meeting
from indicators.models import Indicator, IndicatorUse, Measurement
from logicmodels.models import Activity, Outcome
from reports.paper.year.evaluation import evaluation_html
from reports.writing.papers import evaluation_views
from tests.councils import meeting_samples as made

SHEET = "/m/990019/2026/evaluations/sheet"
OFFICE = {"copy": "office"}
MARK = "庁内限り"


@pytest.fixture
def said(db, here):
    """A fact, a judgement and a change, of which each test keeps one thing 庁内."""
    made.no_evaluations()
    outcome = Outcome.objects.get(cycle=here, key="outcome-1")
    fact = Evaluation.objects.create(
        key="e", cycle=here, outcome=outcome, text="事実の文。", helped="要因の文。"
    )
    judgement = Judgement.objects.create(
        key="j",
        cycle=here,
        evaluation=fact,
        verdict="partly",
        reasons="判断の文。",
        meeting=made.meeting(held_on="2026-07-10"),
    )
    activity = Activity.objects.get(cycle=here, key="activity-1")
    return Improvement.objects.create(
        key="i",
        cycle=here,
        activity=activity,
        kind="expand",
        what="改善の文。",
        judgement=judgement,
    )


@pytest.fixture
def papers(monkeypatch):
    """The papers that are to be drawn, instead of their drawings."""
    found = []

    class Drawn:
        content = b"%PDF"

    def keep(paper):
        found.append(paper)
        return Drawn

    monkeypatch.setattr(evaluation_views, "make_evaluation", keep)
    return found


def told(client, papers, **asked):
    """Return what page, workbook and paper tell, each as one text."""
    page = client.get(f"{SHEET}/", asked).content.decode()
    book = load_workbook(io.BytesIO(client.get(f"{SHEET}.xlsx", asked).content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    client.get(f"{SHEET}.pdf", asked)
    return page, "\n".join(cells), evaluation_html(papers[-1])


INTERNAL = {
    "事実の文。": lambda: Evaluation.objects.update(audience="internal"),
    "要因の文。": lambda: Evaluation.objects.update(is_drafted=True, drafted_from="事実の文。"),
    "判断の文。": lambda: Judgement.objects.update(audience="internal"),
    "改善の文。": lambda: Improvement.objects.update(audience="internal"),
    "推進協議会 第1回": lambda: Meeting.objects.led().update(audience="internal"),
    "退院支援ルールの見直し": lambda: Activity.objects.update(audience="internal"),
}


@pytest.mark.parametrize("text", INTERNAL)
def test_what_is_internal_leaves_with_no_copy_for_the_council(as_editor, said, papers, text):
    assert all(text in one for one in told(as_editor, papers))
    INTERNAL[text]()

    assert not any(text in one for one in told(as_editor, papers))
    # The negative control: the copy for the office tells it, and bears its mark.
    assert all(text in one and MARK in one for one in told(as_editor, papers, **OFFICE))


def test_small_numbers_are_hidden_with_everything_that_is_computed_from_them(
    as_editor, here, said, papers
):
    value = small_number(here)

    page, cells, paper = told(as_editor, papers)
    assert "37.5" not in page + cells + paper
    assert "x" in page
    assert "秘匿" in page
    assert "秘匿" in cells
    assert "秘匿" in paper
    assert all("37.5" in one and MARK in one for one in told(as_editor, papers, **OFFICE))
    value.refresh_from_db()
    assert value.numerator == 3


def test_enough_people_are_told(as_editor, here, said, papers):
    """The negative control of hiding."""
    small_number(here, numerator=375, denominator=1000)

    assert all("37.5" in one for one in told(as_editor, papers))


NO_PARTS = "分子と分母を入力すると"


def test_a_share_without_its_parts_asks_for_them_on_the_screen_alone(as_editor, here, said, papers):
    small_number(here, numerator=None, denominator=None)

    page, cells, paper = told(as_editor, papers)
    assert "37.5" not in page + cells + paper
    assert page.count(NO_PARTS) == 1
    assert NO_PARTS not in cells + paper
    assert not any(NO_PARTS in one for one in told(as_editor, papers, **OFFICE))


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        (
            {"numerator": None, "denominator": None},
            "入力されておらず、何人を数えた割合か分からないため秘匿",
        ),
        ({}, "「x」は、数が小さいため秘匿しています。"),
    ],
)
def test_the_paper_says_why_a_number_is_hidden(as_editor, here, said, papers, numbers, why):
    small_number(here, **numbers)

    assert why in told(as_editor, papers)[2]


def test_a_paper_that_hides_for_both_reasons_says_both(as_editor, here, said, papers):
    row = small_number(here)
    Indicator.objects.filter(code=row.code).update(baseline_year=here.fiscal_year - 2)
    row.pk, row.key, row.fiscal_year = None, "no-parts", here.fiscal_year - 2
    row.numerator = row.denominator = None
    row.save(force_insert=True)

    assert "数が小さいか、分子と分母が入力されておらず" in told(as_editor, papers)[2]


def test_what_is_hidden_for_another_reason_asks_for_no_parts(as_editor, here, said, papers):
    """The negative control: three of eight."""
    small_number(here)

    assert NO_PARTS not in told(as_editor, papers)[0]


def small_number(cycle, numerator=3, denominator=8):
    """Let the indicator at the outcome count so few."""
    use = IndicatorUse.objects.filter(cycle=cycle, outcome__key="outcome-1").first()
    indicator = Indicator.objects.get(pk=use.indicator_id)
    Measurement.objects.filter(code=indicator.code, fiscal_year=cycle.fiscal_year).delete()
    return Measurement.objects.create(
        key="few",
        code=indicator.code,
        definition_id=indicator.definition_id,
        own_definition_id=indicator.own_definition_id,
        fiscal_year=cycle.fiscal_year,
        value="37.5",
        numerator=numerator,
        denominator=denominator,
        state="value",
        finality="final",
        source="病院への調査",
    )


def test_the_usual_copy_bears_no_mark_and_the_other_is_named(as_editor, said, papers):
    usual = as_editor.get(f"{SHEET}.xlsx")
    office = as_editor.get(f"{SHEET}.xlsx", OFFICE)

    assert MARK not in load_workbook(io.BytesIO(usual.content)).sheetnames[0]
    book = load_workbook(io.BytesIO(office.content))
    assert book.sheetnames == [f"評価シート（{MARK}）", f"説明（{MARK}）"]
    assert book.worksheets[0].oddHeader.right.text == MARK
    assert as_editor.get(f"{SHEET}.pdf", OFFICE)["Content-Disposition"].count("%E5%BA%81") == 1
    assert all(MARK not in one for one in told(as_editor, papers)[2:])
