"""How far from the target, in words without a judgement, counted from the printed numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic.distance import distance


def words(value, target, *, unit="％", decimals=1, direction="higher"):
    return distance(
        Decimal(value), Decimal(target), unit=unit, decimals=decimals, direction=direction
    )


@pytest.mark.parametrize(
    ("value", "target", "said"),
    [
        ("31.5", "60", "目標より28.5ポイント低い（高いほど良い）"),
        ("62.04", "60", "目標より2.0ポイント高い（高いほど良い）"),
        ("60.00", "60", "目標と同じ（高いほど良い）"),
        ("59.96", "60", "目標をわずかに下回る（四捨五入する前の値。高いほど良い）"),
        ("60.04", "60", "目標をわずかに上回る（四捨五入する前の値。高いほど良い）"),
        ("59.94", "60", "目標より0.1ポイント低い（高いほど良い）"),
    ],
)
def test_shares_differ_in_points(value, target, said):
    assert words(value, target) == said


@pytest.mark.parametrize(
    ("direction", "said"),
    [
        ("lower", "目標より1,200件多い（低いほど良い）"),
        ("neutral", "目標より1,200件多い（監視）"),
    ],
)
def test_counts_differ_in_their_unit_and_the_direction_stands_beside(direction, said):
    assert words("2200", "1000", unit="件", decimals=0, direction=direction) == said


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("段階（0〜3）", "目標より1段階低い（高いほど良い）"),
        ("点（100点満点）", "目標より1点低い（高いほど良い）"),
        ("場面（0〜4）", "目標より1場面少ない（高いほど良い）"),
        ("人／月（平均）", "目標より1人／月少ない（高いほど良い）"),
    ],
)
def test_a_unit_stands_in_a_sentence_without_its_bracket(unit, said):
    assert words("2", "3", unit=unit, decimals=0) == said


@given(value=st.integers(0, 10**6), target=st.integers(0, 10**6))
def test_it_is_the_difference_of_the_two_numbers(value, target):
    said = words(value, target, unit="人", decimals=0)

    assert (f"{abs(value - target):,}人" in said) == (value != target)
    assert ("多い" in said) == (value > target)
    assert ("少ない" in said) == (value < target)
    assert not any(word in said for word in ("達成", "未達"))
