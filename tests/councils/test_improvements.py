"""改善の決定 through the front door: proposed, settled by a meeting, and traced in the next year's plan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils import improving
from councils.models import Evaluation, Improvement, Judgement
from logicmodels.models import Activity
from municipalities.models import Cycle
from tests.councils import meeting_samples as made

pytestmark = pytest.mark.django_db
LIST = "/m/990019/2026/improvements/"


@pytest.fixture(autouse=True)
def nothing_evaluated(here):
    made.no_evaluations()


@pytest.fixture
def activity(here):
    return Activity.objects.get(cycle=here, key="activity-1")


def page(client, url=LIST):
    return " ".join(client.get(url).content.decode().split())


def improvement(activity, key="i-1", **values):
    values = {"kind": "expand", "what": "診療所にも広げる。"} | values
    return Improvement.objects.create(key=key, cycle=activity.cycle, activity=activity, **values)


def fields(about, **values):
    form = {"about": about, "kind": "expand", "what": "広げる。", "audience": "adviser"}
    return made.fields(**form | values)


def trace(cycle):
    (entry,) = improving.of(cycle).every
    return entry.trace


def next_year(activity, **changed):
    """Open the next year with the activity under the key that April keeps."""
    cycle = Cycle.objects.create(fiscal_year=2027, state="draft")
    values = {"name": activity.name, "scene": activity.scene, "status": activity.status}
    values |= {"work_item": activity.work_item, "execution": activity.execution}
    return Activity.objects.create(cycle=cycle, key=activity.key, **values | changed)


def test_one_select_puts_the_subject_into_the_right_column(as_editor, here, activity):
    answer = as_editor.post(f"{LIST}add/", fields(f"activity.{activity.pk}", since="R9.4から"))
    assert answer.status_code in {302, 422}
    as_editor.post(f"{LIST}add/", fields(f"activity.{activity.pk}", since="令和9年4月"))
    row = Improvement.objects.latest("pk")
    assert (row.activity_id, row.outcome_id, row.since) == (activity.pk, None, "令和9年4月")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"about": ""}, "何についての改善かを選んでください"),
        ({"about": "issue.1"}, "一覧から選んでください"),
        ({"kind": "merge"}, "統合先の取組を選んでください"),
        ({"what": ""}, "何を変えるかを入力してください"),
    ],
)
def test_bad_input_is_told_and_kept(as_editor, activity, typed, message):
    form = fields(f"activity.{activity.pk}", why="残る言葉") | typed
    answer = as_editor.post(f"{LIST}add/", form)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "残る言葉" in answer.content.decode()
    assert not Improvement.objects.exists()


def test_a_judgement_proposes_what_it_is_about(as_editor, here, activity):
    fact = Evaluation.objects.create(key="e", cycle=here, activity=activity, text="事実")
    Judgement.objects.create(key="j", cycle=here, evaluation=fact, verdict="not_advanced")
    form = as_editor.get(f"{LIST}add/?judgement=j").context["form"]
    assert form.initial["about"] == f"activity.{activity.pk}"
    assert form.instance.judgement.key == "j"


def test_it_is_a_draft_until_a_held_meeting_settled_it(as_editor, here, activity):
    row = improvement(activity)
    assert [one.row for one in improving.of(here).proposed] == [row]

    planned = made.meeting("later", number=2, planned="令和9年2月頃")
    fact = Evaluation.objects.create(key="e", cycle=here, activity=activity, text="事実")
    row.judgement = Judgement.objects.create(
        key="j", cycle=here, evaluation=fact, verdict="partly", meeting=planned
    )
    row.save()
    assert improving.of(here).decided == ()

    held = made.meeting(held_on="2026-07-10")
    row.decision = made.decision(here, held, text="広げることにした。")
    row.save()
    (entry,) = improving.of(here).decided
    assert entry.improved.place.in_words == "推進協議会 第1回（令和8年7月10日）"
    assert "推進協議会 第1回</a>（令和8年7月10日）" in page(as_editor)


def test_without_a_next_year_it_waits(here, activity):
    improvement(activity)
    assert trace(here).words == improving.LATER


@pytest.mark.parametrize(
    ("kind", "changed", "words"),
    [
        ("expand", {}, "次年度の計画では、まだ変わっていません"),
        ("continue", {}, "次年度の計画に、同じ内容であります"),
        ("expand", {"frequency": "毎月"}, "次年度の計画で、次のとおり変わっています"),
        ("end", {}, "次年度の計画に、まだ残っています"),
        ("end", {"key": "another"}, "次年度の計画にはありません"),
        ("change", {"key": "another"}, "次年度の計画に、まだありません"),
    ],
)
def test_the_next_years_row_of_the_same_key_tells_what_became_of_it(
    here, activity, kind, changed, words
):
    Activity.objects.filter(pk=activity.pk).update(
        description="", target_group="", period="", frequency="", budget=None
    )
    activity.refresh_from_db()
    improvement(activity, kind=kind)
    key = changed.pop("key", activity.key) if "key" in changed else activity.key
    later = next_year(activity, **changed)
    Activity.objects.filter(pk=later.pk).update(key=key)

    assert trace(here).words == words


def test_the_trace_says_what_differs_and_leads_there(as_editor, here, activity):
    improvement(activity)
    next_year(activity, name="退院支援ルールの全面見直し")
    shown = page(as_editor)
    assert "取組の名称：退院支援ルールの見直し → 退院支援ルールの全面見直し" in shown
    assert "/m/990019/2027/activities/activity-1/" in shown


def test_the_list_asks_as_often_for_many_rows_as_for_one(as_editor, here, activity):
    next_year(activity)
    counts = []
    for many in (1, 20):
        for n in range(many):
            improvement(activity, key=f"m{many}-{n}", position=n)
        with CaptureQueriesContext(connection) as queries:
            as_editor.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
