"""The days of rounds in 年間予定, in one's own calendar and in 次にやること."""

import datetime as dt

import pytest
from django.utils import timezone

from municipalities.models import User
from reports.year.board import survey_things
from reports.year.calendar import feeds, reading
from surveys.models import Invitee, Response, SurveyRound
from surveys.rounds import days, opening
from tests.surveys.asking import asking

TODAY = dt.date(2026, 11, 10)


def entries(cycle):
    return {
        one.uid.rpartition("-")[2]: one
        for one in reading.of(cycle)
        if one.uid.startswith("survey-")
    }


def words(cycle, today=TODAY):
    return [one.words for one in survey_things.things(days.open_ends(cycle), today=today)]


@pytest.fixture
def asked(here):
    row = asking(here)
    dates = {"opens_on": "2026-11-01", "closes_on": "2026-11-20", "keep_until": "2030-03-31"}
    SurveyRound.objects.filter(pk=row.pk).update(**dates)
    row.refresh_from_db()
    return row


def test_the_page_and_the_file_tell_of_opening_and_closing(as_editor, here, asked):
    found = entries(here)

    assert set(found) == {"opens", "closes"}
    assert found["opens"].is_done
    assert not found["closes"].is_done
    page = as_editor.get(here.url("reports:calendar")).content.decode()
    assert "調査「在宅医療に関する調査」の締切" in page
    assert asked.page in page
    file = feeds.file_of_year(here, reading.of(here))
    assert "survey-2026-round-ask-closes" in file.replace("\r\n ", "")


def test_the_day_on_which_answers_go_stands_in_its_own_year(here, asked):
    SurveyRound.objects.filter(pk=asked.pk).update(keep_until="2027-02-01")

    kept = entries(here)["kept"]

    assert kept.day == dt.date(2027, 2, 1)
    assert "まだ登録されていません" in kept.note
    SurveyRound.objects.filter(pk=asked.pk).update(result_key="survey-1", emptied_on="2027-02-02")
    kept = entries(here)["kept"]
    assert kept.is_done
    assert "まだ登録" not in kept.note


def test_a_draft_waits_to_be_opened_on_its_day(here, asked):
    SurveyRound.objects.filter(pk=asked.pk).update(state="draft")
    assert words(here) == ["調査「在宅医療に関する調査」の受付を始める"]

    SurveyRound.objects.filter(pk=asked.pk).update(opens_on=None)
    assert words(here) == []


def test_who_is_silent_is_reminded_before_the_end_and_then_it_is_closed(here, asked):
    Invitee.objects.create(key="i-1", round=asked, name="訪問看護", invited_at=timezone.now())
    Invitee.objects.create(key="i-2", round=asked, name="薬局")

    assert words(here, dt.date(2026, 11, 9)) == []
    assert "回答のない1件に、督促（再依頼）のメールを送る" in words(here, dt.date(2026, 11, 10))[0]
    assert "受付を終了して" in words(here, dt.date(2026, 11, 21))[0]
    Invitee.objects.filter(key="i-1").update(reminded_at=timezone.now())
    assert words(here, dt.date(2026, 11, 10)) == []


def test_tables_are_registered_before_the_answers_go(here, asked):
    opening.close_round(asked, by=User.objects.get(username="editor"))
    assert words(here) == []
    Response.objects.create(key="response-1", round=asked, submission="s")

    [near] = survey_things.things(days.open_ends(here), today=dt.date(2030, 3, 1))
    [far] = survey_things.things(days.open_ends(here), today=TODAY)

    assert (near.due, far.due) == (dt.date(2030, 3, 31), None)
    assert "結果として登録する" in far.words
    SurveyRound.objects.filter(pk=asked.pk).update(result_key="survey-1")
    assert words(here) == []


def test_what_was_emptied_asks_for_nothing(here, asked):
    SurveyRound.objects.filter(pk=asked.pk).update(emptied_on="2026-11-09")

    assert words(here, dt.date(2026, 12, 1)) == []


def test_a_round_without_an_end_asks_for_nothing(here, asked):
    SurveyRound.objects.filter(pk=asked.pk).update(closes_on=None)

    assert words(here) == []


def test_the_board_shows_it(as_editor, here, asked):
    SurveyRound.objects.filter(pk=asked.pk).update(closes_on="2026-05-01")

    assert "受付を終了して" in as_editor.get(here.url("municipalities:board")).content.decode()


def test_ten_rounds_cost_as_much_as_one(here, asked, django_assert_num_queries):
    def ask():
        return len(days.open_ends(here)), len(entries(here))

    with django_assert_num_queries(10):
        ask()
    for number in range(10):
        asking(here, key=f"asked-{number}")
    with django_assert_num_queries(10):
        assert ask()[0] == 11
