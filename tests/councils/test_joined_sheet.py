"""評価シート with the council's opinion: on the screen, as a workbook, as a PDF, and in the report."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from councils.evaluating import fact_sentences, joined_sheet
from councils.evaluating.fact_sentences import LONGEST, Done, Held
from councils.models import Evaluation, Improvement, Judgement
from logicmodels.models import Activity, Outcome
from reports.document import snapshot
from reports.document.reading import gather
from reports.paper.parts.bodies import groups
from reports.paper.rendering.client import RenderFailed
from reports.writing.papers import evaluation_views
from tests.councils import meeting_samples as made

SHEET = "/m/990019/2026/evaluations/sheet"


@pytest.fixture
def judged(db, here):
    """An outcome with a judgement of a held meeting, and an improvement of the activity that serves it."""
    made.no_evaluations()
    outcome = Outcome.objects.get(cycle=here, key="outcome-1")
    row = Evaluation.objects.create(
        key="e", cycle=here, outcome=outcome, text="割合が上がった。", helped="様式をそろえた。"
    )
    judgement = Judgement.objects.create(
        key="j",
        cycle=here,
        evaluation=row,
        verdict="partly",
        reasons="連絡が早くなった。",
        dissent="まだ足りない。",
        meeting=made.meeting(held_on="2026-07-10"),
    )
    return Improvement.objects.create(
        key="i",
        cycle=here,
        activity=Activity.objects.get(cycle=here, key="activity-1"),
        kind="expand",
        what="=診療所にも広げる。",
        since="令和9年4月",
        judgement=judgement,
    )


def block_of(cycle):
    blocks = joined_sheet.blocks_of(joined_sheet.of(cycle))
    return next(one for one in blocks if one.name.startswith("入院した人が"))


def test_a_block_joins_reasons_opinion_next_year_and_owner(here, judged):
    block = block_of(here)
    opinion = "一定程度進んだ　連絡が早くなった。　異なる意見：まだ足りない。"

    assert block.reasons == ("割合が上がった。", "うまくいった要因：様式をそろえた。")
    assert block.opinions == (f"{opinion}〔推進協議会 第1回（令和8年7月10日）〕",)
    assert block.steps == (
        "退院支援ルールの見直し：拡充：=診療所にも広げる。（令和9年4月）〔決定〕",
    )
    assert block.improvements == ()
    assert block.owners == (str(judged.activity.executor),)


def test_the_screen_and_the_workbook_tell_the_same_and_no_formula(as_editor, judged):
    assert "=診療所にも広げる。" in as_editor.get(f"{SHEET}/").content.decode()
    book = load_workbook(io.BytesIO(as_editor.get(f"{SHEET}.xlsx").content))
    head, *rows = book["評価シート"].iter_rows()
    names = [cell.value for cell in head]
    opinions = [row[names.index("協議体の意見（会議日）")].value for row in rows]
    assert any("推進協議会 第1回（令和8年7月10日）" in (one or "") for one in opinions)
    assert all(cell.data_type != "f" for row in rows for cell in row)


def test_the_pdf_is_drawn_as_other_papers_are(as_editor, judged, monkeypatch):
    answer = as_editor.get(f"{SHEET}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")

    def fail(_paper):
        raise RenderFailed("PDFを作成できませんでした。")

    monkeypatch.setattr(evaluation_views, "make_evaluation", fail)
    page = as_editor.get(f"{SHEET}.pdf", follow=True).content.decode()
    assert "PDFを作成できませんでした。" in page


@pytest.mark.parametrize(("words", "may_be_divided"), [("短い。", False), ("長い文。" * 150, True)])
def test_only_long_texts_are_divided_between_two_sheets(here, judged, words, may_be_divided):
    Evaluation.objects.update(text=words)

    blocks = [block for part in joined_sheet.of(here) for block in part.blocks]

    assert any(block.is_long for block in blocks) is may_be_divided


def test_the_report_tells_facts_judgement_and_what_changes(here, judged):
    review = gather(snapshot.year_document(here))
    (group,) = (one for one in groups(review.bodies) if one.code == "evaluations")
    boxes = {label: text for entry in group.entries for label, text in entry.boxes}

    assert boxes["起きたこと（事実）"] == "割合が上がった。"
    assert boxes["協議体の判断"].endswith("連絡が早くなった。　推進協議会 第1回（令和8年7月10日）")
    assert boxes["異なる意見"] == "まだ足りない。"
    assert boxes["改善の決定"].startswith("【拡充】=診療所にも広げる。　令和9年4月")


def test_what_stays_in_the_office_is_in_no_report(here, judged):
    """The negative control of the report: with the evaluation goes what stands below it."""
    Evaluation.objects.update(audience="internal")
    review = gather(snapshot.year_document(here))

    assert review.bodies.evaluations == ()


def test_drafts_say_counts_and_days_and_nothing_of_what_is_not_there():
    day = dt.date(2026, 7, 10)
    assert fact_sentences.of_activity("実施中", []) == ""
    assert fact_sentences.of_activity(
        "実施中", [Done(None, "配布"), Done(day, "講座", 1200)], (1, 2)
    ) == (
        "状況は「実施中」です。実績は2件（参加者は延べ1,200人）です。"
        "内容は、令和8年7月10日の「講座」、「配布」です。節目2件のうち1件を達成しました。"
    )
    half = fact_sentences.of_activity("実施中", [Done(None, "相談126件", when="上半期")] * 21)
    assert "内容は、上半期の「相談126件」、" in half
    assert half.endswith("、ほか1件です。")
    assert fact_sentences.of_council([], "年2回") == ""
    assert fact_sentences.of_council([Held("第1回", day, 2), Held("第2回", None)], "年2回") == (
        "会議を2回開きました（予定は年2回）。第1回（令和8年7月10日）、第2回。決定事項は2件です。"
    )


def test_a_draft_never_outgrows_its_column():
    assert len(fact_sentences.joined(["あ" * 1000] * 10)) <= LONGEST
    assert len(fact_sentences.joined(["あ" * 9000])) <= LONGEST


def test_no_bracket_stands_in_a_bracket(as_editor, here, judged):
    blocks = joined_sheet.blocks_of(joined_sheet.of(here, is_for_office=True))
    dated = [text for one in blocks for row in one.numbers for text in (row.baseline, row.target)]

    assert any("年度・" in text for text in dated)
    assert not any("））" in text for text in dated)
    assert "年度））" not in as_editor.get(f"{SHEET}/").content.decode()
