"""What does not look right of a round is said where its owner reads it: numbers, fast answers, emptied rounds."""

import re

import pytest
from django.utils import timezone

from surveys.models import Questionnaire, Response, SurveyRound
from surveys.rounds import emptying
from tests.surveys.asking import asking

FIELDS = {
    "title": "退院支援の調査",
    "closes_on": "令和9年3月1日",
    "keep_until": "令和12年3月31日",
    "audience": "adviser",
}


@pytest.fixture
def asked(here):
    return asking(here)


def save(client, row, **numbers):
    row.refresh_from_db()
    sent = {"base_version": row.version} | FIELDS | numbers
    return client.post(f"{row.page}edit/", sent, follow=True)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"targeted": "10", "distributed": "20"}, "配布数が対象数より多く"),
        ({"distributed": "20", "returned": "30"}, "回収数が配布数より多く"),
        ({"targeted": "20", "returned": "30"}, "回収数が対象数より多く"),
    ],
)
def test_numbers_that_contradict_each_other_are_asked_about_once(
    as_editor, asked, numbers, sentence
):
    asks = save(as_editor, asked, **numbers)

    assert asks.status_code == 422
    assert sentence in asks.content.decode()
    assert 'name="numbers_checked"' in asks.content.decode()
    asked.refresh_from_db()
    assert asked.title != FIELDS["title"]

    assert save(as_editor, asked, **numbers, numbers_checked="on").status_code == 200
    asked.refresh_from_db()
    assert asked.title == FIELDS["title"]


def test_numbers_that_fit_are_saved_at_once(as_editor, asked):
    told = save(as_editor, asked, targeted="30", distributed="20", returned="10")

    assert told.status_code == 200
    assert SurveyRound.objects.get(pk=asked.pk).returned == 10


def test_a_new_round_is_asked_too(as_editor, asked):
    page = as_editor.get(asked.cycle.url("surveys:round_add")).content.decode()
    key = re.search(r'name="submission_key" value="([^"]+)"', page)[1]
    sent = FIELDS | {"questionnaire": asked.questionnaire_id, "submission_key": key}
    numbers = {"targeted": "10", "distributed": "20", "returned": "30"}

    asks = as_editor.post(asked.cycle.url("surveys:round_add"), sent | numbers)

    assert asks.status_code == 422
    assert 'name="numbers_checked"' in asks.content.decode()
    assert not SurveyRound.objects.filter(title=FIELDS["title"]).exists()


def fast(row, number):
    for one in range(number):
        Response.objects.create(
            key=f"response-{one}",
            round=row,
            submission=f"s{one}",
            way="link",
            received_at=timezone.now(),
            remark="入力がとても速い（7問を3秒）",
        )


def test_answers_to_look_at_are_told_at_the_tables_and_left_out_by_one_press(as_editor, asked):
    fast(asked, 7)
    tables = f"{asked.page}tables/"

    page = as_editor.get(tables).content.decode()
    told = as_editor.post(
        f"{asked.page}responses/exclusion/", {"action": "doubtful"}, follow=True
    ).content.decode()

    assert "7件、集計に入っています" in page
    assert f"{asked.page}responses/?show=remarked" in page
    assert "7件を集計から除きました" in told
    assert "集計に戻す" in told
    assert Response.objects.filter(round=asked, is_excluded=True).count() == 7
    assert "集計に入っています" not in as_editor.get(tables).content.decode()


def test_answers_without_a_remark_are_not_told_of_and_stay(as_editor, asked):
    fast(asked, 2)
    Response.objects.update(remark="")

    assert "集計に入っています" not in as_editor.get(f"{asked.page}tables/").content.decode()
    as_editor.post(f"{asked.page}responses/exclusion/", {"action": "doubtful"})

    assert not Response.objects.filter(is_excluded=True).exists()


def test_a_round_whose_answers_are_gone_offers_no_offices(as_editor, asked):
    add = f"{asked.page}invitees/add/"
    assert add in as_editor.get(f"{asked.page}invitees/").content.decode()
    assert as_editor.get(add).status_code == 200
    emptying.empty(asked, by=None)

    told = as_editor.get(add, follow=True)

    assert "この調査の回答は消したため" in told.content.decode()
    assert add not in told.content.decode()


@pytest.mark.parametrize(("target", "unit"), [("residents", "人"), ("professionals", "件")])
def test_what_is_counted_goes_by_whom_is_asked(as_editor, asked, target, unit):
    Questionnaire.objects.filter(pk=asked.questionnaire_id).update(target=target)

    page = as_editor.get(f"{asked.page}edit/").content.decode()

    assert f'id="id_targeted_unit">{unit}</span>' in page
