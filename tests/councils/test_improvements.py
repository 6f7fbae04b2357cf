"""改善の決定 through the front door: proposed, settled by a meeting, and traced in the next year's plan."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from councils.evaluating import joined_sheet
from councils.improving import improving
from councils.models import Evaluation, Improvement, Judgement
from indicators.models import Indicator, IndicatorUse, Target
from logicmodels.models import Activity, Outcome
from municipalities.kernel import changes
from municipalities.models import Cycle
from reports.document import assembly, snapshot
from reports.document.reading import gather
from reports.submission.counting import evaluated
from reports.year.april import next_year as preparing
from tests.councils import meeting_samples as made
from tests.reports.years_end import a_year_that_is_over

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
    # What the select says of itself the model does not say again.
    assert "どれか一つ選んでください" not in answer.content.decode()
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
        ("expand", {"frequency": "毎月"}, improving.CHANGED),
        (
            "continue",
            {"frequency": "毎月"},
            "次年度の計画に、続けてあります。次のところを直しています",
        ),
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


def test_what_every_april_begins_anew_is_no_change(here, people):
    """The status goes back and the budget is emptied: neither is what was decided. A new budget is."""
    made.no_evaluations()
    old = a_year_that_is_over(here, by=people["editor"])
    made.no_evaluations()
    activity = Activity.objects.get(cycle=old, key="activity-1")
    Activity.objects.filter(pk=activity.pk).update(status="doing", budget=300)
    improvement(activity)
    choice = preparing.everything(old)
    preparing.prepare(old, by=people["editor"], choice=choice)
    assert trace(old).words == "次年度の計画では、まだ変わっていません"

    Activity.objects.filter(cycle__fiscal_year=old.fiscal_year + 1).update(budget=450)
    (one,) = trace(old).differences
    assert (one.before, one.after) == ("300", "450")


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


class TestIndicators:
    """An indicator is no result, but it may be kept, changed or dropped, and April keeps its key."""

    @pytest.fixture
    def old(self, here, people):
        made.no_evaluations()
        cycle = a_year_that_is_over(here, by=people["editor"])
        made.no_evaluations()
        return cycle

    @pytest.fixture
    def followed(self, old):
        return Indicator.objects.filter(cycle=old).order_by("pk").first()

    def changed(self, indicator, **values):
        values = {"kind": "change", "what": "目標を見直す。"} | values
        return Improvement.objects.create(
            key="i-1", cycle=indicator.cycle, indicator=indicator, **values
        )

    def april(self, old, people):
        preparing.prepare(old, by=people["editor"], choice=preparing.everything(old))
        return preparing.following(old)

    def test_the_select_offers_indicators_too(self, as_editor, here):
        indicator = Indicator.objects.filter(cycle=here).first()
        as_editor.post(f"{LIST}add/", fields(f"indicator.{indicator.pk}", kind="change"))
        row = Improvement.objects.latest("pk")
        assert (row.indicator_id, row.outcome_id, row.activity_id) == (indicator.pk, None, None)
        shown = page(as_editor)
        assert f'指標：<a href="/m/990019/2026/indicators/{indicator.key}/">' in shown
        form = as_editor.get(f"{LIST}{row.key}/edit/").context["form"]
        assert form.initial["about"] == f"indicator.{indicator.pk}"

    def test_an_indicator_cannot_be_merged(self, as_editor, here, activity):
        indicator = Indicator.objects.filter(cycle=here).first()
        form = fields(f"indicator.{indicator.pk}", kind="merge", merged_into=activity.pk)
        answer = as_editor.post(f"{LIST}add/", form)
        assert "統合できるのは取組です" in answer.content.decode()
        assert not Improvement.objects.exists()

    def test_the_database_refuses_two_subjects(self, here, activity):
        indicator = Indicator.objects.filter(cycle=here).first()
        with pytest.raises(IntegrityError), transaction.atomic():
            improvement(activity, indicator=indicator)

    def test_what_april_brought_is_traced_with_its_targets(self, old, followed, people):
        self.changed(followed)
        goal = Target.objects.create(
            key="t", cycle=old, indicator=followed, fiscal_year=old.fiscal_year + 3, value=60
        )
        new = self.april(old, people)
        assert trace(old).words == "次年度の計画では、まだ変わっていません"

        moved = Target.objects.filter(cycle=new, fiscal_year=goal.fiscal_year)
        moved.filter(indicator__key=followed.key).update(value=55)
        found = trace(old)
        assert found.words == improving.CHANGED
        (one,) = found.differences
        assert one.label.startswith("目標（")
        assert (one.before, one.after) == ("60.0％", "55.0％")
        assert found.row.url.endswith(f"/{new.fiscal_year}/indicators/{followed.key}/")

    def test_what_was_to_end_and_did_not_come_over_is_gone(self, old, followed, people):
        self.changed(followed, kind="end", what="やめる。")
        new = self.april(old, people)
        assert trace(old).words == "次年度の計画に、まだ残っています"
        Indicator.objects.filter(cycle=new, key=followed.key).update(key="another")
        assert trace(old).words == "次年度の計画にはありません"

    def test_it_travels_in_the_document_and_stands_on_paper(self, old, followed, people):
        self.changed(followed)
        sent = assembly.assemble(old)
        (row,) = sent["improvements"]
        assert (row["indicator"], row["outcome"]) == (followed.key, None)
        Improvement.objects.all().delete()
        assert assembly.load(old, sent, by=people["editor"]) == []
        assert Improvement.objects.get().indicator_id == followed.pk
        (line,) = gather(snapshot.year_document(old)).bodies.evaluations
        assert (line.kind, line.name) == ("指標", str(followed))
        # What stays in the house takes along what is to become of it.
        Indicator.objects.filter(pk=followed.pk).update(audience="internal")
        assert gather(snapshot.year_document(old)).bodies.evaluations == ()

    def test_the_sheet_tells_it_beside_the_outcome(self, old, followed):
        outcome = Outcome.objects.filter(cycle=old).first()
        IndicatorUse.objects.get_or_create(
            cycle=old, indicator=followed, outcome=outcome, defaults={"key": "use"}
        )
        self.changed(followed)
        blocks = joined_sheet.blocks_of(joined_sheet.of(old))
        told = [text for one in blocks for text in one.improvements]
        assert f"指標「{followed}」：見直し：目標を見直す。〔案〕" in told

    def test_the_board_counts_it(self, old, followed):
        self.changed(followed)
        assert sum(one.get("proposed", 0) for one in evaluated.of(old).values()) == 1


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("change", "次年度の計画で、次のとおり変わっていますが、この決定より前の変更です"),
        ("decide", improving.CHANGED),
    ],
)
def test_a_change_made_before_the_decision_was_written_is_not_its_doing(
    as_editor, here, activity, first, words
):
    new = next_year(activity, frequency="年2回", times_min=2, times_max=2)
    row = Improvement(
        key="i", cycle=here, activity=activity, kind="expand", what="広げる。", position=1
    )

    def change():
        new.frequency = "毎月"
        changes.save_versioned(new, by=None, expected_version=1, fields=("frequency",))

    def decide():
        changes.create_versioned(row, by=None)

    for deed in (change, decide) if first == "change" else (decide, change):
        deed()

    assert trace(here).words == words
    assert words in page(as_editor)


def test_a_change_made_before_the_meeting_is_not_its_doing(here, activity):
    new = next_year(activity)
    row = improvement(activity)
    row.decision = made.decision(here, made.meeting(held_on="2099-01-10", minutes="決めた。"))
    row.save()
    new.frequency = "毎月"
    changes.save_versioned(new, by=None, expected_version=1, fields=("frequency",))

    assert trace(here).words.endswith("この決定より前の変更です")
