"""A council in May judges the year before: its meeting is a row of the next year, named with that year."""

import copy

import pytest

from councils.evaluating import evaluating, settling
from councils.models import Evaluation, Judgement
from logicmodels.models import Outcome
from municipalities.models import Cycle
from reports.document import assembly, publication, snapshot
from reports.document.differing.rows import Names, Rows
from reports.document.reading import gather
from reports.submission.counting import evaluated
from reports.year.april import next_year
from reports.year.april.next_year import Refused
from tests.councils import meeting_samples as made
from tests.reports.years_end import a_year_that_is_over

pytestmark = pytest.mark.django_db
LIST = "/m/990019/2026/evaluations/"
ADD = f"{LIST}e-1/judgements/add/"
MINUTES = "前年度の評価について話し合った。"
WORDS = "令和9年度（2027年度） 推進協議会 第1回（令和9年5月12日）"


@pytest.fixture
def following(here):
    """Return the year after, open as a draft, with nothing evaluated in this one but an outcome."""
    made.no_evaluations()
    outcome = Outcome.objects.get(cycle=here, key="outcome-1")
    Evaluation.objects.create(key="e-1", cycle=here, outcome=outcome, text="割合が上がった。")
    cycle = Cycle.objects.create(fiscal_year=2027, state="draft")
    cycle.municipality = here.municipality
    return cycle


def in_may(key="may", **values):
    known = {"fiscal_year": 2027, "held_on": "2027-05-12", "minutes": MINUTES}
    row = made.meeting(key, **known | values)
    row.refresh_from_db()
    return row


def judgement(**values):
    form = {"verdict": "partly", "meeting": "", "audience": "adviser"}
    return made.fields(**form | values)


def judged(here, meeting, key="j-1"):
    evaluation = Evaluation.objects.get(cycle=here, key="e-1")
    values = {"evaluation": evaluation, "meeting": meeting, "verdict": "partly"}
    return Judgement.objects.create(key=key, cycle=here, reasons="早くなった。", **values)


def page(client, url=LIST):
    return " ".join(client.get(url).content.decode().split())


def test_a_meeting_of_may_judges_the_year_before(as_editor, here, following):
    meeting = in_may()
    assert "<optgroup" in page(as_editor, ADD)
    assert as_editor.post(ADD, judgement(meeting=meeting.pk)).status_code == 302

    shown = page(as_editor)
    assert 'href="/m/990019/2027/meetings/may/"' in shown
    assert "令和9年度（2027年度） 推進協議会 第1回</a>（令和9年5月12日）" in shown
    assert as_editor.get("/m/990019/2027/meetings/may/").status_code == 200
    assert as_editor.get(LIST).context["counts"].judged == 1


def test_it_is_a_draft_until_that_meeting_was_held(as_editor, here, following):
    """The negative control: what is planned for May has judged nothing, cancelled it never will."""
    for values in (
        {"minutes": "", "held_on": None, "planned": "令和9年5月頃"},
        {"minutes": "", "is_cancelled": True},
    ):
        Judgement.objects.all().delete()
        judged(here, in_may(f"m-{len(values)}", **values))
        (one,) = [j for s in evaluating.of(here) for c in s.cases for j in c.judgements]
        assert (one.is_settled, one.state) == (False, "案")
        scenes = evaluated.of(here).values()
        assert sum(counts.get("judged", 0) for counts in scenes) == 0


def test_the_board_counts_it_when_it_was_held(here, following):
    judged(here, in_may())
    assert sum(counts.get("judged", 0) for counts in evaluated.of(here).values()) == 1


def test_no_other_year_may_judge(as_editor, here, following):
    """Not the year before, not two years later, and no year that is not open."""
    Cycle.objects.create(fiscal_year=2028, state="draft")
    for year in (2025, 2028):
        row = in_may(f"of-{year}", fiscal_year=year)
        answer = as_editor.post(ADD, judgement(meeting=row.pk, reasons="残る言葉"))
        assert answer.status_code == 422
        assert "残る言葉" in answer.content.decode()
    row = in_may()
    Cycle.objects.filter(fiscal_year=2027).delete()
    assert as_editor.post(ADD, judgement(meeting=row.pk)).status_code == 422
    assert not Judgement.objects.exists()


def test_what_a_council_did_in_a_year_is_told_of_that_year_alone(here, following):
    made.no_meetings()
    council = made.council(kind="working_group")
    made.meeting(held_on="2026-07-10", minutes=MINUTES)
    in_may(number=7)
    drafts = evaluating.council_drafts([council], here, settling.meetings_of(here))
    assert "第1回" in drafts[council.pk]
    assert "第7回" not in drafts[council.pk]


def test_it_travels_in_the_document_with_its_year(here, following, people):
    """Of two meetings under one key it is that of the year which is written."""
    made.meeting("same", held_on="2026-07-10", minutes=MINUTES)
    later = in_may("same")
    row = judged(here, later)
    sent = assembly.assemble(here)
    (told,) = sent["evaluations"][0]["judgements"]
    assert (told["meeting"], told["meeting_lead"], told["meeting_year"]) == ("same", "", 2027)

    row.delete()
    assert assembly.load(here, copy.deepcopy(sent), by=people["editor"]) == []
    assert Judgement.objects.get(key="j-1").meeting_id == later.pk
    assert assembly.assemble(here) == sent

    told["meeting_year"] = None
    assert assembly.load(here, copy.deepcopy(sent), by=people["editor"]) == []
    assert Judgement.objects.get(key="j-1").meeting.fiscal_year == 2026


@pytest.mark.parametrize("year", [2026, 2028])
def test_a_document_that_names_no_meeting_of_the_next_year_is_refused(
    here, following, people, year
):
    judged(here, in_may())
    sent = assembly.assemble(here)
    sent["evaluations"][0]["judgements"][0]["meeting_year"] = year
    (problem,) = assembly.load(here, sent, by=people["editor"])
    assert problem.pointer == "/evaluations/0/judgements/0/meeting"
    assert "会議の年度とキーを確かめてください" in problem.message
    assert Judgement.objects.get().meeting.fiscal_year == 2027


def test_a_joint_meeting_of_the_next_year_travels_too(here, following, people):
    joint = made.neighbours_meeting("joint-may", fiscal_year=2027, minutes=MINUTES)
    judged(here, joint)
    sent = assembly.assemble(here)
    (told,) = sent["evaluations"][0]["judgements"]
    assert (told["meeting_lead"], told["meeting_year"]) == ("990027", 2027)
    Judgement.objects.all().delete()
    assert assembly.load(here, sent, by=people["editor"]) == []
    assert Judgement.objects.get().meeting_id == joint.pk


def told_on_paper(content):
    review = gather(content | {"report": snapshot.NO_REPORT})
    return [one.meeting for line in review.bodies.evaluations for one in line.judgements]


def test_the_paper_names_the_meeting_and_needs_nothing_of_the_other_year(here, following):
    judged(here, in_may())
    content = snapshot.content_of_year(here)
    assert told_on_paper(content) == [WORDS]
    # The negative control: without what was frozen beside it the paper knows no meeting.
    assert told_on_paper(content | {"context": {"statistics": []}}) == ["案"]


def test_what_stays_in_the_house_takes_its_judgement_along(here, following):
    judged(here, in_may(audience="internal"))
    content = snapshot.content_of_year(here)
    assert told_on_paper(content) == []
    assert "later_meetings" not in content["context"]


@pytest.mark.parametrize(
    ("audience", "title"), [("adviser", publication.WITHHELD), ("prefecture", "前年度の評価")]
)
def test_the_copy_for_the_prefecture_names_what_it_may(here, following, audience, title):
    judged(here, in_may(title="前年度の評価", audience=audience))
    document = snapshot.content_of_year(here) | {"report": snapshot.NO_REPORT | {"step": None}}
    copied = publication.published(document, population=None)
    assert [row["title"] for row in copied["context"]["later_meetings"]] == [title]


def test_a_comparison_of_papers_calls_the_meeting_by_its_name(here, following):
    judged(here, in_may(title="前年度の評価を聞く会"))
    rows = Rows(snapshot.content_of_year(here))
    assert Names(rows, rows).name("meetings", "may") == "推進協議会　前年度の評価を聞く会"
    assert Names(rows, Rows({})).name("meetings", "nowhere") == "nowhere"


def test_april_leaves_it_where_it_is_and_cannot_be_undone_over_it(here, people):
    old = a_year_that_is_over(here, by=people["editor"])
    by = people["editor"]
    next_year.prepare(old, by=by, choice=next_year.everything(old))
    new = next_year.following(old)
    sent = assembly.assemble(new) | {
        "meetings": [{"key": "may", "council": "council-1", "minutes": MINUTES}]
    }
    assert assembly.load(new, sent, by=by) == []
    row = Judgement.objects.get(cycle=old)
    row.meeting = settling.meetings_of(old)[settling_pk(new)]
    row.save()
    before = assembly.assemble(old)

    next_year.prepare(old, by=by, choice=next_year.everything(old))
    assert assembly.assemble(old) == before
    assert assembly.assemble(new)["evaluations"] == []
    with pytest.raises(Refused):
        next_year.take_back(old, by=by)

    (problem,) = assembly.load(new, assembly.assemble(new) | {"meetings": []}, by=by)
    assert problem.pointer == "/meetings"
    assert "取り除けません" in problem.message


def settling_pk(cycle):
    (found,) = [row.pk for row in settling.meetings_of(cycle).values() if row.key == "may"]
    return found
