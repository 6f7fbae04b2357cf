"""Submission keys: one press, one record."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from municipalities.kernel import submission_keys
from municipalities.kernel.drafts import Draft
from municipalities.kernel.submission_keys import SubmissionKey


@pytest.fixture
def deeds():
    return []


@pytest.fixture
def press(here, people, deeds):
    def deed():
        deeds.append(1)
        return f"/reports/{len(deeds)}/"

    def once(key, user="editor"):
        return submission_keys.once(key, user=people[user], deed=deed)

    return once


def test_the_same_press_twice_does_the_deed_once_and_leads_to_the_same_place(press, deeds):
    key = submission_keys.new()

    assert [press(key), press(key)] == ["/reports/1/", "/reports/1/"]
    assert len(deeds) == 1


def test_another_key_or_another_person_is_another_deed(press, deeds):
    key = submission_keys.new()
    press(key)
    press(submission_keys.new())
    press(key, user="manager")

    assert len(deeds) == 3


def test_a_deed_that_fails_leaves_its_key_unspent(here, people):
    key = submission_keys.new()

    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        submission_keys.once(key, user=people["editor"], deed=fail)

    assert not SubmissionKey.objects.exists()
    assert submission_keys.once(key, user=people["editor"], deed=lambda: "/x/") == "/x/"


def test_a_deed_that_breaks_a_rule_of_its_own_says_so(here, people):
    editor = people["editor"]
    Draft.objects.create(author=editor, form_key="once")

    def twice():
        Draft.objects.create(author=editor, form_key="once")

    with pytest.raises(IntegrityError):
        submission_keys.once(submission_keys.new(), user=editor, deed=twice)


@pytest.mark.parametrize("key", ["", "short", "x" * 41, "nul\x00nul\x00nul\x00nul", "あ" * 20])
def test_a_key_that_no_form_of_ours_holds_is_refused_in_words(press, deeds, key):
    with pytest.raises(ValidationError, match="開き直して"):
        press(key)

    assert deeds == []
