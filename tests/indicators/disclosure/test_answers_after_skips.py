"""Of how many a question tells, where an answer before led past it."""

import pytest

from indicators.disclosure import answers
from indicators.disclosure.answers import Asked
from indicators.disclosure.policies import Limits

LIMITS = Limits(10, 10)
# 20 gave A, 10 gave B and 3 gave C, who were not asked the second question.
FIRST = Asked({"A": 20, "B": 10, "C": 3}, {}, 33)


def following(answered):
    half = answered // 2
    return Asked({"X": half, "Y": answered - half}, {}, answered, is_own=True)


@pytest.mark.parametrize("answered", [30, 23])
def test_a_question_that_tells_of_a_hidden_answer_is_hidden(answered):
    first, second = answers.hidden([FIRST, following(answered)], LIMITS)

    assert "C" in first.answers
    assert second.answered


def test_a_question_that_was_put_to_everybody_is_shown():
    first, second = answers.hidden([FIRST, following(33)], LIMITS)

    assert "C" in first.answers
    assert not second.answered
