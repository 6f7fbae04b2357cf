"""評価 through the front door: the fact by staff, the judgement by a council, each in its own record."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from councils.evaluating.evaluation_page import CASES_PER_PAGE
from councils.models import Evaluation, Judgement
from logicmodels.models import Activity, ActivityResult, Outcome
from municipalities.models import Municipality
from municipalities.tenancy import within
from tests import world
from tests.councils import meeting_samples as made

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
LIST = f"{YEAR}evaluations/"
OF_OUTCOME = f"{LIST}outcomes/outcome-1/edit/"
DRAFTED = "数字から作った下書き</span>"


@pytest.fixture(autouse=True)
def nothing_evaluated(here):
    made.no_evaluations()


def page(client, url=LIST):
    return " ".join(client.get(url).content.decode().split())


def fact(**values):
    form = {"base_version": "0", "text": "割合が上がった。", "audience": "adviser"}
    return form | values


def written(here, **values):
    outcome = Outcome.objects.get(cycle=here, key="outcome-1")
    values = {"outcome": outcome, "text": "割合が上がった。"} | values
    return Evaluation.objects.create(key="e-1", cycle=here, **values)


def judgement(**values):
    form = {"verdict": "partly", "meeting": "", "audience": "adviser"}
    return made.fields(**form | values)


def test_the_fact_of_an_outcome_is_written_once_and_edited_after(as_editor, here):
    answer = as_editor.post(OF_OUTCOME, fact(helped="様式をそろえた。"))
    assert answer.headers["Location"] == f"{LIST}?at=outcome-outcome-1#outcome-outcome-1"
    row = Evaluation.objects.get(outcome__key="outcome-1")
    assert (row.helped, row.is_drafted) == ("様式をそろえた。", False)

    as_editor.post(OF_OUTCOME, fact(base_version="1", text="直した。"))
    assert Evaluation.objects.get(outcome__key="outcome-1").text == "直した。"
    assert "直した。" in page(as_editor)


def test_two_who_begin_at_once_are_asked_and_write_one_evaluation(as_editor, here):
    """The second one saves a new row too: its twin is found, and the texts are put side by side."""
    as_editor.post(OF_OUTCOME, fact(text="先に書いた。"))
    answer = as_editor.post(OF_OUTCOME, fact(text="後から書いた。"))

    assert answer.status_code == 409
    assert [row.text for row in Evaluation.objects.all()] == ["先に書いた。"]


def test_the_database_refuses_an_evaluation_of_nothing_or_of_two_things(here):
    outcome = Outcome.objects.get(cycle=here, key="outcome-1")
    activity = Activity.objects.get(cycle=here, key="activity-1")
    for subjects in ({}, {"outcome": outcome, "activity": activity}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evaluation.objects.create(key="e", cycle=here, text="x", **subjects)


def test_one_press_drafts_what_has_numbers_and_says_that_it_did(as_editor, here):
    assert DRAFTED not in page(as_editor)
    as_editor.post(f"{LIST}draft/")
    row = Evaluation.objects.get(activity__key="activity-1")
    assert row.is_drafted
    assert row.text == row.drafted_from
    assert "状況は「実施中」です。実績は1件（参加者は延べ24人）です。" in row.text
    assert DRAFTED in page(as_editor)


def test_a_draft_follows_the_numbers_until_somebody_has_confirmed_it(as_editor, here):
    """The negative control: what a person saved, be it the same words, stays as it is."""
    as_editor.post(f"{LIST}draft/")
    activity = Activity.objects.get(cycle=here, key="activity-1")
    more = {"cycle": here, "activity": activity, "text": "二回目", "participants": 6}
    ActivityResult.objects.create(key="more", **more)
    as_editor.post(f"{LIST}draft/")
    row = Evaluation.objects.get(activity=activity)
    assert "延べ30人" in row.text

    form = fact(text=row.text, base_version=str(row.version))
    as_editor.post(f"{LIST}activities/activity-1/edit/", form)
    ActivityResult.objects.create(key="again", **more)
    as_editor.post(f"{LIST}draft/")
    row.refresh_from_db()
    assert not row.is_drafted
    assert "延べ30人" in row.text


def test_a_judgement_is_a_draft_until_its_meeting_was_held(as_editor, here):
    written(here)
    add = f"{LIST}e-1/judgements/add/"
    meeting = made.meeting(held_on="2026-07-10")
    planned = made.meeting("later", number=2, planned="令和9年2月頃")
    for of, dissent in (("", "一"), (planned.pk, "二"), (meeting.pk, "三")):
        assert as_editor.post(add, judgement(meeting=of, dissent=dissent)).status_code == 302
    found = as_editor.get(LIST).context["found"]
    judged = [one for scene in found for case in scene.cases for one in case.judgements]

    assert [(one.row.dissent, one.is_settled) for one in judged] == [
        ("一", False),
        ("二", False),
        ("三", True),
    ]
    shown = page(as_editor)
    assert "異なる意見：</b>三" in shown
    assert "推進協議会 第1回</a>（令和8年7月10日）" in shown
    assert as_editor.get(LIST).context["counts"].judged == 1


def test_a_meeting_of_a_joint_council_may_judge_what_is_ours(as_editor, here):
    written(here)
    joint = made.neighbours_meeting(held_on="2026-06-01")
    as_editor.post(f"{LIST}e-1/judgements/add/", judgement(meeting=joint.pk))
    assert Judgement.objects.get().meeting_id == joint.pk
    assert "広域の協議会 第1回</a>" in page(as_editor)


def test_what_the_lead_keeps_to_itself_is_neither_offered_nor_told(as_editor, here):
    written(here)
    joint = made.neighbours_meeting(held_on="2026-06-01", audience="internal")
    answer = as_editor.post(f"{LIST}e-1/judgements/add/", judgement(meeting=joint.pk))
    assert answer.status_code == 422
    assert not Judgement.objects.exists()


def test_deleting_an_evaluation_takes_its_judgements_along(as_editor, here):
    row = written(here)
    Judgement.objects.create(key="j", cycle=here, evaluation=row, verdict="partly")
    url = f"{LIST}e-1/delete/"
    assert as_editor.post(url, {"base_version": "1"}).status_code == 302
    assert not Evaluation.objects.exists()
    assert not Judgement.objects.exists()


def test_judgements_are_told_in_the_order_people_give_them(as_editor, here):
    row = written(here)
    for place, key in enumerate("ab"):
        Judgement.objects.create(
            key=key, cycle=here, evaluation=row, verdict="partly", position=place
        )
    as_editor.post(f"{LIST}judgements/b/up/")
    assert [one.key for one in Judgement.objects.filter(evaluation=row)] == ["b", "a"]


def test_a_scene_shows_its_own_and_a_viewer_no_deeds(as_editor, sign_in, here):
    written(here)
    assert "割合が上がった。" in page(as_editor, f"{LIST}?scene=discharge")
    assert "割合が上がった。" not in page(as_editor, f"{LIST}?scene=end_of_life")
    viewer = sign_in("viewer")
    assert "事実を編集する" not in page(viewer)
    assert viewer.post(f"{LIST}draft/").status_code == 403


def test_what_all_scenes_have_in_common_is_a_choice_of_its_own(as_editor, here):
    Outcome.objects.filter(cycle=here).update(scene="discharge")
    Activity.objects.filter(cycle=here).update(scene="discharge")
    Activity.objects.create(cycle=here, key="every", name="全体の名簿を作る", scene="all")

    for address in (LIST, f"{LIST}sheet/"):
        assert '<option value="all">すべての場面に共通</option>' in page(as_editor, address)
    common = as_editor.get(f"{LIST}?scene=all")
    assert [one.label for one in common.context["found"]] == ["すべての場面に共通"]
    assert "全体の名簿を作る" in common.content.decode()
    assert "全体の名簿を作る" not in page(as_editor, f"{LIST}?scene=discharge")
    assert "評価 すべての場面に共通" in page(as_editor, f"{LIST}?scene=all").replace("　", " ")
    assert len(as_editor.get(f"{LIST}?scene=none").context["found"]) > 1


def test_the_page_asks_as_often_for_many_rows_as_for_one(as_editor, here):
    counts = []
    for many in (1, 20):
        for n in range(many):
            activity = Activity.objects.create(cycle=here, key=f"m{many}-{n}", name=f"取組{n}")
            row = Evaluation.objects.create(
                key=f"m{many}-{n}", cycle=here, activity=activity, text="事実"
            )
            Judgement.objects.create(
                key=f"m{many}-{n}", cycle=here, evaluation=row, verdict="partly"
            )
        with CaptureQueriesContext(connection) as queries:
            as_editor.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


class TestManyOutcomes:
    """A year with more things to evaluate than a page shows."""

    @pytest.fixture
    def outcomes(self, here):
        model = Outcome.objects.filter(cycle=here).first().logic_model
        rows = [
            Outcome(cycle=here, key=f"o-{n}", logic_model=model, text=f"成果{n}", scene="discharge")
            for n in range(200)
        ]
        return [one for one in rows if one.save() is None]

    def shown(self, client, query=""):
        scenes = client.get(f"{LIST}{query}").context["found"]
        return [case.subject.row.key for scene in scenes for case in scene.cases]

    def test_they_come_page_by_page(self, as_editor, outcomes):
        first, second = self.shown(as_editor), self.shown(as_editor, "?page=2")
        assert len(first) == len(second) == CASES_PER_PAGE
        assert not set(first) & set(second)
        assert "1／7ページ" in page(as_editor)
        assert self.shown(as_editor, "?page=ない") == first

    def test_who_saved_comes_back_to_the_page_of_the_thing(self, as_editor, outcomes):
        answer = as_editor.post(f"{LIST}outcomes/o-150/edit/", fact())
        assert "o-150" in self.shown(as_editor, f"?{answer.headers['Location'].partition('?')[2]}")
        assert "o-150" not in self.shown(as_editor, "?at=outcome-missing")

    def test_what_is_open_is_counted_and_listed_alone(self, as_editor, here, outcomes):
        for n, drafted in ((0, False), (1, True)):
            Evaluation.objects.create(
                key=f"e-{n}", cycle=here, outcome=outcomes[n], text="事実", is_drafted=drafted
            )
        told = page(as_editor)
        assert "下書きのまま：1件" in told
        assert "協議体の判断がまだ：2件" in told
        assert self.shown(as_editor, "?open=judgement") == ["o-0", "o-1"]
        assert self.shown(as_editor, "?open=draft") == ["o-1"]
        assert "o-0" not in self.shown(as_editor, "?open=fact")
        assert 'name="open" value="draft"' in page(as_editor, f"{LIST}?open=draft")
        assert self.shown(as_editor, "?open=nonsense") == self.shown(as_editor)

    def test_nothing_left_says_so(self, as_editor, outcomes):
        assert "下書きのままのものはありません。" in page(as_editor, f"{LIST}?open=draft")


def test_no_draft_is_offered_where_none_can_be_made(as_editor, here):
    assert "件の下書きをまとめて作る" in page(as_editor)
    as_editor.post(f"{LIST}draft/")
    shown = page(as_editor)
    assert "下書きをまとめて作る" not in shown
    assert "いま数字から作れる下書きはありません。" in shown


def test_a_neighbours_evaluation_is_not_there(as_editor, here):
    with within(Municipality.objects.get(code=world.THEIRS)):
        made.no_evaluations()
    assert as_editor.get(f"{LIST}evaluation-1/judgements/add/").status_code == 404


def test_the_pages_of_a_scene_and_of_an_activity_tell_what_was_made_of_them(as_editor, here):
    activity = Activity.objects.get(cycle=here, key="activity-1")
    row = Evaluation.objects.create(key="a", cycle=here, activity=activity, text="事実の文。")
    held = made.meeting(held_on="2026-07-10")
    Judgement.objects.create(key="j", cycle=here, evaluation=row, verdict="partly", meeting=held)

    for url in ("scenes/discharge/", "activities/activity-1/"):
        shown = page(as_editor, f"{YEAR}{url}")
        assert "事実の文。" in shown
        assert "一定程度進んだ" in shown
    assert "事実の文。" not in page(as_editor, f"{YEAR}scenes/end_of_life/")


def test_a_draft_of_an_activity_tells_its_results_by_their_time(as_editor, here):
    made.no_evaluations()
    activity = Activity.objects.get(cycle=here, key="activity-1")
    ActivityResult.objects.create(
        key="half", cycle=here, activity=activity, when="上半期", text="相談126件"
    )

    as_editor.post("/m/990019/2026/evaluations/draft/")

    row = Evaluation.objects.get(cycle=here, activity=activity)
    assert row.is_drafted
    assert "上半期の「相談126件」" in row.text
    assert "上半期の「相談126件」" in as_editor.get("/m/990019/2026/evaluations/").content.decode()


def test_drafts_that_nobody_has_touched_are_no_findings_and_are_counted_apart(as_editor, here):
    findings, draft = f"{YEAR}findings/", f"{LIST}draft/"
    message = "評価に、協議体の意見がありません"
    assert message not in as_editor.get(findings).content.decode()

    as_editor.post(draft)

    count = Evaluation.objects.filter(cycle=here, is_drafted=True).count()
    assert count
    assert message not in as_editor.get(findings).content.decode()
    assert f"確かめていない下書き{count}件" in as_editor.get(LIST).content.decode()

    # The negative control: once somebody has confirmed them, they wait for their council.
    Evaluation.objects.filter(cycle=here).update(is_drafted=False)
    assert message in as_editor.get(findings).content.decode()
