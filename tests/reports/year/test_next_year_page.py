"""次年度の準備 in the browser: choosing, looking through, confirming, beginning; and who is told to do it."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.models import Improvement
from logicmodels.models import Activity, DesiredState, Issue
from municipalities.choices import CycleState
from municipalities.kernel import changes
from municipalities.models import Cycle
from reports.models import Carried
from reports.year.april import next_year, preparing
from reports.year.board import state
from reports.year.board.chain import of_next_year
from tests.councils import meeting_samples as made
from tests.reports.years_end import NEW, OLD, a_year_that_is_over

pytestmark = pytest.mark.django_db
PAGE = f"/m/990019/{OLD}/next-year/"


@pytest.fixture
def old(here, people):
    return a_year_that_is_over(here, by=people["editor"])


@pytest.fixture
def target(old, people):
    """The draft of the next year, with everything in it."""
    next_year.prepare(old, by=people["editor"], choice=next_year.everything(old))
    return next_year.following(old)


def shown(client, url=PAGE):
    return client.get(url).content.decode()


def ticks(page):
    return re.findall(r'name="seen" value="([^"]+)"', page)


def posted(client, tail, **data):
    return client.post(PAGE + tail, data, follow=True).content.decode()


def test_the_page_says_what_goes_over_and_what_stays(old, as_editor):
    page = shown(as_editor)

    assert "令和3年度（2021年度）の準備を始める" in page
    assert "取組1件" in page
    assert "会議は、開いた年度の記録です。" in page
    assert sorted(ticks(page)) == [
        "activities:activity-1",
        *(f"issues:issue-{number}" for number in (1, 2, 3)),
    ]


def test_what_is_not_ticked_stays_behind(old, as_editor):
    seen = ticks(shown(as_editor))

    page = posted(as_editor, "prepare/", seen=seen, taken=seen[:1])

    assert "行を引き継ぎました。" in page
    assert "引き継がないことにした行です。" in page
    assert Carried.objects.filter(is_left_out=True).count() == len(seen) - 1
    assert Cycle.objects.get(fiscal_year=NEW).state == CycleState.DRAFT


def test_an_activity_that_ended_is_not_proposed(old, as_editor):
    Activity.objects.filter(cycle=old).update(status="done")

    page = shown(as_editor)

    assert "状況が「終了」です。" in page
    assert not re.search(r'value="activities:activity-1" checked', page)


def test_every_row_is_looked_at_once(old, target, as_editor):
    before = shown(as_editor)
    whole = int(re.search(r"(\d+)件中0件を確認", before)[1])

    one = posted(as_editor, "issues/confirm/", key="issue-1")
    assert f"{whole}件中1件を確認" in one
    assert "変更なしと確認済み" in one
    every = posted(as_editor, "issues/confirm/", every="1")
    again = posted(as_editor, "issues/confirm/", every="1")

    issues = Issue.objects.filter(cycle=target).count()
    assert f"{whole}件中{issues}件を確認" in every
    assert "確認する行はありませんでした。" in again
    assert Carried.objects.filter(is_unchanged=True, confirmed_on__isnull=False).count() == issues


def test_a_change_takes_the_confirmation_away_and_asks_for_a_reason(old, target, people, as_editor):
    posted(as_editor, "issues/confirm/", key="issue-1")
    row = Issue.objects.get(cycle=target, key="issue-1")
    row.text = "<b>書き直した課題"
    changes.save_versioned(row, by=people["editor"], expected_version=1, fields=("text",))

    page = shown(as_editor)
    assert "変更あり（理由は未記入）" in page
    assert "<ins>&lt;b&gt;書き直した課題</ins>" in page

    url = f"{PAGE}issues/issue-1/reason/"
    noted = Carried.objects.get(cycle=target, row_key="issue-1")
    said = {"reason": "原因が分かった。", "base_version": noted.version}
    page = as_editor.post(url, said, follow=True).content.decode()

    assert "理由：原因が分かった。" in page
    assert re.search(r"\d+件中1件を確認", page)


def test_a_confirmation_can_be_taken_back(old, target, as_editor):
    posted(as_editor, "issues/confirm/", key="issue-1")

    page = posted(as_editor, "issues/issue-1/unconfirm/")

    assert "確認を取り消しました。" in page
    assert not Carried.objects.filter(is_unchanged=True).exists()


def test_only_what_is_the_same_is_confirmed(old, target, people, as_editor):
    goal = DesiredState.objects.filter(cycle=target).first()
    goal.text = "新しい姿"
    changes.save_versioned(goal, by=people["editor"], expected_version=1, fields=("text",))

    posted(as_editor, "desired_states/confirm/", key=goal.key)

    assert not Carried.objects.filter(cycle=target).exists()


@pytest.mark.parametrize("tail", ["nowhere/confirm/", "nowhere/issue-1/unconfirm/"])
def test_another_kind_is_absent(old, target, as_editor, tail):
    assert as_editor.post(PAGE + tail).status_code == 404
    assert as_editor.get(f"{PAGE}issues/nowhere/reason/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "deed", "words", "asks"),
    [
        ("expand", "", "まだ変わっていません", True),
        ("expand", "change", "変わっています（この決定によるものか確かめてください）", False),
        ("continue", "", "同じ内容であります", False),
        ("continue", "change", "続けてあります（前年度から直したところがあります）", False),
        ("change", "drop", "計画に、まだありません", True),
        ("end", "", "計画に、まだ残っています", True),
        ("end", "drop", "引き継ぎません", False),
    ],
)
def test_a_decision_says_what_the_new_year_shows_of_it(
    old, target, people, as_editor, kind, deed, words, asks
):
    """Before the rows went over it says what will become of them, afterwards what has."""
    Improvement.objects.filter(cycle=old).delete()
    activity = Activity.objects.get(cycle=old)
    settled(old, Improvement(key="i", activity=activity, kind=kind, what="決めたこと"))
    new = Activity.objects.filter(cycle=target)
    if deed == "drop":
        new.update(key="another")
    elif deed == "change":
        new.update(frequency="毎月")

    (one,) = preparing.of(old, may_edit=True).improved
    assert (one.consequence, one.is_to_mend) == (words, asks)
    assert f"次年度：{words}" in shown(as_editor)


def test_beginning_and_taking_back(old, target, as_editor):
    assert "準備を取り消す" in shown(as_editor)

    page = posted(as_editor, "begin/")
    refused = posted(as_editor, "take-back/")

    assert "令和3年度（2021年度）を始めました。" in page
    assert "始まっているため、取り消せません" in refused
    assert "準備を取り消す" not in refused
    assert Cycle.objects.get(fiscal_year=NEW).state == CycleState.OPEN


def test_taking_back_brings_the_choice_back(old, target, as_editor):
    page = posted(as_editor, "take-back/")

    assert "準備を取り消しました。" in page
    assert "令和3年度（2021年度）の準備を始める" in page
    assert not Cycle.objects.filter(fiscal_year=NEW).exists()


def test_before_december_the_page_says_from_when(here, as_editor):
    Cycle.objects.create(fiscal_year=2090)

    page = shown(as_editor, "/m/990019/2090/next-year/")
    said = as_editor.post("/m/990019/2090/next-year/prepare/", follow=True).content.decode()

    assert "12月1日から始められます" in page
    assert "の準備を始める</button>" not in page
    assert "、令和72年12月1日から始められます。" in said


def test_who_only_reads_has_no_buttons(old, target, sign_in):
    page = shown(sign_in("viewer"))

    assert "前年度と同じ（未確認）" in page
    assert "<button" not in page[page.index("<h1>") :]


def test_a_draft_with_many_rows_takes_few_queries(old, target, people, as_editor):
    shown(as_editor)
    with CaptureQueriesContext(connection) as few:
        shown(as_editor)
    for number in range(20):
        for cycle in (old, target):
            row = Activity(cycle=cycle, key=f"many-{number}", name="取組")
            changes.create_versioned(row, by=people["editor"])
    with CaptureQueriesContext(connection) as many:
        shown(as_editor)

    assert len(many) <= len(few) <= 20


# --- 次にやること ---------------------------------------------------------------------------------


def told(cycle, day):
    """Return what a year asks for on a day, as far as it is about the next one."""
    return [one.words for one in of_next_year(state.of(cycle), today=day)]


def test_from_december_the_next_year_is_asked_for(old):
    assert told(old, dt.date(2020, 11, 30)) == []
    assert told(old, dt.date(2020, 12, 1)) == ["次年度の準備を始める"]
    assert told(old, dt.date(2021, 6, 1)) == []


def test_a_draft_is_gone_on_with_and_begun_in_april(old, target):
    assert told(old, dt.date(2021, 2, 1)) == ["令和3年度の準備を続ける"]
    assert told(old, dt.date(2021, 4, 1)) == ["令和3年度を始める"]
    assert told(target, dt.date(2021, 4, 1)) == [
        "前年度から引き継いだ内容を確かめて、年度を始める",
        "前年度の値を入れる",
    ]


def settled(cycle, row):
    """Write an improvement that a held meeting of the year decided."""
    held = made.meeting("decides", fiscal_year=cycle.fiscal_year, number=9, held_on="2020-11-10")
    row.cycle, row.decision = cycle, made.decision(cycle, held, key="decides")
    row.save()
    return row


@pytest.mark.parametrize("kind", ["end", "merge", "expand"])
def test_what_no_meeting_has_settled_is_a_proposal_and_asks_nothing(old, target, as_editor, kind):
    Improvement.objects.filter(cycle=old).delete()
    activity = Activity.objects.get(cycle=old)
    row = Improvement.objects.create(
        key="i", cycle=old, activity=activity, kind=kind, what="やめてはどうか"
    )

    (one,) = preparing.of(old, may_edit=True).improved
    assert (one.is_settled, one.is_to_mend, one.is_leaving) == (False, False, False)
    page = shown(as_editor)
    assert "まだ会議で決まっていないため、いまの計画のままです" in page
    assert "まだ残っています" not in page

    # The negative control: once a meeting has settled it, it does ask.
    row.delete()
    settled(old, Improvement(key="i", activity=activity, kind=kind, what="やめること"))
    (one,) = preparing.of(old, may_edit=True).improved
    assert (one.is_settled, one.is_to_mend) == (True, True)


def test_a_reason_is_not_saved_empty_and_clearing_one_is_told(old, target, people, as_editor):
    row = Issue.objects.filter(cycle=target, key="issue-1").get()
    row.text = "書き直した課題"
    changes.save_versioned(row, by=people["editor"], expected_version=1, fields=("text",))
    url = f"{PAGE}issues/issue-1/reason/"

    empty = as_editor.post(url, {"reason": "", "base_version": 0})
    assert empty.status_code == 422
    assert "変えた理由を入力してください。" in empty.content.decode()

    as_editor.post(url, {"reason": "原因が分かった。", "base_version": 0})
    noted = Carried.objects.get(cycle=target, row_key="issue-1")
    said = {"reason": "", "base_version": noted.version}
    assert (
        "変えた理由は、空欄になりました。"
        in as_editor.post(url, said, follow=True).content.decode()
    )


def test_a_year_before_its_december_says_when_and_where_the_next_one_opens(as_editor, here, target):
    """Whatever the day on which the tests run: this year is far ahead, and that one long over."""
    for year in (2098, 2099):
        Cycle.objects.create(fiscal_year=year)

    page = shown(as_editor, "/m/990019/2099/next-year/")
    assert "令和82年度（2100年度）の準備は、令和81年12月1日から、この画面で始められます" in page
    assert "から、この画面で始められます" not in shown(as_editor)
