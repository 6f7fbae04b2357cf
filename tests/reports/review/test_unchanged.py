"""What an adviser is told of rows that are word for word last year's."""

import copy

import pytest

from reports.review.unchanged import sentence
from tests import world

GOAL = {"key": "emergency", "scene": "emergency", "text": "安心して過ごせる", "audience": "adviser"}
ACTIVITY = {
    "key": "a",
    "name": "研修会",
    "status": "running",
    "budget": 1,
    "results": [{"key": "r"}],
}
YEAR = {"desired_states": [GOAL], "activities": [ACTIVITY], "issues": []}


def test_the_same_words_are_counted_whatever_became_of_the_work():
    later = copy.deepcopy(YEAR)
    later["activities"][0] |= {"status": "planned", "budget": None, "results": []}

    assert "（目指す姿1件、取組1件）" in sentence(later, YEAR)


@pytest.mark.parametrize(
    "change",
    [
        {"desired_states": [GOAL | {"text": "新しい姿"}]},
        {"desired_states": [GOAL | {"key": "other"}]},
        {"desired_states": []},
        {"carried": [{"part": "desired_states", "row_key": "emergency", "is_unchanged": True}]},
    ],
)
def test_what_is_new_changed_or_confirmed_is_not_told(change):
    assert "目指す姿" not in sentence(YEAR | change, YEAR)


def test_of_two_different_years_nothing_is_told():
    assert sentence(YEAR, {}) == ""


@pytest.mark.django_db
def test_without_a_report_of_last_year_the_screen_is_silent(sign_in):
    number = f"{world.OURS}-{world.YEAR}-interim-1"

    page = sign_in("adviser").get(f"/review/{number}/").content.decode()

    assert "見直したとの確認がない" not in page
