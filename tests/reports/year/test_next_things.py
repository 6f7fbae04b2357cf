"""次にやること: what comes next in a year, at most five, each with its date and the place where it is done."""

import datetime as dt

import pytest
from django.utils import timezone

from logicmodels.models import Activity, DesiredState, Issue
from municipalities.models import Cycle
from municipalities.tenancy import within
from reports.models import (
    AdviceItem,
    Approval,
    Delivery,
    DueDate,
    ProgressReport,
    SupportStep,
    SupportTask,
)
from reports.submission.counting.phases import Way
from reports.submission.submitting import approving
from reports.year.board import board, chain, state
from reports.year.board.next_things import MOST, Thing, first_few
from reports.year.opening import open_year
from tests import world
from tests.reports import reviewing

TODAY = dt.date(2026, 11, 1)
BOARD = "/m/990019/2026/"


def thing(words, **values):
    return Thing(Way(words, "page"), **values)


def words_of(things):
    return [one.thing.words for one in first_few(things, today=TODAY)]


def test_who_waits_comes_first_then_what_has_a_date_then_the_years_work():
    found = words_of(
        [
            thing("far", due=dt.date(2027, 3, 31)),
            thing("profile", month=4),
            thing("soon", due=dt.date(2026, 11, 20)),
            thing("overdue", due=dt.date(2026, 10, 1)),
            thing("comments", is_waited_for=True, due=dt.date(2026, 12, 20)),
        ]
    )

    assert found == ["comments", "overdue", "soon", "profile", "far"]


def test_never_more_than_five_are_shown():
    assert len(words_of([thing(str(number)) for number in range(9)])) == MOST == 5


def test_equal_ones_keep_the_order_of_the_chain():
    assert words_of([thing("b"), thing("a"), thing("c")]) == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("one", "when"),
    [
        (thing("x", due=dt.date(2026, 8, 15)), "8月15日まで"),
        (thing("x", due=dt.date(2027, 3, 31), due_words="令和8年度末"), "令和8年度末まで"),
        (thing("x", due=dt.date(2027, 3, 31), due_words="令和9年3月まで"), "令和9年3月まで"),
        (thing("x", due=dt.date.max, due_words="令和8年4月以降"), "令和8年4月以降"),
        (thing("x", month=11), "11月ごろ"),
        (thing("x", due=dt.date(2026, 8, 15), month=11), "8月15日まで"),
        (thing("x"), ""),
    ],
)
def test_a_date_is_said_as_people_speak(one, when):
    assert one.when == when


def test_only_a_date_that_somebody_set_can_be_late():
    late, typical = first_few(
        [thing("x", due=dt.date(2026, 8, 15)), thing("y", month=4)], today=TODAY
    )

    assert (late.is_late, typical.is_late) == (True, False)


# --- what a year asks for ------------------------------------------------------------------------


def everything(cycle):
    """Return every deed that the year asks for, by its words."""
    with within(cycle.municipality):
        found = state.of(cycle)
        profile = board.year_parts.profile(cycle)
        return {one.words: one for one in chain.things(found, profile)}


def one_like(cycle, piece):
    """Return the deed whose words hold this piece, or None."""
    return next((one for words, one in everything(cycle).items() if piece in words), None)


@pytest.fixture
def fresh(db, people):
    """A year that has just been opened."""
    cycle = world.cycle_of()
    with within(cycle.municipality):
        opened = open_year(2027, by=people["editor"])
    opened.municipality = cycle.municipality
    return opened


pytestmark = pytest.mark.django_db


def test_an_empty_year_is_a_guide_from_the_profile_on(fresh, as_editor):
    page = as_editor.get("/m/990019/2027/").content.decode()

    assert list(everything(fresh)) == [
        "自治体概要を書く",
        "「日常の療養支援」の目指す姿を書く",
        "課題を書きはじめる",
        "行っている取組を登録する",
        "追う指標を選ぶ",
        "中間報告書を作る",
    ]
    assert "はじめての年度です" in page
    assert page.index("自治体概要を書く") < page.index("の目指す姿を書く")
    assert "4月ごろ" in page
    assert "期限を過ぎています" not in page


def test_comments_are_answered_by_the_day_on_which_the_adviser_wants_to_see_it(cycle, people):
    with within(cycle.municipality):
        reviewing.comment(people["adviser"])
        reviewing.comment(people["adviser"], kind="good", text="よい取組です。")
        decision = reviewing.wanted_again(people["adviser"])
    answer, mend = one_like(cycle, "コメントに答える"), one_like(cycle, "直しはじめる")

    assert answer.words == "アドバイザーのコメントに答える（1件）"
    assert answer.due == mend.due == decision.wanted_on
    assert answer.is_waited_for
    assert mend.word == "もう一度見たい"


def test_a_returned_report_is_mended_first(cycle, people):
    report = world.report_of(kind="final")
    with within(cycle.municipality):
        Approval.objects.create(
            report=report, approver=people["approver"], position=1, state="returned"
        )
    found = one_like(cycle, "差し戻された最終報告書を直す")

    assert found.is_waited_for
    assert found.way.args == (str(report.pk),)


def test_a_draft_is_due_by_the_announced_date_else_by_its_meeting(cycle, people):
    with within(cycle.municipality):
        step = SupportStep.objects.filter(cycle=cycle, kind="final").first()
        step = step or SupportStep.objects.create(cycle=cycle, key="last", kind="final", position=9)
        SupportStep.objects.filter(pk=step.pk).update(held_on=reviewing.soon())
        ProgressReport.objects.filter(cycle=cycle, kind="final").update(step=step)
    by_meeting = one_like(cycle, "最終報告書を書いて提出する")
    announced = DueDate.objects.create(
        scope_kind="prefecture",
        scope_code="99",
        fiscal_year=2026,
        kind="final",
        due_on=timezone.localdate() + dt.timedelta(days=9),
        set_by=people["officer"],
    )
    by_date = one_like(cycle, "最終報告書を書いて提出する")

    assert by_meeting.due == reviewing.soon()
    assert by_date.due == announced.due_on


def test_a_draft_without_any_date_has_the_month_of_its_kind(cycle):
    with within(cycle.municipality):
        ProgressReport.objects.filter(cycle=cycle, kind="final").update(step=None)

    assert one_like(cycle, "最終報告書を書いて提出する").when == "2月ごろ"


def test_what_did_not_arrive_is_sent_again(cycle):
    with within(cycle.municipality):
        Delivery.objects.update(state="failed")

    found = one_like(cycle, "もう一度送る")
    assert found.is_waited_for
    assert found.way.tail == "#undelivered-heading"


def test_a_task_of_the_support_keeps_the_words_of_its_date(cycle):
    with within(cycle.municipality):
        row = {"cycle": cycle, "position": 1}
        SupportTask.objects.create(
            key="t1", text="取組を整理する", due="令和8年11月20日", who="係", **row
        )
        SupportTask.objects.create(key="t2", text="いつかする", due="", **row)
        SupportTask.objects.create(
            key="t3", text="済んだこと", due="令和8年10月", state="done", **row
        )
    found = one_like(cycle, "取組を整理する")

    assert found.when == "令和8年11月20日まで"
    assert found.way.tail == "#task-t1"
    assert one_like(cycle, "いつかする") is one_like(cycle, "済んだこと") is None


def test_a_meeting_of_the_past_without_a_record_is_written_up(cycle):
    today = timezone.localdate()
    with within(cycle.municipality):
        row = {"cycle": cycle, "kind": "other", "position": 8}
        for key, day in (("past", today), ("ahead", today + dt.timedelta(days=1))):
            SupportStep.objects.create(
                key=key, title=f"{key}の打合せ", held_on=day, situation="", **row
            )

    assert one_like(cycle, "pastの打合せの記録を書く").way.args == ("past",)
    assert one_like(cycle, "aheadの打合せの記録を書く") is None


def test_unanswered_advice_leads_to_the_first_of_it(cycle):
    with within(cycle.municipality):
        AdviceItem.objects.update(response="adopted")
        first = AdviceItem.objects.filter(cycle=cycle).earliest("step__position", "position", "pk")
        AdviceItem.objects.filter(pk=first.pk).update(response="none")

    found = one_like(cycle, "アドバイスへの対応を決める（1件）")
    assert found.way.tail == f"#advice-{first.key}"


def test_one_missing_desired_state_is_named(cycle):
    with within(cycle.municipality):
        for scene in ("daily_care", "discharge", "emergency"):
            DesiredState.objects.update_or_create(
                cycle=cycle, scene=scene, defaults={"text": "姿", "key": scene}
            )
        DesiredState.objects.filter(cycle=cycle, scene="end_of_life").update(text="")

    found = one_like(cycle, "目指す姿を書く")
    assert found.words == "「看取り」の目指す姿を書く"
    assert found.way.args == ("end_of_life",)
    assert found.hint == ""


def test_values_of_the_year_are_counted(cycle):
    with within(cycle.municipality):
        counted = state.of(cycle).facts

    found = one_like(cycle, "今年の値を入れる")
    assert found.words == f"今年の値を入れる（{counted.indicators}件中{counted.values_known}件）"


def test_the_support_is_judged_once_the_final_report_is_advised(cycle):
    assert one_like(cycle, "振り返りに答える") is None
    with within(cycle.municipality):
        ProgressReport.objects.filter(cycle=cycle, kind="final").update(status="advised")

    assert one_like(cycle, "振り返りに答える").when == "3月ごろ"


def test_what_lies_with_the_superiors_is_not_the_editors_next_thing(cycle, people):
    report = world.report_of(kind="final")
    with within(cycle.municipality):
        Approval.objects.create(report=report, approver=people["approver"], position=1)
        before = one_like(cycle, "最終報告書を書いて提出する")
        approving.move(report, {"status": "approval"}, by=people["editor"], deed="approval_ask")

    assert before
    assert one_like(cycle, "最終報告書") is None


def test_what_every_superior_approved_is_submitted_first(cycle, people):
    report = world.report_of(kind="final")
    with within(cycle.municipality):
        place = {"report": report, "approver": people["approver"], "position": 1}
        Approval.objects.create(**place, state="approved")
        approving.move(report, {"status": "approval"}, by=people["editor"], deed="approval_ask")
    found = one_like(cycle, "承認の終わった最終報告書を提出する")

    assert found.is_waited_for
    assert found.way.args == (str(report.pk),)


def test_every_deed_leads_to_a_page_that_answers(cycle, as_editor, people):
    with within(cycle.municipality):
        reviewing.comment(people["adviser"])
        reviewing.wanted_again(people["adviser"])
        Issue.objects.none()
        Activity.objects.none()
    for words, one in everything(cycle).items():
        if url := board.address(cycle, one.way):
            assert as_editor.get(url).status_code == 200, words


def test_an_open_year_has_no_date_of_its_own(fresh):
    assert all(one.due is None for one in everything(fresh).values())
    with within(fresh.municipality):
        assert Cycle.objects.filter(fiscal_year=2027).exists()


def test_what_is_beyond_the_first_five_is_told_of_and_opened(as_editor, cycle):
    with within(cycle.municipality):
        for number in range(9):
            SupportTask.objects.create(
                cycle=cycle, key=f"t{number}", text=f"準備その{number}", due="令和8年12月"
            )
        found = board.of(cycle, may_edit=True)
    page = as_editor.get(BOARD).content.decode()

    assert len(found.at_once) == MOST
    assert f"<summary>ほか{len(found.more)}件を見る</summary>" in page
    assert all(f'href="{one.url}"' in page for one in found.things)
    assert all(f"準備その{number}" in page for number in range(9))


class TestManager:
    """Who manages people has next things of their own, and none of who writes."""

    def page(self, client):
        return client.get(BOARD).content.decode()

    def test_a_term_that_ends_soon_is_theirs_to_look_at(self, sign_in, people):
        soon = timezone.localdate() + dt.timedelta(days=20)
        row = people["editor"].memberships.get()
        assert "editorの担当の任期" not in self.page(sign_in("manager"))

        type(row).objects.filter(pk=row.pk).update(valid_to=soon)
        page = self.page(sign_in("manager"))
        assert "editorの担当の任期の終わりを確かめる" in page
        assert f'href="/m/{world.OURS}/people/{row.pk}/term/"' in page
        assert "目指す姿を書く" not in page.split("次にやること")[1].split("</section>")[0]
        for other in ("editor", "viewer", "approver"):
            assert "任期の終わりを確かめる" not in self.page(sign_in(other))

        type(row).objects.filter(pk=row.pk).update(valid_to=soon + dt.timedelta(days=300))
        assert "任期の終わりを確かめる" not in self.page(sign_in("manager"))

    def test_a_role_that_nobody_has_is_to_be_filled(self, sign_in, people):
        assert "上長として確認する人を招待する" not in self.page(sign_in("manager"))
        people["approver"].memberships.all().delete()
        page = self.page(sign_in("manager"))
        assert "報告書を上長として確認する人を招待する" in page
        assert f'href="/m/{world.OURS}/people/invite/"' in page

    def test_an_invitation_that_nobody_took_is_told_without_a_name(self, sign_in):
        client = sign_in("manager")
        assert "受け取られていない招待" not in self.page(client)
        client.post(
            f"/m/{world.OURS}/people/invite/",
            {
                "display_name": "新しい担当",
                "email": "new@example.jp",
                "username": "new-one",
                "role": "viewer",
                "valid_from": "2026-04-01",
                "valid_to": "",
            },
        )
        section = self.page(client).split("次にやること")[1].split("</section>")[0]
        assert "受け取られていない招待を確かめる（1件）" in section
        assert "新しい担当" not in section

    def test_a_report_that_waits_for_a_superior_is_shown(self, sign_in, people):
        report = world.report_of(kind="final")
        with within(report.cycle.municipality):
            approving.ask(report, [people["approver"]], by=people["editor"])
        section = self.page(sign_in("manager")).split("次にやること")[1].split("</section>")[0]
        assert "上長の確認を待っている" in section
        assert report.get_absolute_url() in section
