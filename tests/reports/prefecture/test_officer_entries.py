"""県入力: the officer enters where a town stands that does not use the system."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from municipalities.models import AccessEvent, Prefecture
from reports.models import OfficerEntry, Progress, YearProgress
from reports.prefecture.accepting import entering
from tests import world
from tests.reports.progress_rows import counted, entered, ours, submitted

pytestmark = pytest.mark.django_db
PAGE = f"/p/99/2026/m/{world.OURS}/entry/"
DONE = {
    "interim_status": "submitted",
    "interim_submitted_on": "令和8年10月3日",
    "interim_version": "0",
    "final_version": "0",
}


@pytest.fixture(autouse=True)
def outside():
    """見本市 does not use the system."""
    Progress.objects.all().delete()
    YearProgress.objects.all().delete()


@pytest.fixture
def officer(sign_in):
    return sign_in("officer")


@pytest.fixture(autouse=True)
def late_in_the_year(monkeypatch):
    """The day on which the tests of 令和8年度 enter something."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: dt.date(2026, 11, 20))


def hidden(response, name):
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())[1]


def test_what_is_entered_is_kept_and_noted(officer, people):
    response = officer.post(PAGE, DONE)
    row = OfficerEntry.objects.get()

    assert response.headers["Location"] == f"/p/99/2026/m/{world.OURS}/"
    assert (row.kind, row.status, row.submitted_on) == (
        "interim",
        "submitted",
        dt.date(2026, 10, 3),
    )
    assert row.entered_by == people["officer"]
    event = AccessEvent.objects.get(deed="officer_entry")
    assert (event.actor, event.scope_code) == (people["officer"], world.OURS)
    assert event.before == {"fiscal_year": 2026, "kind": "interim"}
    assert event.after["status"] == "submitted"


def test_the_year_and_the_table_show_it_as_the_officers(officer):
    officer.post(PAGE, DONE)

    assert "提出済み（県入力）" in officer.get("/p/99/2026/").content.decode()
    assert "提出済み（県入力）" in officer.get(f"/p/99/2026/m/{world.OURS}/").content.decode()


def test_the_final_report_before_the_interim_one_is_told(officer):
    final = {
        "final_status": "accepted",
        "final_submitted_on": "2026-11-03",
        "interim_version": "0",
        "final_version": "0",
    }
    told = "まだ受理になっていません（見本市：{}）。届いているときは、中間報告の{}してください。"

    missing = told.format("未提出", "状況も入力")
    assert missing in officer.post(PAGE, final, follow=True).content.decode()
    again = {**final, **DONE, "final_version": "1"}
    not_accepted = told.format("提出済み", "状態を「受理」に")
    assert not_accepted in officer.post(PAGE, again, follow=True).content.decode()
    last = {**again, "interim_status": "accepted", "interim_version": "1"}
    assert "まだ受理になっていません" not in officer.post(PAGE, last, follow=True).content.decode()


def test_beside_an_interim_report_in_the_system_the_final_one_asks_to_accept_it(officer):
    submitted(ours())
    final = {
        "final_status": "accepted",
        "final_submitted_on": "2026-11-03",
        "final_version": "0",
    }

    page = officer.post(PAGE, final, follow=True).content.decode()

    assert "（見本市：提出済み）。届いているときは、中間報告も受理してください。" in page


def test_a_final_report_dated_before_the_interim_one_is_refused(officer):
    final = {"final_status": "accepted", "final_submitted_on": "2026年10月2日"}
    response = officer.post(PAGE, DONE | final)
    page = response.content.decode()

    assert response.status_code == 422
    told = (
        "最終報告の提出日が、中間報告の提出日（令和8年10月3日）より前になっています。"
        "どちらかの提出日を直してください"
    )
    assert response.context["form"].errors == {"final_submitted_on": [told]}
    assert 'value="2026年10月2日"' in page
    assert 'value="令和8年10月3日"' in page
    assert not OfficerEntry.objects.exists()

    officer.post(PAGE, DONE | final | {"final_submitted_on": "2026年10月3日"})
    assert OfficerEntry.objects.count() == 2


def test_the_same_again_changes_and_notes_nothing(officer):
    officer.post(PAGE, DONE)
    response = officer.post(PAGE, DONE | {"interim_version": "1"}, follow=True)

    assert "変更はありませんでした" in response.content.decode()
    assert AccessEvent.objects.filter(deed="officer_entry").count() == 1
    assert OfficerEntry.objects.get().version == 1


def test_an_entry_can_be_changed_and_taken_away(officer):
    officer.post(PAGE, DONE)
    officer.post(PAGE, DONE | {"interim_status": "accepted", "interim_version": "1"})
    assert OfficerEntry.objects.get().status == "accepted"

    officer.post(PAGE, {"interim_version": "2"})
    assert not OfficerEntry.objects.exists()
    assert AccessEvent.objects.filter(deed="officer_entry").count() == 3


class TestTwoAtOnce:
    def test_the_second_writes_nothing_and_keeps_what_was_typed(self, officer, people):
        opened = officer.get(PAGE)
        entered(ours(), people["officer"], status="submitted", submitted_on=dt.date(2026, 10, 9))
        typed = DONE | {
            "interim_status": "accepted",
            "interim_version": hidden(opened, "interim_version"),
        }
        response = officer.post(PAGE, typed)
        page = response.content.decode()

        assert response.status_code == 409
        assert "ほかの人が先に入力しました" in page
        assert "2026年10月9日（金）" in page
        assert 'value="令和8年10月3日"' in page
        assert OfficerEntry.objects.get().submitted_on == dt.date(2026, 10, 9)
        assert not AccessEvent.objects.filter(deed="officer_entry").exists()

    def test_saving_again_on_what_is_shown_now_goes_through(self, officer, people):
        entered(ours(), people["officer"], status="submitted", submitted_on=dt.date(2026, 10, 9))
        refused = officer.post(PAGE, DONE)
        officer.post(PAGE, DONE | {"interim_version": hidden(refused, "interim_version")})

        assert OfficerEntry.objects.get().submitted_on == dt.date(2026, 10, 3)
        assert OfficerEntry.objects.get().version == 2

    def test_of_both_kinds_neither_is_written(self, officer, people):
        entered(ours(), people["officer"], kind="final")
        officer.post(PAGE, DONE | {"final_status": "draft", "final_version": "7"})

        assert OfficerEntry.objects.get().kind == "final"

    def test_the_conditional_write_decides_not_the_reading(self, people, monkeypatch):
        """The negative control: a row that changes after it was read is not overwritten."""
        row = entered(ours(), people["officer"])
        entry = entering.Entry("interim", "submitted", dt.date(2026, 10, 3), version=1)

        def meanwhile(*_):
            OfficerEntry.objects.filter(pk=row.pk).update(version=5)
            return frozenset()

        monkeypatch.setattr(entering, "kinds_in_system", meanwhile)
        with pytest.raises(entering.EnteredMeanwhile):
            entering.enter(ours(), 2026, [entry], by=people["officer"])
        assert OfficerEntry.objects.get().status == "draft"


class TestTheSystemWins:
    def test_a_kind_that_was_submitted_is_not_asked(self, officer):
        submitted(ours())
        page = officer.get(PAGE).content.decode()

        assert "市町村がこのシステムで提出したため、入力は要りません" in page
        assert "interim_status" not in page
        assert "final_status" in page

    def test_posting_it_all_the_same_writes_nothing(self, officer):
        submitted(ours())
        officer.post(PAGE, DONE)

        assert not OfficerEntry.objects.exists()

    def test_a_submission_while_the_page_was_open_is_respected(self, people):
        submitted(ours())
        entry = entering.Entry("interim", "submitted", dt.date(2026, 10, 3), version=0)
        with pytest.raises(entering.ValidationError, match="このシステムで提出しました"):
            entering.enter(ours(), 2026, [entry], by=people["officer"])
        assert not OfficerEntry.objects.exists()

    def test_with_both_submitted_there_is_no_form(self, officer):
        submitted(ours())
        submitted(ours(), kind="final")

        assert "保存する" not in officer.get(PAGE).content.decode()
        assert "県入力" not in officer.get(f"/p/99/2026/m/{world.OURS}/").content.decode()


class TestATownAtWorkInTheSystem:
    """Its own states stand there; what the officer would enter beside them is refused."""

    def test_it_has_no_entry_and_the_officer_is_led_to_its_states(self, officer):
        counted(ours())
        year = officer.get(f"/p/99/2026/m/{world.OURS}/").content.decode()
        assert "県入力" not in year

        for response in (officer.get(PAGE, follow=True), officer.post(PAGE, DONE, follow=True)):
            assert response.redirect_chain == [(f"/p/99/2026/m/{world.OURS}/", 302)]
            assert "この年度をこのシステムで進めているため、県入力はできません" in (
                response.content.decode()
            )
        assert not OfficerEntry.objects.exists()

    def test_another_year_does_not_count(self, officer):
        counted(ours(), year=2025)

        assert (
            "状況を入力する（県入力）"
            in officer.get(f"/p/99/2026/m/{world.OURS}/").content.decode()
        )
        officer.post(PAGE, DONE)
        assert OfficerEntry.objects.get().status == "submitted"

    def test_what_was_entered_before_can_be_put_right_and_taken_away(self, officer, people):
        entered(ours(), people["officer"])
        counted(ours())
        page = officer.get(PAGE).content.decode()
        assert "interim_status" in page
        assert "final_status" not in page
        assert "前に入力した状況を直すこと" in page

        officer.post(PAGE, DONE | {"interim_version": "1"})
        assert OfficerEntry.objects.get().status == "submitted"
        officer.post(PAGE, {"interim_version": "2"})
        assert not OfficerEntry.objects.exists()
        assert officer.get(PAGE).status_code == 302

    def test_a_year_opened_while_the_page_stood_open_is_respected(self, people):
        counted(ours())
        entry = entering.Entry("interim", "submitted", dt.date(2026, 10, 3), version=0)
        with pytest.raises(entering.ValidationError, match="県入力はできません"):
            entering.enter(ours(), 2026, [entry], by=people["officer"])
        assert not OfficerEntry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"interim_submitted_on": ""}, "中間報告の提出日を入力してください"),
        ({"interim_status": "draft"}, "空欄にするか"),
        ({"interim_status": ""}, "空欄にするか"),
        ({"interim_submitted_on": "R8.12.31"}, "令和8年4月1日から今日までの日付"),
        ({"interim_submitted_on": "R6.10.3"}, "令和8年4月1日から今日までの日付"),
        ({"interim_submitted_on": "10/3"}, "年から入力してください"),
        ({"interim_status": "advised"}, "一覧から選んでください"),
    ],
)
def test_what_cannot_be_is_explained_and_kept(officer, typed, words):
    response = officer.post(PAGE, DONE | typed)
    page = response.content.decode()

    assert response.status_code == 422
    assert words in page
    assert not OfficerEntry.objects.exists()
    if day := typed.get("interim_submitted_on"):
        assert f'value="{day}"' in page


@pytest.mark.parametrize("version", ["", "-1", "abc", "１", "9" * 30])
def test_a_version_that_never_was_overwrites_nothing(officer, people, version):
    entered(ours(), people["officer"])
    response = officer.post(PAGE, DONE | {"interim_version": version})

    assert response.status_code == 409
    assert OfficerEntry.objects.get().status == "draft"


class TestWhoMay:
    def test_another_prefectures_town_is_absent(self, sign_in, officer):
        Prefecture.objects.filter(code="98").update(name="となり県")
        other = sign_in("other-officer")

        for url in (PAGE, PAGE.replace("/p/99/", "/p/98/")):
            assert other.get(url).status_code == 404
            assert other.post(url, DONE).status_code == 404
        assert not OfficerEntry.objects.exists()

    @pytest.mark.parametrize("username", ["editor", "operator", "adviser"])
    def test_who_is_no_officer_finds_nothing(self, sign_in, username):
        assert sign_in(username).post(PAGE, DONE).status_code == 404

    def test_what_was_typed_before_the_session_ended_comes_back(self, client, people):
        client.post(PAGE, DONE | {"base_version": "0"}, headers={"Origin": "http://testserver"})
        session = client.session
        assert session["unsaved"]["path"] == PAGE
        client.force_login(people["officer"])
        kept = client.session
        kept["unsaved"] = session["unsaved"]
        kept.save()
        page = client.get(PAGE).content.decode()

        assert "まだ保存していません" in page
        assert 'value="令和8年10月3日"' in page
