"""会議 through the front door: the year's list, the minutes and their parts, and whose they are."""

import re

import pytest

from councils.meetings import attending
from councils.models import AgendaItem, Attendance, Council, Decision, Homework, Meeting
from municipalities.models import Change, Municipality, TrashItem
from municipalities.tenancy import within
from tests import world
from tests.councils import meeting_samples as made
from tests.councils.meeting_samples import LIST

pytestmark = pytest.mark.django_db
TAG = re.compile(r"<[^>]+>|\s+")
THEIR_LIST = "/m/990027/2026/meetings/"


def words(response):
    return TAG.sub("", response.content.decode())


def lines(response):
    """Return the keys of the listed meetings under their months."""
    months = response.context["year"].months
    return {month.label: [line.meeting.key for line in month.lines] for month in months}


def state_of(response, key):
    months = response.context["year"].months
    return next(
        line.state.label for month in months for line in month.lines if line.meeting.key == key
    )


class TestList:
    def test_puts_held_and_planned_meetings_in_the_order_of_the_year(self, as_editor, here):
        made.no_meetings()
        made.meeting("march", planned="令和8年度末")
        made.meeting("october", planned="令和8年10月頃")
        made.meeting("july", held_on="2026-07-10")
        made.meeting("may", held_on="2026-05-01")
        made.meeting("october-day", held_on="2026-10-05")
        made.meeting("open", planned="令和8年10月以降")
        made.meeting("unread", planned="そのうち")
        made.meeting("other-year", fiscal_year=2025, held_on="2025-07-10")

        assert lines(as_editor.get(LIST)) == {
            "5月": ["may"],
            "7月": ["july"],
            "10月": ["october-day", "october"],
            "3月": ["march"],
            "時期が決まっていないもの": ["open", "unread"],
        }

    def test_says_how_far_each_is_and_asks_for_minutes_when_the_day_has_gone_by(
        self, as_editor, here
    ):
        made.meeting("with", held_on="2026-05-01", minutes="話し合った。")
        made.meeting("without", held_on="2026-05-02")
        made.meeting("plan-gone", planned="令和8年5月")
        made.meeting("stopped", held_on="2026-05-03", is_cancelled=True)
        made.meeting("ahead", planned="令和8年度末")
        response = as_editor.get(LIST)

        assert [state_of(response, key) for key in ("with", "without", "plan-gone")] == [
            "開催済み",
            "確認",
            "確認",
        ]
        assert [state_of(response, key) for key in ("stopped", "ahead")] == ["中止", "予定"]
        assert "要旨がない会議が2件" in words(response)
        page = words(as_editor.get(f"{LIST}without/"))
        assert "議事の要旨がまだありません" in page

    def test_gathers_the_decisions_of_the_year_with_what_they_are_about(self, as_editor, here):
        issue = here.issue_set.get(key="issue-1")
        row = made.meeting(held_on="2026-07-10", minutes="要旨")
        made.decision(here, row, text="進め方を決めた。", issue=issue)
        response = as_editor.get(LIST)

        assert "進め方を決めた。" in words(response)
        assert "/m/990019/2026/scenes/#issue-1" in response.content.decode()
        assert "1件" in words(response)

    def test_marks_what_a_neighbour_leads_and_leaves_out_what_it_keeps_to_itself(
        self, as_editor, here
    ):
        made.neighbours_meeting(held_on="2026-07-20")
        made.neighbours_meeting("secret", held_on="2026-07-21", audience="internal")
        response = as_editor.get(LIST)

        assert "見本町が記入しています" in words(response)
        assert f"{LIST}shared/990027/joint/" in response.content.decode()
        assert "secret" not in response.content.decode()

    def test_a_viewer_reads_it_without_buttons(self, sign_in, here):
        made.meeting(held_on="2026-07-10")
        viewer = sign_in("viewer")

        for url in (LIST, f"{LIST}first/", f"{LIST}first/print/"):
            response = viewer.get(url)
            assert response.status_code == 200
            assert not re.search("会議を登録する|会議を編集する|追加する", words(response))

    def test_asks_for_a_council_first(self, sign_in, here):
        has_one = Council.objects.led().exists()

        assert ("先に協議体を登録" in words(sign_in("editor").get(LIST))) is not has_one


class TestMinutes:
    def test_shows_all_that_belongs_to_a_meeting_on_screen_and_on_paper(self, as_editor, here):
        row = made.meeting(
            held_on="2026-07-10",
            place="市役所",
            purpose="目指す姿の確認",
            minutes="退院の連絡について話し合った。",
            next_time="令和9年1月",
        )
        made.agenda(row, discussion="様式をそろえたい。")
        made.part(Attendance, row, "p-1", profession="unstated", people=2)
        made.part(Attendance, row, "p-2", profession="physician", people=3)
        made.homework(row, who="医師会", due="令和8年9月")
        made.decision(here, row, activity=here.activity_set.get(key="activity-1"))

        for url in (f"{LIST}first/", f"{LIST}first/print/"):
            page = words(as_editor.get(url))
            for word in (
                "令和8年7月10日（2026年7月10日（金））",
                "市役所",
                "非公開",
                "目指す姿の確認",
                "様式をそろえたい。",
                "退院の連絡について",
                "職種が分からない人",
                "合計",
                "5人",
                "医師会",
                "令和8年9月",
                "案のとおり合意した。",
                "取組：",
                "令和9年1月",
            ):
                assert word in page, (url, word)

    def test_a_meeting_is_added_edited_and_deleted_with_its_parts(self, as_editor, here):
        council = made.council()
        form = made.meeting_fields(council, planned="R8.10", number="２")
        assert as_editor.post(f"{LIST}add/", form).status_code == 302
        row = Meeting.objects.get(council=council)
        assert (row.planned, row.number, row.fiscal_year) == ("令和8年10月", 2, 2026)
        made.agenda(row)

        form = made.meeting_fields(council, held_on="令和8年10月7日", minutes="話し合った。")
        assert as_editor.post(f"{LIST}{row.key}/edit/", form).status_code == 302
        row.refresh_from_db()
        assert (str(row.held_on), row.minutes) == ("2026-10-07", "話し合った。")

        url = f"{LIST}{row.key}/delete/"
        assert "議題：目指す姿について" in as_editor.get(url).content.decode()
        assert as_editor.post(url, {"base_version": row.version}).status_code == 302
        assert not Meeting.objects.filter(pk=row.pk).exists()
        assert [one["kind"] for one in TrashItem.objects.latest("pk").rows] == [
            "councils.meeting",
            "councils.agendaitem",
        ]

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"held_on": "令和7年7月1日"}, "開催日は、令和8年度（2026年度）の日を入力してください"),
            ({"planned": "10月ごろ"}, "年から入力してください"),
            ({"number": "0"}, "1回目以上の数字"),
            ({"council": ""}, "協議体を選んでください"),
        ],
    )
    def test_what_cannot_be_is_explained_and_kept(self, as_editor, here, typed, sentence):
        form = made.meeting_fields(made.council(), place="市役所の会議室") | typed
        before = Meeting.objects.count()
        response = as_editor.post(f"{LIST}add/", form)

        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert "市役所の会議室" in response.content.decode()
        assert Meeting.objects.count() == before

    def test_the_council_of_the_address_is_proposed(self, as_editor, here):
        council = made.council()
        page = as_editor.get(f"{LIST}add/?council={council.key}").content.decode()

        assert f'<option value="{council.pk}" selected>' in page


class TestParts:
    def test_agenda_and_homework_are_added_edited_moved_and_deleted(self, as_editor, here):
        row = made.meeting()
        for name, model in (("agenda", AgendaItem), ("homework", Homework)):
            place = f"{LIST}first/{name}/"
            for text in ("一つ目", "二つ目"):
                assert as_editor.post(f"{place}add/", made.fields(text=text)).status_code == 302
            first, second = model.objects.filter(meeting=row)
            assert (first.council_id, second.position) == (row.council_id, 2)

            as_editor.post(f"{place}{second.key}/up/")
            assert [one.text for one in model.objects.filter(meeting=row)] == ["二つ目", "一つ目"]
            as_editor.post(f"{place}{first.key}/edit/", made.fields(text="直した", base_version=2))
            first.refresh_from_db()
            assert first.text == "直した"
            version = {"base_version": first.version}
            response = as_editor.post(f"{place}{first.key}/delete/", version)
            assert response.headers["Location"] == f"{LIST}first/#{name}"
            assert model.objects.filter(meeting=row).count() == 1

    def test_one_press_says_that_homework_is_done_and_not_yet(self, as_editor, here):
        row = made.homework(made.meeting())
        url = f"{LIST}first/homework/h-1/done/"
        as_editor.post(url, {"is_done": "1", "base_version": "1"})
        row.refresh_from_db()
        assert row.is_done
        as_editor.post(url, {"is_done": "0", "base_version": "1"})
        row.refresh_from_db()
        assert row.is_done, "the press was made before somebody else's"
        as_editor.post(url, {"is_done": "0", "base_version": "2"})
        row.refresh_from_db()
        assert not row.is_done


class TestAttendance:
    URL = f"{LIST}first/attendance/"

    def opened(self, row):
        return attending.version_of(attending.rows_of(row))

    def stored(self, row):
        return {one.profession: one.people for one in attending.rows_of(row)}

    def deeds(self):
        """What was done to attendance since the world was imported."""
        found = Change.objects.filter(model="councils.attendance").exclude(deed="import")
        return sorted(found.values_list("deed", flat=True))

    def test_is_saved_as_a_whole_and_nobody_is_no_row(self, as_editor, here):
        row = made.meeting()
        made.part(
            Attendance, row, "p-1", profession="dentist", people=2, note="うち1人はオンライン"
        )
        made.part(Attendance, row, "p-2", profession="rescue", people=1)
        form = {"base_version": self.opened(row), "dentist": "2", "physician": "３", "nurse": "0"}
        response = as_editor.post(self.URL, form)

        assert response.headers["Location"] == f"{LIST}first/#attendance"
        assert self.stored(row) == {"physician": 3, "dentist": 2}
        assert Attendance.objects.get(key="p-1").note
        assert self.deeds() == ["create", "delete"]

    def test_an_unchanged_form_changes_nothing(self, as_editor, here):
        row = made.meeting()
        made.part(Attendance, row, "p-1", profession="dentist", people=2)
        form = {"base_version": self.opened(row), "dentist": "2"}

        assert "変更はありませんでした" in words(as_editor.post(self.URL, form, follow=True))
        assert self.deeds() == []

    def test_of_two_people_the_second_sees_both_and_decides(self, as_editor, here):
        row = made.meeting()
        opened = self.opened(row)
        as_editor.post(self.URL, {"base_version": opened, "physician": "3"})
        response = as_editor.post(self.URL, {"base_version": opened, "physician": "4"})

        assert response.status_code == 409
        assert "いま保存されている人数：3人" in response.content.decode()
        assert 'value="4"' in response.content.decode()
        assert self.stored(row) == {"physician": 3}
        again = {"base_version": response.context["base_version"], "physician": "4"}
        assert as_editor.post(self.URL, again).status_code == 302
        assert self.stored(row) == {"physician": 4}

    @pytest.mark.parametrize("typed", ["-1", "三人", "1.5", "10000"])
    def test_what_is_no_number_of_people_is_refused_as_a_whole(self, as_editor, here, typed):
        row = made.meeting()
        form = {"base_version": self.opened(row), "physician": "3", "nurse": typed}
        response = as_editor.post(self.URL, form)

        assert response.status_code == 422
        assert "看護師（病院・診療所）は、" in response.content.decode()
        assert typed in response.content.decode()
        assert self.stored(row) == {}


class TestShared:
    SHARED = f"{LIST}shared/990027/joint/"

    def test_a_partner_reads_a_meeting_and_what_belongs_to_it(self, as_editor, here):
        row = made.neighbours_meeting(held_on="2026-07-20", minutes="広域で話し合った。")
        with within(row.municipality):
            made.agenda(row, discussion="見本町の意見")
            made.homework(row)
        response = as_editor.get(self.SHARED)
        page = words(response)

        assert response.status_code == 200
        for word in (
            "見本町が記入しています",
            "広域で話し合った。",
            "見本町の意見",
            "広域の協議会",
        ):
            assert word in page
        for word in ("会議を編集する", "済みにする", "議題を追加する", "削除する"):
            assert word not in page
        assert "決定事項を追加する" in page

    def test_a_partner_writes_nothing_of_it(self, as_editor, here):
        row = made.neighbours_meeting()
        with within(row.municipality):
            made.agenda(row, "a-9")
            made.homework(row, "h-9")
        for place in (
            "edit/",
            "delete/",
            "print/",
            "attendance/",
            "agenda/add/",
            "agenda/a-9/edit/",
            "agenda/a-9/up/",
            "homework/h-9/done/",
            "homework/h-9/delete/",
            "decisions/add/",
        ):
            assert as_editor.post(f"{LIST}joint/{place}", made.fields()).status_code in {404, 405}
        with within(row.municipality):
            assert not Homework.objects.get(key="h-9").is_done

    def test_a_meeting_kept_within_the_neighbours_office_is_absent(self, as_editor, here):
        made.neighbours_meeting(audience="internal")

        assert as_editor.get(self.SHARED).status_code == 404
        assert as_editor.get(f"{self.SHARED}decisions/add/").status_code == 404

    def test_what_is_not_shared_is_absent(self, sign_in, here):
        made.meeting()
        neighbour = sign_in("neighbour")

        for url in (f"{THEIR_LIST}first/", f"{THEIR_LIST}shared/990019/first/"):
            assert neighbour.get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_meeting_that_a_neighbours_decision_holds_cannot_go(committed_world, sign_in):
    theirs = Municipality.objects.get(code=world.THEIRS)
    row = made.neighbours_meeting()
    ours = world.cycle_of()
    with within(ours.municipality):
        made.decision(ours, row)
    response = sign_in("neighbour").post(
        f"{THEIR_LIST}joint/delete/", {"base_version": "1"}, follow=True
    )

    assert "共同で開く市区町村が、この会議の決定事項を登録しているため" in words(response)
    with within(theirs):
        assert Meeting.objects.filter(pk=row.pk).exists()
    with within(ours.municipality):
        assert Decision.objects.filter(key="d-1").exists()
