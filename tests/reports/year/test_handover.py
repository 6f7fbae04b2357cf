"""引継書: what a desk leaves, by month and by whom, on the page and on paper, and passing it on at once or not at all."""

import datetime as dt
import io
import re

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from councils.models import Homework, Improvement, Meeting
from indicators.models import Indicator
from logicmodels.models import Activity, Milestone
from municipalities.japanese import fiscal
from municipalities.models import Change, Cycle, Membership, User
from municipalities.people import granting
from municipalities.tenancy import within
from reports.models import (
    AdviceItem,
    Approval,
    DueDate,
    HandoverNote,
    IndicatorHandover,
    ProgressReport,
    SupportTask,
    Waiver,
    YearDate,
)
from reports.submission.drafts.moving import Overtaken
from reports.submission.submitting import approving
from reports.year.calendar import reading as calendar
from reports.year.handover import flow, passing, reading
from reports.year.handover.flow import Happening
from tests import world

YEAR = f"/m/{world.OURS}/{world.YEAR}/"
PAGE = f"{YEAR}handover/"
TAGS = re.compile(r"<[^>]+>|\s+")


def words(response):
    return TAGS.sub("", response.content.decode())


def paper_of(client):
    reader = pypdf.PdfReader(io.BytesIO(client.get(f"{PAGE}pdf/").content))
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def member(people, name, role="approver", **term):
    user = User.objects.create(username=name, display_name=f"{name}の担当", password="x")
    Membership.objects.create(
        user=user,
        role=role,
        scope_kind="municipality",
        scope_code=world.OURS,
        **{"valid_from": "2020-01-01"} | term,
    )
    people[name] = user
    return user


class TestFlow:
    @given(
        st.lists(
            st.dates(dt.date(2025, 4, 1), dt.date(2027, 3, 31)).flatmap(
                lambda day: st.integers(0, 200).map(lambda n: (day, day + dt.timedelta(days=n)))
            ),
            max_size=20,
        )
    )
    def test_nothing_is_lost_and_april_comes_first(self, times):
        rows = [
            Happening(f"{n}", "会議", "", 2026, earliest=first, latest=last)
            for n, (first, last) in enumerate(times)
        ]

        found = flow.months(rows, fiscal_year=2026)

        shown = [row.happening.what for month in found for row in month.rows]
        assert sorted(shown) == sorted(one.what for one in rows)
        labels = [month.label for month in found]
        whole = [f"{n}月" for n in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)] + [flow.UNDATED]
        assert labels == [label for label in whole if label in labels]
        for month in found:
            for row in month.rows:
                last = row.happening.latest
                assert row.is_last_year == (fiscal.fiscal_year_of(last) < 2026)
                assert month.label in {f"{last.month}月", flow.UNDATED}

    @pytest.mark.parametrize(
        ("latest", "label"), [(dt.date(2026, 6, 1), "6月"), (dt.date.max, flow.UNDATED)]
    )
    def test_what_has_no_end_belongs_to_no_month(self, latest, label):
        row = Happening("契約", "委託", "", 2026, earliest=dt.date(2026, 5, 1), latest=latest)
        assert [month.label for month in flow.months([row], fiscal_year=2026)] == [label]


@pytest.mark.django_db
class TestPage:
    def test_it_gathers_what_is_open_and_why_each_indicator_was_chosen(self, here, as_editor):
        AdviceItem.objects.filter(cycle=here).update(response="declined")
        AdviceItem.objects.filter(cycle=here, key="pre-meeting-1-1").update(
            response="none", text="医師会と相談する。"
        )
        SupportTask.objects.filter(cycle=here).update(state="done")
        SupportTask.objects.create(cycle=here, key="t", text="名簿を作る。", who="")
        Homework.objects.update(is_done=False, text="様式を持ち寄る。", who="消防")
        indicator = Indicator.objects.filter(cycle=here).first()
        IndicatorHandover.objects.update_or_create(
            cycle=here,
            code=indicator.code,
            defaults={
                "key": indicator.code,
                "reason": "全国と比べられるため。",
                "keeper": "在宅医療係",
                "contact": "統計の窓口",
            },
        )

        found = words(as_editor.get(PAGE))

        for text in (
            "医師会と相談する。［未回答］",
            "名簿を作る。",
            "担当：未定",
            "様式を持ち寄る。［未完了］",
            "担当：消防",
            "全国と比べられるため。",
            "担当：在宅医療係",
            "問い合わせ先：統計の窓口",
            "毎年5月に医師会の事務局へ日程の相談に行く。",
            "担当が書かれていない行が",
            "editorの担当",
        ):
            assert text in found, text

    def test_rows_without_an_owner_are_counted_by_kind_and_found(self, here, as_editor):
        Activity.objects.filter(cycle=here).update(executor=None, status="running")
        SupportTask.objects.filter(cycle=here).update(who="", state="todo")
        Homework.objects.update(who="", is_done=False)
        IndicatorHandover.objects.filter(cycle=here).delete()
        rows = {one.label: one for one in reading.of(here).ownerless}
        assert list(rows) == ["取組", "実施計画", "会議の持ち帰り", "指標"]
        page = as_editor.get(PAGE).content.decode()
        assert all(
            f'<a href="{one.url}">{one.label}{one.number}件</a>' in page for one in rows.values()
        )
        assert all(as_editor.get(one.url).status_code == 200 for one in rows.values())

        Activity.objects.filter(cycle=here).update(status="stopped")
        SupportTask.objects.filter(cycle=here).update(who="高齢者支援課")
        Homework.objects.update(is_done=True)
        found = reading.of(here)
        assert [one.label for one in found.ownerless] == ["指標"]
        assert found.number_ownerless == Indicator.objects.filter(cycle=here).count()

    def test_rows_without_an_owner_are_named_and_led_to_on_page_and_paper(self, here, as_editor):
        Activity.objects.filter(cycle=here).update(status="stopped")
        row = Activity.objects.create(
            cycle=here, key="nobodys", name="だれもしない取組", status="running"
        )
        page = as_editor.get(PAGE).content.decode()
        address = f"{YEAR}activities/nobodys/"
        assert f'取組：<a href="{address}">だれもしない取組</a>' in page
        assert as_editor.get(address).status_code == 200
        assert "だれもしない取組" in paper_of(as_editor)

        Activity.objects.filter(pk=row.pk).update(status="stopped")
        assert "だれもしない取組" not in words(as_editor.get(PAGE))

    def test_changes_and_what_was_waived_stand_with_the_decisions(self, here, as_editor):
        activity = Activity.objects.filter(cycle=here).first()
        Improvement.objects.create(
            cycle=here,
            key="wider",
            activity=activity,
            kind="expand",
            what="診療所にも広げる。",
            why="参加が増えたため。",
            since="令和9年4月から",
        )
        Waiver.objects.create(
            cycle=here,
            key="w",
            rule="C02",
            place="x",
            label="成果に結び付かない取組",
            reason="来年度に見直す。",
        )
        page, paper = words(as_editor.get(PAGE)), paper_of(as_editor)
        for text in (
            "診療所にも広げる。",
            "［案］",
            "決めた場：まだ決まっていません",
            "時期：令和9年4月から",
            "成果に結び付かない取組",
            "理由：来年度に見直す。",
        ):
            assert text in page, text
            assert text in paper, text

        Waiver.objects.filter(cycle=here).delete()
        Improvement.objects.filter(cycle=here).delete()
        labels = [group.label for group in reading.of(here).decisions]
        assert labels in ([], ["会議の決定事項"])

    def test_the_flow_of_the_year_tells_every_date_of_the_calendar(self, here, as_editor, people):
        DueDate.objects.create(
            set_by=people["editor"],
            scope_kind="prefecture",
            scope_code="99",
            fiscal_year=2026,
            kind="final",
            due_on="2027-02-26",
        )
        YearDate.objects.create(cycle=here, key="b", text="次年度予算の要求", day="2026-10-30")
        activity = Activity.objects.filter(cycle=here).first()
        Milestone.objects.create(
            cycle=here, key="m", activity=activity, text="様式を配る", due_on="2026-09-01"
        )
        flow_of = words(as_editor.get(PAGE)).partition("一年の流れ")[2]
        for entry in calendar.of(here):
            assert TAGS.sub("", entry.text)[:30] in flow_of, entry
        for text in ("次年度予算の要求", "様式を配る", "最終報告書の提出期限"):
            assert text in flow_of, text

    def test_a_report_that_is_due_and_not_begun_is_open(self, here, as_editor, people):
        ProgressReport.objects.filter(cycle=here, kind="final").delete()
        DueDate.objects.filter(fiscal_year=2026).delete()
        assert "最終報告書" not in words(as_editor.get(PAGE)).partition("指標と目標")[0]
        due = timezone.localdate() + dt.timedelta(days=40)
        DueDate.objects.create(
            set_by=people["editor"],
            scope_kind="prefecture",
            scope_code="99",
            fiscal_year=2026,
            kind="final",
            due_on=due,
        )
        page = words(as_editor.get(PAGE)).partition("指標と目標")[0]
        assert "最終報告書［未着手］提出期限：" in page
        assert "期限を過ぎています" not in page
        DueDate.objects.filter(fiscal_year=2026).update(due_on=due - dt.timedelta(days=90))
        assert "期限を過ぎています" in words(as_editor.get(PAGE)).partition("指標と目標")[0]

    def test_a_row_of_an_account_that_has_left_is_counted(self, here, as_editor, people):
        SupportTask.objects.filter(cycle=here).update(state="todo", who="")
        Homework.objects.update(is_done=False, who="")
        IndicatorHandover.objects.filter(cycle=here).delete()
        task = SupportTask.objects.filter(cycle=here).first()
        SupportTask.objects.filter(pk=task.pk).update(who="高齢者支援課　去年の　担当")
        last_year = timezone.localdate() - dt.timedelta(days=90)
        member(people, "去年", role="editor", valid_to=last_year)

        (found,) = reading.of(here).departed
        assert (found.label, found.number) == ("実施計画", 1)
        page = words(as_editor.get(PAGE))
        assert "もうこのシステムを使えない人" in page
        assert "実施計画1件" in page
        paper = as_editor.get(f"{PAGE}pdf/")
        assert paper.status_code == 200

        # Somebody of that name is here again; a section is nobody's account; what is done asks nobody.
        member(people, "去年2", role="editor")
        User.objects.filter(username="去年2").update(display_name="去年の担当")
        assert not reading.of(here).departed
        User.objects.filter(username="去年2").update(display_name="別の担当")
        assert reading.of(here).departed
        SupportTask.objects.filter(pk=task.pk).update(who="高齢者支援課")
        assert not reading.of(here).departed
        SupportTask.objects.filter(pk=task.pk).update(who="去年の担当", state="done")
        assert not reading.of(here).departed

    def test_an_account_that_was_switched_off_has_left(self, here, people):
        Homework.objects.update(is_done=False, who="止めたの担当")
        assert not reading.of(here).departed
        user = member(people, "止めた", role="editor")
        assert not reading.of(here).departed
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert [one.label for one in reading.of(here).departed] == ["会議の持ち帰り"]

    def test_what_is_answered_and_done_is_not_open(self, here):
        AdviceItem.objects.filter(cycle=here).update(response="adopted")
        SupportTask.objects.filter(cycle=here).update(state="done")
        Homework.objects.update(is_done=True)
        labels = [group.label for group in reading.of(here).open]
        assert labels in ([], ["報告書"])

    def test_last_years_meeting_stands_in_its_month(self, here):
        council = Meeting.objects.first().council
        Meeting.objects.create(
            key="last", council=council, fiscal_year=2025, held_on="2025-06-10", title="昨年の会"
        )
        june = next(one for one in reading.of(here).months if one.label == "6月")
        row = next(one for one in june.rows if one.happening.what == "昨年の会")
        assert row.is_last_year

    def test_an_empty_year_is_friendly_and_may_be_written_in(self, here, as_editor):
        with within(here.municipality):
            empty = Cycle.objects.create(fiscal_year=2031)
        empty.municipality = here.municipality
        Homework.objects.update(is_done=True)
        Meeting.objects.filter(fiscal_year__gte=2030).delete()
        page = as_editor.get(empty.url("reports:handover"))
        assert "まだ選ばれていません" in words(page)
        assert "メモを書く" in words(page)

    def test_a_viewer_reads_and_writes_nothing(self, sign_in):
        assert "メモを書く" not in words(sign_in("viewer").get(PAGE))
        assert sign_in("viewer").get(f"{PAGE}notes/general/edit/").status_code == 403

    def test_who_takes_part_from_outside_sees_nothing_of_it(self, sign_in):
        assert sign_in("contributor").get(PAGE).status_code in {403, 404}
        assert sign_in("adviser").get(PAGE).status_code in {403, 404}

    def test_the_paper_holds_the_same(self, here, as_editor):
        response = as_editor.get(f"{PAGE}pdf/")
        reader = pypdf.PdfReader(io.BytesIO(response.content))
        found = "".join("".join(page.extract_text().split()) for page in reader.pages)
        for text in ("引継書", "前任者", "庁内限り", "日程の相談に行く", "一年の流れ"):
            assert text in found, text
        assert "メモを書く" not in found


@pytest.mark.django_db
class TestWriting:
    def test_a_note_is_written_and_told_in_the_history(self, here, as_editor):
        address = f"{PAGE}notes/councils/edit/"
        as_editor.post(address, {"base_version": 0, "text": "会場は早めに取る。"})
        row = HandoverNote.objects.get(cycle=here, subject="councils")
        assert row.text == "会場は早めに取る。"
        assert Change.objects.of(row).get().deed == "create"
        assert "会場は早めに取る。" in words(as_editor.get(PAGE))

    def test_an_unknown_subject_has_no_page(self, as_editor):
        assert as_editor.get(f"{PAGE}notes/nothing/edit/").status_code == 404

    def test_the_reason_stays_when_the_indicator_is_taken_out_and_in_again(self, here, as_editor):
        indicator = Indicator.objects.filter(cycle=here).first()
        IndicatorHandover.objects.filter(code=indicator.code).delete()
        address = f"{PAGE}indicators/{indicator.key}/edit/"
        told = {"reason": "理由", "keeper": "在宅医療係", "contact": ""}
        as_editor.post(address, {"base_version": 0, **told})
        card = next(one for one in reading.cards(here) if one.key == indicator.key)
        assert (card.reason, card.keeper) == ("理由", "在宅医療係")


@pytest.mark.django_db
class TestPassingOn:
    @pytest.fixture
    def asked(self, here, people):
        report = world.report_of(kind="final")
        approving.ask(report, [people["approver"]], by=people["editor"])
        return report

    def test_what_waits_for_the_predecessor_waits_for_the_successor(self, here, people, asked):
        heir = member(people, "heir")
        SupportTask.objects.filter(cycle=here).update(state="todo", who="旧係")
        SupportTask.objects.create(cycle=here, key="d", text="済み", who="旧係", state="done")
        IndicatorHandover.objects.create(cycle=here, key="x", code="x", keeper="旧係")

        passed = passing.pass_on(
            here,
            leaver=people["approver"],
            comer=heir,
            keeper=("旧係", "新係"),
            by=people["editor"],
        )

        assert Approval.objects.get(report=asked).approver == heir
        assert passed.approvals == 1
        still = SupportTask.objects.filter(cycle=here, who="旧係")
        assert [row.key for row in still] == ["d"]
        assert IndicatorHandover.objects.get(key="x").keeper == "新係"
        assert passed.rows == 1 + SupportTask.objects.filter(who="新係").count()
        assert Change.objects.filter(deed=passing.DEED, model="municipalities.cycle").count() == 1

    def test_who_is_no_superior_takes_no_approval_and_nothing_is_written(self, here, people, asked):
        SupportTask.objects.filter(cycle=here).update(state="todo", who="旧係")
        with pytest.raises(ValidationError):
            passing.pass_on(
                here,
                leaver=people["approver"],
                comer=people["viewer"],
                keeper=("旧係", "新係"),
                by=people["editor"],
            )
        assert Approval.objects.get(report=asked).approver == people["approver"]
        assert not SupportTask.objects.filter(who="新係").exists()
        assert not Change.objects.filter(deed=passing.DEED).exists()

    def test_an_approval_given_meanwhile_is_not_passed_on(self, here, people, asked):
        heir = member(people, "heir")
        place = Approval.objects.select_related("report__cycle__municipality").get(report=asked)
        Approval.objects.filter(pk=place.pk).update(state="approved", decided_at=timezone.now())
        with pytest.raises(Overtaken):
            approving.pass_on(place, to=heir, by=people["editor"])

    def test_a_manager_gives_the_predecessor_a_last_day(self, here, people):
        gone, heir = member(people, "gone", "editor"), member(people, "heir", "editor")
        last = timezone.localdate() + dt.timedelta(days=10)
        chief = people["manager"]
        passed = passing.pass_on(here, leaver=gone, comer=heir, last_day=last, by=chief)
        assert passed.terms == 1
        assert gone.memberships.get().valid_to == last

    def test_without_that_right_no_last_day_is_asked_or_set(self, here, people, as_editor):
        gone, heir = member(people, "gone", "editor"), member(people, "heir", "editor")
        assert "last_day" not in as_editor.get(f"{PAGE}pass-on/").content.decode()
        last = timezone.localdate()
        passing.pass_on(here, leaver=gone, comer=heir, last_day=last, by=people["editor"])
        assert gone.memberships.get().valid_to is None

    def test_nobody_ends_their_own(self, here, people):
        heir, chief = member(people, "heir", "editor"), people["manager"]
        with pytest.raises(ValidationError, match="自分の役割や任期"):
            passing.pass_on(here, leaver=chief, comer=heir, last_day=timezone.localdate(), by=chief)
        assert granting.OWN

    def test_an_editor_passes_on_their_own_desk_and_that_of_who_has_left(self, here, people):
        member(people, "left", valid_to="2026-03-31")
        place = here.municipality
        found = passing.leavers(place, by=people["editor"], may_end=False)
        names = {user.username for user in found.values()}
        assert names == {"editor", "left"}

    def test_the_form_says_what_to_do_and_keeps_what_was_typed(self, here, people, as_editor):
        own = str(people["editor"].pk)
        page = as_editor.post(
            f"{PAGE}pass-on/", {"predecessor": own, "successor": own, "new_keeper": "新しい係"}
        )
        assert page.status_code == 422
        assert "前任者と別の人を選んでください" in words(page)
        assert "書き換える、いまの書き方を選んでください" in words(page)
        assert "新しい係" in page.content.decode()

    def test_the_page_passes_on(self, here, people, as_editor):
        SupportTask.objects.filter(cycle=here).update(state="todo", who="旧係")
        page = as_editor.post(
            f"{PAGE}pass-on/",
            {
                "predecessor": str(people["editor"].pk),
                "successor": str(people["viewer"].pk),
                "old_keeper": "旧係",
                "new_keeper": "新係",
            },
            follow=True,
        )
        assert "引き継ぎました（担当の欄" in words(page)
        assert "editorの担当→viewerの担当" in words(as_editor.get(f"{YEAR}history/"))
