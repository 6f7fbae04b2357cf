"""What crosses the fence of a year in counts: counted by the deed that submits, else by a round that finds what changed."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from councils.models import Evaluation, Judgement
from indicators.models import Indicator, Measurement
from logicmodels.models import Issue, Outcome
from municipalities.kernel import changes
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
from reports import tasks
from reports.choices import PhaseState
from reports.document import assembly
from reports.models import PhaseProgress, SupportFeedback, YearProgress
from reports.submission.counting import facts, phases, progress
from reports.year.opening import open_year
from tests import world
from tests.councils import meeting_samples as made
from tests.crowd import crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(monkeypatch):
    """Every Change is old enough to be surely counted."""
    monkeypatch.setattr(progress, "SETTLED", dt.timedelta(0))


def year_of(code=world.OURS, year=world.YEAR):
    return YearProgress.objects.get(municipality__code=code, fiscal_year=year)


def states_of(code=world.OURS):
    rows = PhaseProgress.objects.filter(municipality__code=code, fiscal_year=world.YEAR)
    return {(row.scene, row.phase): (row.state, row.done, row.wanted) for row in rows}


def add_issue(cycle, by, **columns):
    with within(cycle.municipality):
        issue = Issue(cycle=cycle, key="fresh", text="新しい課題", **columns)
        return changes.create_versioned(issue, by=by)


def test_a_submission_counts_its_year_in_both_towns():
    for code in (world.OURS, world.THEIRS):
        cycle = world.cycle_of(code)
        with within(cycle.municipality):
            found = facts.of(cycle)
        row = year_of(code)

        assert found.issues
        assert {name: getattr(row, name) for name in phases.COUNTS} == {
            name: getattr(found, name) for name in phases.COUNTS
        }
        assert states_of(code) == {
            (scene, cell.phase): (cell.state, cell.done, cell.wanted)
            for scene, cell in phases.published(found)
        }


def test_opening_a_year_makes_its_rows(here, people):
    open_year(2027, by=people["editor"])

    assert year_of(year=2027).steps == 5
    assert PhaseProgress.objects.filter(fiscal_year=2027).count() == 20


def test_the_round_counts_what_changed_since_and_leaves_the_neighbour(
    settled, cycle, people, monkeypatch
):
    # PostgreSQL numbers Changes on over what earlier tests have rolled back: no year is far behind by that.
    monkeypatch.setattr(progress, "LAG", 10**9)
    progress.recount()
    before, theirs = year_of(), year_of(world.THEIRS)
    add_issue(cycle, people["editor"])

    assert [one.pk for one in progress.behind(all_places())] == [cycle.pk]
    tasks.recount_progress()
    assert year_of().issues == before.issues + 1
    assert (year_of(world.THEIRS).upto, year_of(world.THEIRS).counted_at) == (
        theirs.upto,
        theirs.counted_at,
    )


def all_places():
    return list(Municipality.objects.values_list("pk", flat=True))


def test_what_is_counted_already_is_not_written_again(settled, cycle, people):
    add_issue(cycle, people["editor"])
    progress.recount()

    assert progress.recount() == 0
    with within(cycle.municipality), CaptureQueriesContext(connection) as queries:
        progress.publish(cycle)
    assert [one for one in queries if one["sql"].startswith(("UPDATE", "INSERT", "DELETE"))] == []


def test_a_change_that_another_may_still_overtake_is_counted_again(cycle, people):
    """Two transactions may commit in the other order of their keys: the younger one proves nothing."""
    add_issue(cycle, people["editor"])

    assert progress.recount() >= 1
    assert cycle.pk in [one.pk for one in progress.behind(all_places())]


def test_an_imported_document_is_counted_by_the_next_round(settled, cycle, people):
    progress.recount()
    document = world.document_of(world.OURS)
    pointing = {"decisions": [], "improvements": [], "issue_evidence": []}
    document = {"desired_states": [], "issues": document["issues"][:1], **pointing} | {
        name: document[name] for name in ("schema_version", "municipality", "fiscal_year")
    }
    with within(cycle.municipality):
        problems = assembly.load(cycle, document, by=people["editor"])
    assert not problems
    progress.recount()

    assert year_of().issues == 1
    state, done, _ = states_of()["emergency", "plan"]
    assert state != PhaseState.DONE
    assert done < 4


def test_a_value_belongs_to_no_year_and_is_counted_in_its_own(settled, cycle, people):
    progress.recount()
    before = year_of().values_known
    with within(cycle.municipality):
        value = Measurement(key="now", fiscal_year=2026, state="value", value=40, source="調査")
        value.follow(Indicator.objects.get(key="indicator-1").defined_by)
        changes.create_versioned(value, by=people["editor"])
    progress.recount()

    assert year_of().values_known == before + 1


def test_a_year_without_its_row_is_found(settled, cycle):
    YearProgress.objects.all().delete()
    PhaseProgress.objects.all().delete()

    assert progress.recount() == 2
    assert len(states_of()) == 20


def test_a_quiet_year_is_noted_so_that_the_next_round_reads_less(
    settled, cycle, people, monkeypatch
):
    monkeypatch.setattr(progress, "LAG", 0)
    progress.recount()
    theirs = year_of(world.THEIRS).upto
    add_issue(cycle, people["editor"])
    progress.recount()

    assert year_of(world.THEIRS).upto > theirs
    assert progress.recount() == 0


def test_the_round_asks_for_the_changes_of_all_towns_at_once(settled, cycle):
    places = all_places()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            progress.behind(places)
        return len(queries)

    few = asked()
    with within(cycle.municipality):
        Cycle.objects.create(fiscal_year=2020)
        Cycle.objects.create(fiscal_year=2021)

    assert few == asked() == 3


def test_counting_takes_the_same_queries_for_one_and_for_many_rows(cycle):
    def asked():
        with within(cycle.municipality), CaptureQueriesContext(connection) as queries:
            facts.of(cycle)
        return len(queries)

    crowd(range(1))
    few = asked()
    crowd(range(1, 61))

    assert few == asked() == 7


@pytest.mark.parametrize(
    ("audience", "known"),
    [("internal", 0), ("adviser", 0), ("prefecture", 4), ("public", 4)],
)
def test_ratings_cross_only_where_the_prefecture_may_know_them(cycle, people, audience, known):
    with within(cycle.municipality):
        row = SupportFeedback(
            cycle=cycle, key="feedback", moved_on=4, in_time=3, goes_on=2, audience=audience
        )
        changes.create_versioned(row, by=people["editor"])
    progress.recount()

    assert year_of().moved_on == known


def test_a_rating_that_is_taken_back_is_gone(cycle, people):
    with within(cycle.municipality):
        row = SupportFeedback(cycle=cycle, key="feedback", moved_on=4, audience="public")
        changes.create_versioned(row, by=people["editor"])
        progress.publish(cycle)
        row.audience = "internal"
        changes.save_versioned(row, by=people["editor"], expected_version=1, fields=["audience"])
    assert year_of().moved_on == 4
    progress.recount()

    assert year_of().moved_on == 0


def texts_of(model):
    """Return the columns that could hold a text of people: neither numbers nor fixed words."""
    columns = model._meta.concrete_fields
    texts = (models.CharField, models.TextField)
    return [one.name for one in columns if isinstance(one, texts) and not one.choices]


def test_no_published_row_can_hold_a_text():
    assert texts_of(YearProgress) == texts_of(PhaseProgress) == []
    # Negative control: a row of the year would be found.
    assert {"text", "cause", "key"} <= set(texts_of(Issue))


def test_no_text_of_the_year_is_in_any_published_row():
    """The neighbour's every text is the canary; its year is full of it and none of it is published."""
    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        assert Issue.objects.filter(cycle=theirs, text=world.CANARY).exists()
    published = [
        *YearProgress.objects.filter(municipality=theirs.municipality).values_list(),
        *PhaseProgress.objects.filter(municipality=theirs.municipality).values_list(),
    ]

    assert len(published) == 21
    assert world.CANARY not in str(published)


def test_the_round_is_on_the_timetable():
    planned = settings.CELERY_BEAT_SCHEDULE["recount_progress"]

    assert planned["task"] == tasks.recount_progress.name
    assert planned["schedule"] == 300


def test_a_meeting_of_the_next_year_that_judged_this_one_is_counted(settled, cycle, people):
    """What else changes in the next year is the negative control: it concerns this one nothing."""
    with within(cycle.municipality):
        made.no_evaluations()
        outcome = Outcome.objects.get(cycle=cycle, key="outcome-1")
        fact = Evaluation.objects.create(key="e", cycle=cycle, outcome=outcome, text="上がった。")
        meeting = made.meeting("may", fiscal_year=2027, planned="令和9年5月頃")
        Judgement.objects.create(
            key="j", cycle=cycle, evaluation=fact, meeting=meeting, verdict="partly"
        )
        later = Cycle.objects.create(fiscal_year=2027, state="draft")
    progress.recount()
    state, _, _ = states_of()["discharge", "check"]
    add_issue(later, people["editor"])
    assert progress.behind(all_places()) == []

    with within(cycle.municipality):
        meeting.minutes = "前年度について話し合った。"
        changes.save_versioned(
            meeting, by=people["editor"], expected_version=1, fields=("minutes",)
        )
    assert [one.fiscal_year for one in progress.behind(all_places())] == [2026]
    progress.recount()
    assert states_of()["discharge", "check"][1] == 1
    assert state != PhaseState.DONE
