"""What is written below a round holds its row: nothing comes in after closing or emptying, however close behind."""

import pytest
from django.core.cache import cache

from municipalities.models import User
from surveys.answers import receiving
from surveys.models import Response, SurveyRound
from surveys.models.rounds import SurveyRoundQuerySet
from surveys.rounds import door_address, emptying, opening
from tests.surveys.answer_files.test_answer_files import send
from tests.surveys.asking import OUTSIDE, asking
from tests.surveys.door.test_answer_door import SMALLEST, opened, text


@pytest.fixture(autouse=True)
def reachable(settings):
    settings.PUBLIC_BASE_URL = OUTSIDE
    cache.clear()


@pytest.fixture
def asked(here):
    return asking(here)


@pytest.fixture
def meanwhile(monkeypatch, asked):
    """Let somebody do a deed after the page has looked at the round, right before it writes."""

    def between(deed):
        read, done = receiving.rows_of, []

        def late(questionnaire):
            if not done:
                done.append(True)
                deed(SurveyRound.objects.get(pk=asked.pk), by=User.objects.get(username="editor"))
            return read(questionnaire)

        monkeypatch.setattr(receiving, "rows_of", late)

    return between


@pytest.fixture
def unheld(monkeypatch):
    """The control: whoever trusts the round as it was read writes into one that is empty."""
    monkeypatch.setattr(SurveyRoundQuerySet, "hold", lambda _, row: row)


def by_phone(asked, client):
    address = door_address.of(asked).removeprefix(OUTSIDE)
    visitor, carried = opened(address)
    return visitor, lambda: visitor.post(address, carried | SMALLEST)


def by_sheet(asked, client):
    fields = {"sheet_number": "1", "q1": "2"}
    return client, lambda: client.post(f"{asked.page}sheets/add/", fields, follow=True)


def by_file(asked, client):
    return client, lambda: send(client, f"{asked.page}answers/import/", "問1\n2\n")


@pytest.mark.parametrize("way", [by_phone, by_sheet, by_file])
def test_nothing_is_written_into_a_round_that_was_just_emptied(as_editor, asked, meanwhile, way):
    _, write = way(asked, as_editor)
    meanwhile(emptying.empty)

    told = text(write())

    assert "受付は終了しました" in told or "この調査の回答は消したため" in told
    assert not Response.objects.exists()


@pytest.mark.parametrize("way", [by_phone, by_sheet, by_file])
@pytest.mark.usefixtures("unheld")
def test_without_the_lock_it_would_be(as_editor, asked, meanwhile, way):
    _, write = way(asked, as_editor)
    meanwhile(emptying.empty)

    write()

    assert Response.objects.count() == 1


def test_a_phone_is_too_late_when_the_round_has_just_closed(as_editor, asked, meanwhile):
    _, write = by_phone(asked, as_editor)
    meanwhile(opening.close_round)

    assert "受付は終了しました" in text(write())
    assert not Response.objects.exists()
