"""合意: a desired state and a logic model are 案 until a decision 「合意した」 of a meeting points at them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.meetings import agreement
from councils.models import Decision, Meeting
from logicmodels.models import DesiredState, LogicModel
from municipalities.models import Municipality
from municipalities.tenancy import within
from reports.document import snapshot
from reports.document.reading import gather
from tests import world
from tests.councils import meeting_samples as made

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
GOAL_PAGES = (f"{YEAR}scenes/", f"{YEAR}scenes/discharge/")
MODEL_PAGES = (f"{YEAR}logic/", f"{YEAR}logic/model-1/", f"{YEAR}logic/model-1/print/")


@pytest.fixture
def goal(here):
    Decision.objects.all().delete()
    return DesiredState.objects.get(cycle=here, scene="discharge")


@pytest.fixture
def model(here):
    Decision.objects.all().delete()
    return LogicModel.objects.get(cycle=here, key="model-1")


def agreed_on_paper(cycle):
    """Return what a report of the year says of each scene's goal."""
    return {one.scene: one.agreed for one in gather(snapshot.year_document(cycle)).goals}


def text(client, url):
    return " ".join(client.get(url).content.decode().split())


@pytest.mark.parametrize("url", GOAL_PAGES)
def test_a_goal_is_a_draft_until_a_meeting_agreed(as_editor, here, goal, url):
    assert "協議体で合意</span>" not in text(as_editor, url)
    assert '<span class="tag tag-doing">案</span>' in text(as_editor, url)
    row = made.meeting(held_on="2026-07-10")
    made.decision(here, row, desired_state=goal)
    page = text(as_editor, url)

    assert "協議体で合意</span>" in page
    assert f'<a href="{YEAR}meetings/first/">推進協議会 第1回</a>・令和8年7月10日' in page


@pytest.mark.parametrize("url", MODEL_PAGES)
def test_a_logic_model_is_a_draft_until_a_meeting_agreed(as_editor, here, model, url):
    assert "協議体で合意" not in text(as_editor, url).replace("協議体でまだ合意", "")
    assert "たたき台" in text(as_editor, url)
    made.decision(here, made.meeting(held_on="2026-07-10"), logic_model=model)
    page = text(as_editor, url)

    assert "協議体で合意" in page
    assert "推進協議会 第1回" in page
    assert "令和8年7月10日" in page


@pytest.mark.parametrize("kind", ["changed", "added", "stopped", "continued", "other"])
def test_only_an_agreement_agrees(here, goal, kind):
    made.decision(here, made.meeting(held_on="2026-07-10"), desired_state=goal, kind=kind)

    assert agreement.of(here) == {}


def test_the_latest_of_several_meetings_counts(here, goal):
    late = made.meeting("late", number=2, held_on="2026-09-10")
    early = made.meeting("early", number=1, held_on="2026-07-10")
    made.decision(here, late, "d-1", desired_state=goal)
    made.decision(here, early, "d-2", desired_state=goal)

    assert agreement.about(agreement.of(here), goal).meeting == "推進協議会 第2回"


def test_a_joint_meeting_of_a_neighbour_counts_while_it_is_shared(as_editor, here, goal):
    row = made.neighbours_meeting(held_on="2026-07-10")
    made.decision(here, row, desired_state=goal)
    assert f"{YEAR}meetings/shared/990027/joint/" in text(as_editor, GOAL_PAGES[1])

    with within(Municipality.objects.get(code=world.THEIRS)):
        row.council.partners.all().delete()
    assert "広域の協議会" not in text(as_editor, GOAL_PAGES[1])


@pytest.mark.parametrize("count", [1, 7])
def test_one_query_finds_all_of_a_year(here, goal, model, count):
    row = made.meeting(held_on="2026-07-10")
    for number in range(count):
        made.decision(here, row, f"d-{number}", desired_state=goal)
        made.decision(here, row, f"m-{number}", logic_model=model)
    with CaptureQueriesContext(connection) as queries:
        found = agreement.of(here)

    assert len(queries) == 1
    assert len(found) == 2


def test_a_report_tells_the_same_meeting_as_the_screen(here, goal):
    """The latest by its day, whatever stands last in the list of decisions."""
    late = made.meeting("late", number=2, held_on="2026-09-10")
    early = made.meeting("early", number=1, planned="令和8年5月頃")
    made.decision(here, late, "d-1", desired_state=goal, position=1)
    made.decision(here, early, "d-2", desired_state=goal, position=2)

    assert "第2回 （令和8年9月10日）" in agreed_on_paper(here)["discharge"]
    Decision.objects.get(key="d-1").delete()
    assert "第1回 （令和8年5月頃）" in agreed_on_paper(here)["discharge"]


def test_a_joint_meeting_that_the_lead_keeps_to_itself_agrees_to_nothing_on_paper(here, goal):
    row = made.neighbours_meeting(held_on="2026-07-10")
    made.decision(here, row, desired_state=goal)
    assert "広域の協議会 第1回" in agreed_on_paper(here)["discharge"]
    with within(Municipality.objects.get(code=world.THEIRS)):
        Meeting.objects.filter(pk=row.pk).update(audience="internal")

    assert agreed_on_paper(here)["discharge"] == ""
    assert agreement.of(here) == {}
