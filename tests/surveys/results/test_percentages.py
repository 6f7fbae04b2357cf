"""Percentages of published tables: computed half-up from counts, else as printed; and what does not fit."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.results.percentages import Answer, share, table

QUESTION_11 = [
    Answer("自宅で生活したい", 160, Decimal("71.4")),
    Answer("グループホームなどで生活したい", 14, Decimal("6.3")),
    Answer("特別養護老人ホームなどの施設で生活したい", 29, Decimal("12.9")),
    Answer("既に生活している", 21, Decimal("9.4")),
]


def texts(found):
    return [line.percent_text for line in found.lines]


def test_question_11_of_fukuchiyama():
    found = table(QUESTION_11, respondents=224, is_single=True)

    assert texts(found) == ["71.4", "6.3", "12.9", "9.4"]
    assert not found.remarks


@pytest.mark.parametrize("printed", ["51.0", "31.2"])
def test_a_percentage_without_counts_stands_as_printed(printed):
    found = table([Answer("はい", percent=Decimal(printed))], respondents=None, is_single=False)

    assert texts(found) == [printed]
    assert not found.has_counts


def test_two_printed_decimals_are_kept():
    found = table([Answer("はい", percent=Decimal("51.25"))], respondents=None, is_single=True)

    assert (texts(found), found.decimals) == (["51.25"], 2)


def test_counts_without_respondents_leave_the_printed_percentage():
    found = table(
        [Answer("はい", 3, Decimal("30.00")), Answer("いいえ", 7)],
        respondents=None,
        is_single=True,
    )
    assert texts(found) == ["30.0", ""]


@given(st.integers(0, 2_147_483_647), st.integers(1, 2_147_483_647))
def test_shares_are_rounded_as_decimals_are(count, respondents):
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(count) * 100 / respondents
        expected = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    assert share(count, respondents) == expected


def test_a_half_is_rounded_up():
    assert share(1, 2000) == Decimal("0.1")


def test_of_nobody_there_is_no_share():
    assert share(0, 0) is None


def test_a_sum_that_does_not_fit_is_remarked_for_a_single_choice_alone():
    answers = [Answer("はい", 100), Answer("いいえ", 90)]

    assert table(answers, respondents=200, is_single=True).remarks == (
        "回答数の合計 190 が回答者数（n） 200 と合っていません。",
    )
    assert not table(answers, respondents=200, is_single=False).remarks


def test_an_unknown_count_lets_the_sum_be():
    answers = [Answer("はい", 100), Answer("いいえ")]

    assert not table(answers, respondents=200, is_single=True).remarks


def test_more_answers_than_respondents_are_remarked():
    found = table([Answer("はい", 300)], respondents=200, is_single=False)

    assert "「はい」の回答数 300" in found.remarks[0]
    assert texts(found) == ["150.0"]


@pytest.mark.parametrize(
    ("printed", "is_remarked"), [("71.4", 0), ("71", 0), ("71.43", 0), ("70", 1)]
)
def test_a_printed_percentage_that_the_counts_contradict_is_remarked(printed, is_remarked):
    found = table([Answer("自宅", 160, Decimal(printed))], respondents=224, is_single=False)

    assert len(found.remarks) == is_remarked
    assert texts(found) == ["71.4"]
