"""決定事項 through the front door: what was decided, about which one thing, and whose it is."""

import pytest

from councils.models import Decision
from logicmodels.models import Activity, DesiredState, Issue, LogicModel
from municipalities.models import Change, Municipality
from municipalities.tenancy import within
from tests import world
from tests.councils import meeting_samples as made
from tests.councils.meeting_samples import LIST

pytestmark = pytest.mark.django_db
ADD = f"{LIST}first/decisions/add/"
COLUMNS = {
    "desired_state": DesiredState,
    "issue": Issue,
    "logic_model": LogicModel,
    "activity": Activity,
}


def one(column, cycle):
    rows = COLUMNS[column].objects.filter(cycle=cycle)
    return (rows.exclude(text="") if column == "desired_state" else rows).order_by("pk").first()


def pointing(row):
    """Return the columns of a decision that point at something."""
    return {name: getattr(row, f"{name}_id") for name in COLUMNS if getattr(row, f"{name}_id")}


def edit_url(row):
    return f"{LIST}decisions/{row.key}/edit/"


def test_one_select_puts_the_subject_into_the_right_column(as_editor, here):
    row = made.meeting()
    for column in COLUMNS:
        target = one(column, here)
        form = made.decision_fields(about=f"{column}.{target.pk}", text=column)
        response = as_editor.post(ADD, form)
        assert response.headers["Location"] == f"{LIST}first/#decisions"
        stored = Decision.objects.get(meeting=row, text=column)
        assert pointing(stored) == {column: target.pk}
    assert as_editor.post(ADD, made.decision_fields(about="", text="何も")).status_code == 302
    assert pointing(Decision.objects.get(meeting=row, text="何も")) == {}
    page = as_editor.get(f"{LIST}first/").content.decode()
    for place in ("/scenes/", "/activities/activity-1/", "/logic/model-1/"):
        assert place in page


def test_the_things_are_offered_in_groups_and_unwritten_goals_not_at_all(as_editor, here):
    made.no_meetings()
    made.meeting()
    DesiredState.objects.filter(cycle=here).delete()
    DesiredState.objects.create(cycle=here, scene="emergency", key="emergency", text="")
    groups = dict(as_editor.get(ADD).context["form"].fields["about"].choices[1:])

    assert list(groups) == ["課題", "ロジックモデル", "取組"]
    assert ("急変" in str(groups["課題"])) or groups["課題"]


@pytest.mark.parametrize("about", ["issue.999999", "issue.x", "municipality.1", "x", "."])
def test_what_is_not_in_the_list_is_refused_and_the_text_kept(as_editor, here, about):
    made.meeting()
    response = as_editor.post(ADD, made.decision_fields(about=about, text="大切な決定"))

    assert response.status_code == 422
    assert "何についての決定かは、一覧から選んでください。" in response.content.decode()
    assert "大切な決定" in response.content.decode()
    assert not Decision.objects.filter(text="大切な決定").exists()


def test_a_neighbours_thing_cannot_be_pointed_at(as_editor, here):
    made.meeting()
    theirs = world.cycle_of(world.THEIRS)
    with within(theirs.municipality):
        pk = Issue.objects.filter(cycle=theirs).earliest("pk").pk
    response = as_editor.post(ADD, made.decision_fields(about=f"issue.{pk}"))

    assert response.status_code == 422


def test_an_edit_moves_the_subject_to_another_column(as_editor, here):
    issue, activity = one("issue", here), one("activity", here)
    row = made.decision(here, made.meeting(), issue=issue)
    page = as_editor.get(edit_url(row)).content.decode()
    assert f'<option value="issue.{issue.pk}" selected>' in page
    form = made.decision_fields(about=f"activity.{activity.pk}", kind="changed")

    assert as_editor.post(edit_url(row), form).status_code == 302
    row.refresh_from_db()
    assert (row.kind, pointing(row)) == ("changed", {"activity": activity.pk})
    assert Change.objects.of(row).get().after["issue"] is None


def test_a_subject_that_others_changed_meanwhile_is_not_taken_back(as_editor, here):
    """A text edited on an older form: what it did not touch stays as the other person left it."""
    issue, activity = one("issue", here), one("activity", here)
    row = made.decision(here, made.meeting(), issue=issue)
    as_editor.post(edit_url(row), made.decision_fields(about=f"activity.{activity.pk}"))
    form = made.decision_fields(about=f"issue.{issue.pk}", text="別の文")
    form["kind"] = "agreed"
    response = as_editor.post(edit_url(row), form)

    row.refresh_from_db()
    if response.status_code == 302:
        assert pointing(row) == {"activity": activity.pk}
    else:
        assert response.status_code == 409
    assert len(pointing(row)) == 1


def test_decisions_are_moved_and_deleted_from_the_page_of_their_meeting(as_editor, here):
    meeting = made.meeting()
    first, second = (made.decision(here, meeting, f"d-{n}", position=n) for n in (1, 2))
    response = as_editor.post(f"{LIST}decisions/d-2/up/")
    assert response.headers["Location"] == f"{LIST}first/#decisions"
    assert [one.key for one in Decision.objects.filter(meeting=meeting)] == ["d-2", "d-1"]

    first.refresh_from_db()
    url = f"{LIST}decisions/d-1/delete/"
    assert as_editor.post(url, {"base_version": first.version}).status_code == 302
    assert list(Decision.objects.filter(meeting=meeting)) == [second]


def test_a_joint_meeting_of_a_neighbour_decides_for_us(as_editor, sign_in, here):
    meeting = made.neighbours_meeting()
    page = f"{LIST}shared/990027/joint/"
    goal = one("desired_state", here)
    form = made.decision_fields(about=f"desired_state.{goal.pk}", text="広域で合意した。")
    response = as_editor.post(f"{page}decisions/add/", form)

    assert response.headers["Location"] == f"{page}#decisions"
    row = Decision.objects.get(text="広域で合意した。")
    assert (row.municipality.code, row.cycle, row.meeting) == (world.OURS, here, meeting)
    assert "広域で合意した。" in as_editor.get(page).content.decode()
    theirs = sign_in("neighbour").get("/m/990027/2026/meetings/joint/")
    assert theirs.status_code == 200
    assert "広域で合意した。" not in theirs.content.decode()


def test_a_decision_of_a_meeting_that_is_shared_no_more_stays_ours(as_editor, here):
    meeting = made.neighbours_meeting()
    row = made.decision(here, meeting, text="残る決定")
    with within(Municipality.objects.get(code=world.THEIRS)):
        meeting.council.partners.all().delete()

    page = as_editor.get(LIST).content.decode()
    assert "残る決定" in page
    assert "いまは共有されていない会議" in page
    assert "広域の協議会" not in page
    url = f"{LIST}decisions/{row.key}/delete/"
    response = as_editor.post(url, {"base_version": "1"}, follow=True)
    assert "いまは共有されていないため、削除できません" in response.content.decode()
    assert Decision.objects.filter(pk=row.pk).exists()


def test_what_a_decision_points_at_stays_and_the_page_says_where(as_editor, here):
    goal = DesiredState.objects.get(cycle=here, scene="discharge")
    made.decision(here, made.meeting(), desired_state=goal)
    url = "/m/990019/2026/scenes/discharge/goal/delete/"
    response = as_editor.post(url, {"base_version": goal.version})

    assert response.status_code == 409
    assert "決定事項：「案のとおり合意した。」（推進協議会 第1回）" in response.content.decode()
    assert DesiredState.objects.filter(pk=goal.pk).exists()


def test_a_viewer_may_not_write_decisions(sign_in, here):
    row = made.decision(here, made.meeting())
    viewer = sign_in("viewer")

    for url in (ADD, edit_url(row), f"{LIST}decisions/d-1/up/"):
        assert viewer.post(url, made.decision_fields()).status_code == 403
