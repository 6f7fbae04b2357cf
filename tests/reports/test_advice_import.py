"""Advice that comes back in a file: the adviser's word stands only for the words they saw."""

import pytest

from reports.document import assembly
from reports.models import AdviceItem

pytestmark = pytest.mark.django_db


def with_text(document, key, text):
    """Return the document with the words of one piece of advice changed, all else as it was."""
    steps = [
        step
        | {
            "advice": [
                row | ({"text": text} if row["key"] == key else {}) for row in step["advice"]
            ]
        }
        for step in document["support_steps"]
    ]
    return document | {"support_steps": steps}


@pytest.fixture
def confirmed(here):
    AdviceItem.objects.update(confirmed_on="2026-11-01", origin="adviser")
    return AdviceItem.objects.first()


def test_other_words_are_no_longer_the_advisers(here, people, confirmed):
    document = with_text(assembly.assemble(here), confirmed.key, "別の言葉にした。")
    assert assembly.load(here, document, by=people["editor"]) == []

    confirmed.refresh_from_db()
    assert confirmed.text == "別の言葉にした。"
    assert not confirmed.is_confirmed


def test_the_same_words_stay_confirmed(here, people, confirmed):
    document = assembly.assemble(here)
    assert assembly.load(here, document, by=people["editor"]) == []

    confirmed.refresh_from_db()
    assert confirmed.is_confirmed


def test_the_same_file_sent_twice_confirms_nothing(here, people, confirmed):
    """The second time the words are the file's already, and so would be its confirmation."""
    document = with_text(assembly.assemble(here), confirmed.key, "別の言葉にした。")
    for _ in range(2):
        assert assembly.load(here, document, by=people["editor"]) == []

    confirmed.refresh_from_db()
    assert not confirmed.is_confirmed


@pytest.mark.parametrize("mark", [{"origin": "adviser"}, {"confirmed_on": "2026-11-01"}])
def test_a_file_does_not_confirm_what_staff_wrote_down(here, people, mark):
    AdviceItem.objects.update(confirmed_on=None, origin="meeting")
    document = assembly.assemble(here)
    for step in document["support_steps"]:
        step["advice"] = [row | mark for row in step["advice"]]
    assert assembly.load(here, document, by=people["editor"]) == []

    assert not any(row.is_confirmed for row in AdviceItem.objects.all())


def test_a_file_brings_confirmed_advice_into_a_year_without_it(here, people, confirmed):
    document = assembly.assemble(here)
    AdviceItem.objects.all().delete()
    assert assembly.load(here, document, by=people["editor"]) == []

    assert AdviceItem.objects.get(key=confirmed.key).is_confirmed
