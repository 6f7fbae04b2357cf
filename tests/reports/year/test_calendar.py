"""年間予定: the page, its own dates, its reminders, and the address for one's own calendar."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from councils.models import Council, Meeting
from municipalities.kernel import submission_keys, tokens
from municipalities.kernel.tokens import Token, TokenKind
from municipalities.models import Change, Membership, Municipality
from municipalities.tenancy import within
from reports.models import ReminderRule, YearDate
from reports.year import opening
from reports.year.calendar import feeds, reading, reminder_days
from surveys.models import SurveyRound
from tests import world

pytestmark = pytest.mark.django_db
PAGE = "/m/990019/2026/calendar/"
TYPED = {"text": "予算要求", "day": "令和8年10月30日", "audience": "internal"}


def text_of(client, address=PAGE):
    return client.get(address).content.decode()


def town():
    return Municipality.objects.get(code=world.OURS)


class TestPage:
    def test_what_was_written_elsewhere_stands_under_its_month(self, as_editor):
        text = text_of(as_editor)

        october = text.index("<h2>令和8年10月（2026年）")
        assert october < text.index("予算要求の締切") < text.index("<h2>令和8年11月（2026年）")
        for words in ("会議", "取組の節目", "実施計画", "持ち帰り"):
            assert words in text

    def test_a_meeting_whose_time_went_by_without_a_day_is_not_called_held(self, here):
        council = Council.objects.led().earliest("pk")
        rows = {"council": council, "fiscal_year": 2026}
        Meeting.objects.create(key="planned", planned="令和8年6月頃", **rows)
        Meeting.objects.create(key="told", planned="令和8年6月頃", minutes="話し合った。", **rows)
        Meeting.objects.create(key="dated", held_on=dt.date(2026, 6, 1), **rows)

        with time_machine.travel("2026-11-26 12:00+09:00"):
            found = {one.uid.rpartition("-")[2]: one for one in reading.of(here)}

        over = {name: one.is_done for name, one in found.items()}
        assert (over["planned"], over["told"], over["dated"]) == (False, True, True)
        # That its day went by does not say that it was held.
        assert (found["told"].done_word, found["dated"].done_word) == ("開催済み", "過ぎました")

    @pytest.mark.parametrize(
        ("state", "opens", "closes"),
        [
            ("asking", "受付中", ""),
            ("closed", "締め切りました", "締め切りました"),
            ("draft", "", ""),
        ],
    )
    def test_a_survey_says_how_it_stands_and_not_that_it_is_done(
        self, as_editor, here, state, opens, closes
    ):
        row = SurveyRound.objects.filter(cycle=here).first()
        days = {"opens_on": dt.date(2026, 6, 1), "closes_on": dt.date(2026, 7, 1)}
        SurveyRound.objects.filter(pk=row.pk).update(state=state, **days)
        SurveyRound.objects.exclude(pk=row.pk).update(opens_on=None, closes_on=None)

        found = {
            one.uid.rpartition("-")[2]: one for one in reading.of(here) if one.kind == "survey"
        }
        told = [
            found[name].done_word if found[name].is_done else "" for name in ("opens", "closes")
        ]

        assert told == [opens, closes]
        assert opens in text_of(as_editor)

    def test_a_day_stands_without_the_year_that_its_month_tells(self, as_editor):
        assert "10月30日（金）" in text_of(as_editor)
        assert "2026年10月30日（金）" not in text_of(as_editor)

    def test_it_costs_the_same_with_fifty_meetings(self, here, django_assert_num_queries):
        council = Council.objects.led().earliest("pk")
        with django_assert_num_queries(9):
            before = len(reading.of(here))
        for number in range(50):
            Meeting.objects.create(
                key=f"m{number}", council=council, fiscal_year=2026, held_on=dt.date(2026, 9, 1)
            )
        with django_assert_num_queries(9):
            assert len(reading.of(here)) == before + 50

    def test_an_empty_year_says_what_to_do(self, sign_in):
        with within(town()):
            opening.open_year(2027, by=None)

        text = text_of(sign_in("editor"), "/m/990019/2027/calendar/")

        assert "まだ予定がありません" in text
        assert sign_in("editor").get("/m/990027/2026/calendar/").status_code == 404

    def test_who_only_reads_is_offered_nothing_to_write(self, sign_in):
        text = text_of(sign_in("viewer"))

        assert "年間予定" in text
        assert "自分たちの予定を加える" not in text


class TestOwnDates:
    def test_a_date_is_added_changed_and_taken_out(self, as_editor, here):
        as_editor.post(f"{PAGE}dates/add/", TYPED | {"submission_key": submission_keys.new()})
        row = YearDate.objects.get(text="予算要求")
        assert (row.day, row.audience) == (dt.date(2026, 10, 30), "internal")

        edit = f"{PAGE}dates/{row.key}/edit/"
        as_editor.post(edit, TYPED | {"note": "財政課", "base_version": row.version})
        row.refresh_from_db()
        assert row.note == "財政課"
        as_editor.post(f"{PAGE}dates/{row.key}/delete/", {"base_version": row.version})
        assert not YearDate.objects.filter(text="予算要求").exists()
        assert Change.objects.filter(model="reports.yeardate").count() >= 3

    def test_a_day_of_another_year_is_refused_and_kept(self, as_editor, here):
        response = as_editor.post(f"{PAGE}dates/add/", TYPED | {"day": "2027-04-01"})

        text = response.content.decode()
        assert "令和8年度（2026年度）の日を書いてください" in text
        assert "2027-04-01" in text
        assert not YearDate.objects.filter(text="予算要求").exists()


class TestReminderDays:
    def test_a_town_follows_the_operator_until_it_says_otherwise(self, sign_in, people):
        assert reminder_days.of(town()) == (14, 7, 1)

        sign_in("operator").post("/manage/reminders/", {"days": "30、10"})
        assert reminder_days.of(town()) == (30, 10)
        sign_in("editor").post(f"{PAGE}reminders/", {"days": "３"})
        assert reminder_days.of(town()) == (3,)
        sign_in("editor").post(f"{PAGE}reminders/", {"days": ""})
        assert reminder_days.of(town()) == (30, 10)
        assert ReminderRule.objects.get().set_by == people["operator"]

    def test_what_is_no_number_is_kept_and_explained(self, as_editor):
        response = as_editor.post(f"{PAGE}reminders/", {"days": "一週間"})

        assert response.status_code == 422
        assert "14、7、1 のように" in response.content.decode()
        assert "一週間" in response.content.decode()
        assert town().reminder_days == ""


class TestAddress:
    def address(self, client):
        text = client.post(f"{PAGE}address/", {"deed": "make"}).content.decode()
        return text.partition('id="address" value="')[2].partition('"')[0]

    def read(self, address):
        return Client().get(address)

    def test_a_calendar_program_reads_without_signing_in(self, sign_in):
        response = self.read(self.address(sign_in("viewer")))

        text = response.content.decode().replace("\r\n ", "")
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert "予算要求の締切【見本市】" in text
        assert "DTSTART;VALUE=DATE:20261030" in text
        assert world.CANARY not in text

    def test_it_is_stored_as_a_hash_and_shown_once(self, sign_in):
        client = sign_in("viewer")
        secret = self.address(client).rpartition("/")[2].removesuffix(".ics")

        assert not Token.objects.filter(digest__contains=secret).exists()
        assert secret not in text_of(client)

    def test_a_new_address_ends_the_old_one(self, sign_in):
        client = sign_in("viewer")
        old = self.address(client)
        new = self.address(client)

        assert self.read(old).status_code == 404
        assert self.read(new).status_code == 200
        client.post(f"{PAGE}address/", {"deed": "end"})
        assert self.read(new).status_code == 404

    def test_the_right_is_asked_at_every_reading(self, sign_in, people):
        address = self.address(sign_in("viewer"))
        Membership.objects.filter(user=people["viewer"]).update(
            valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2020, 12, 31)
        )

        response = self.read(address)

        assert response.status_code == 200
        assert "VEVENT" not in response.content.decode()
        people["viewer"].is_active = False
        people["viewer"].save()
        assert self.read(address).status_code == 404

    def test_another_kind_of_token_opens_nothing(self, people):
        secret, _ = tokens.issue(TokenKind.API, user=people["editor"], label="x")
        assert self.read(f"/calendar/{secret}.ics").status_code == 404

    @time_machine.travel("2026-11-26 09:00+09:00", tick=False)
    def test_what_a_neighbour_has_is_not_in_it(self, people):
        text = feeds.file_of(people["editor"])

        assert "見本市" in text
        assert "見本町" not in text


def test_the_morning_itself_is_told_in_words(as_editor, here):
    as_editor.post(here.url("reports:calendar_reminders"), {"days": "14、7、0"})
    page = as_editor.get(here.url("reports:calendar")).content.decode()

    assert "14日前、7日前、当日の朝に、メールでお知らせします" in page
    assert "0日前" not in page
