"""Advice that comes back in a file: the adviser's word stands only for the words they saw."""

import pytest

from municipalities.kernel import trash
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


@pytest.mark.parametrize("vouched", [True, False])
def test_new_advice_is_confirmed_only_where_somebody_vouches_for_the_file(
    here, people, confirmed, vouched
):
    document = assembly.assemble(here)
    AdviceItem.objects.all().delete()
    assert assembly.load(here, document, by=people["editor"], vouched=vouched) == []

    assert AdviceItem.objects.get(key=confirmed.key).is_confirmed is vouched


def test_an_advisers_row_that_was_dropped_does_not_come_back_as_theirs(here, people, confirmed):
    """Sent first without the row and then with it, under its own key and under another."""
    document = assembly.assemble(here)
    without = with_rows(document, [])
    renamed = [step_row | {"key": f"{step_row['key']}-b"} for step_row in rows_of(document)]
    for sent in (without, document, without, with_rows(document, renamed)):
        assert assembly.load(here, sent, by=people["editor"]) == []

    assert AdviceItem.objects.count() == len(renamed)
    assert {row.origin for row in AdviceItem.objects.all()} == {"meeting"}
    assert not any(row.is_confirmed for row in AdviceItem.objects.all())


def rows_of(document):
    return [row for step in document["support_steps"] for row in step["advice"]]


def with_rows(document, rows):
    """Return the document with these pieces of advice, all of them at the first step."""
    first, *rest = document["support_steps"]
    steps = [first | {"advice": rows}, *(step | {"advice": []} for step in rest)]
    return document | {"support_steps": steps}


def test_what_is_put_back_from_the_trash_is_still_confirmed(here, people, confirmed):
    """The trash is our own record: its word stands."""
    confirmed.cycle = here
    thrown = trash.throw_away(confirmed, by=people["editor"])
    trash.put_back(thrown, cycle=here, by=people["editor"])

    assert AdviceItem.objects.get(key=confirmed.key).is_confirmed
