"""Opening, closing and reopening a round: what follows is said first, and the last day is never guessed."""

import datetime as dt

import pytest
from django.utils import timezone

from municipalities.japanese import dates
from surveys.models import Invitee
from tests.surveys.asking import asking


@pytest.fixture
def asked(here):
    return asking(here)


def press(client, row, deed, **fields):
    row.refresh_from_db()
    return client.post(row.page + deed, {"base_version": row.version} | fields, follow=True)


def test_that_the_questionnaire_is_fixed_is_said_beside_the_button(as_editor, here):
    row = asking(here, is_open=False)

    page = as_editor.get(row.page).content.decode()

    assert "受付を始めると、調査票が確定し" in page
    assert "tables/" not in page.split("<dl")[1]


def test_of_an_open_round_neither_is_said(as_editor, asked):
    page = as_editor.get(asked.page).content.decode()

    assert "受付を始めると、調査票が確定し" not in page
    assert "集計表を見る" in page


def test_closing_asks_first_and_names_who_loses(as_editor, asked):
    for number in range(3):
        Invitee.objects.create(
            key=f"invitee-{number}",
            round=asked,
            name="事業所",
            answered_on=timezone.localdate() if number else None,
        )

    asks = as_editor.get(f"{asked.page}closing/").content.decode()

    assert "<dt>まだ回答のない依頼先</dt><dd>1件</dd>" in asks
    assert "書いた回答を送れません" in asks
    assert "締切日より前に終了します" in asks
    asked.refresh_from_db()
    assert asked.state == "asking"
    assert "受付を終了しました" in press(as_editor, asked, "closing/").content.decode()
    assert as_editor.get(f"{asked.page}closing/").status_code == 302


def test_reopening_shows_the_earlier_day_and_wants_a_new_one(as_editor, asked):
    planned = asked.closes_on
    press(as_editor, asked, "closing/")

    shown = as_editor.get(f"{asked.page}opening/").content.decode()
    without = press(as_editor, asked, "opening/")

    assert f"<dt>終了する前の締切日</dt><dd>{dates.in_wareki(planned)}</dd>" in shown
    assert without.status_code == 422
    assert "新しい締切日を入力してください" in without.content.decode()
    asked.refresh_from_db()
    assert (asked.state, asked.closes_on) == ("closed", timezone.localdate())


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("令和2年4月1日", "今日か、後の日"), ("令和12年3月31日", "保存期限（令和12年3月31日）より前")],
)
def test_a_day_that_does_not_fit_is_refused_and_kept(as_editor, asked, day, sentence):
    press(as_editor, asked, "closing/")

    told = press(as_editor, asked, "opening/", closes_on=day)

    assert told.status_code == 422
    assert sentence in told.content.decode()
    assert f'value="{day}"' in told.content.decode()
    asked.refresh_from_db()
    assert asked.state == "closed"


def test_a_reopened_round_takes_answers_until_its_new_day(as_editor, asked):
    press(as_editor, asked, "closing/")

    told = press(as_editor, asked, "opening/", closes_on="令和11年12月20日")

    assert "受付を再開しました" in told.content.decode()
    asked.refresh_from_db()
    assert (asked.state, asked.closes_on) == ("asking", dt.date(2029, 12, 20))
