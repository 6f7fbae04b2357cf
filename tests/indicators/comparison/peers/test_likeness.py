"""Is it we alone, or the whole prefecture? Each sentence by its rule."""

from decimal import Decimal
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.comparison.peers.likeness import (
    HIGHER,
    LOWER,
    SAME,
    Names,
    called,
    lacking,
    sentence,
    side,
)
from indicators.comparison.shape import ABSENT, Cell

NAMES = Names("本市", "茨城県")
NATION = Cell(Decimal(30), "value", Decimal(30_000), Decimal(100_000))


def share(above, below):
    value = (Decimal(above) * 100 / below).quantize(Decimal("0.0001"))
    return Cell(value, "value", Decimal(above), Decimal(below))


def beyond(count, base, part):
    """Return whether so few, or so many, have a chance of 2.5 % at most: binomial sums in fractions."""
    chances = [comb(base, k) * part**k * (1 - part) ** (base - k) for k in range(base + 1)]
    tail = Fraction(1, 40)
    if count < base * part:
        return sum(chances[: count + 1]) <= tail
    return sum(chances[count:]) <= tail


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (share(30, 100), SAME),
        (share(38, 100), SAME),
        (share(45, 100), HIGHER),
        (share(15, 100), LOWER),
        (share(24, 80), SAME),
    ],
)
def test_a_difference_counts_beyond_chance(own, expected):
    part = Fraction(30_000, 100_000)
    assert (expected != SAME) == beyond(int(own.numerator), int(own.denominator), part)
    assert side(own, NATION, is_share=True, decimals=1) == expected


def test_what_prints_the_same_is_the_same_however_many_are_counted():
    """30.04 % of ten million lies far beyond chance, and nobody could see it."""
    own = share(3_004_000, 10_000_000)
    assert side(own, NATION, is_share=True, decimals=1) == SAME
    assert side(own, NATION, is_share=True, decimals=2) == HIGHER


def test_counts_for_a_population_are_judged_as_such():
    """12 where 5 are expected (chance of 12 or more: 0.55 %); 8 where 5 are (13 %)."""
    larger = Cell(Decimal("0.5"), "value", Decimal(5_000), Decimal(10_000))
    for count, expected in ((12, HIGHER), (8, SAME)):
        own = Cell(Decimal(count) / 10, "value", Decimal(count), Decimal(10))
        assert side(own, larger, is_share=False, decimals=1) == expected


@pytest.mark.parametrize(
    ("own", "larger"),
    [
        (ABSENT, NATION),
        (share(30, 100), ABSENT),
        (Cell(Decimal(10), "value"), NATION),
        (share(20, 100), Cell(Decimal(30), "value")),
        (Cell(Decimal(120), "value", Decimal(120), Decimal(100)), NATION),
    ],
)
def test_where_something_is_not_known_nobody_can_tell(own, larger):
    assert side(own, larger, is_share=True, decimals=1) is None


@pytest.mark.parametrize(
    ("to_prefecture", "to_nation", "said"),
    [
        (SAME, SAME, "茨城県全体とも全国とも同じ傾向です（差は偶然の範囲内です）。"),
        (SAME, LOWER, "全国より低い値ですが、茨城県全体と同じ傾向です。"),
        (SAME, HIGHER, "全国より高い値ですが、茨城県全体と同じ傾向です。"),
        (LOWER, LOWER, "茨城県・全国のどちらよりも低い値です。本市に特有の傾向です。"),
        (
            LOWER,
            HIGHER,
            "全国より高い値ですが、茨城県の中では低い値です。本市に特有の傾向です。",
        ),
        (HIGHER, SAME, "全国と同じくらいですが、茨城県の中では高い値です。"),
        (None, HIGHER, "全国より高い値です（差は偶然の範囲を超えています）。"),
        (SAME, None, "茨城県と同じ傾向です（差は偶然の範囲内です）。"),
    ],
)
def test_the_sentences(to_prefecture, to_nation, said):
    assert sentence(to_prefecture, to_nation, NAMES) == said


def test_whose_parts_are_lacking_is_said():
    own, alone = share(45, 100), Cell(Decimal(30), "value")
    whose = lacking(own, alone, ABSENT, NAMES)

    assert sentence(None, None, NAMES, whose=whose) == (
        "茨城県の分子と分母が分からないため、差が偶然の範囲かどうかは判断していません。"
    )
    assert lacking(own, alone, alone, NAMES) == "茨城県と全国の"
    assert lacking(alone, NATION, NATION, NAMES) == "本市の"
    assert not lacking(own, NATION, ABSENT, NAMES)


SIDES = st.sampled_from([HIGHER, LOWER, SAME, None])


@given(SIDES, SIDES)
def test_only_what_differs_from_the_prefecture_is_called_our_own(to_prefecture, to_nation):
    said = sentence(to_prefecture, to_nation, NAMES)
    assert said.endswith("。")
    if "本市に特有" in said:
        assert to_prefecture in {HIGHER, LOWER}
    if "茨城県全体と" in said:
        assert to_prefecture == SAME


def test_a_place_calls_itself_by_its_kind():
    assert [called(name) for name in ("水戸市", "大洗町", "東海村", "品川区")] == [
        "本市",
        "本町",
        "本村",
        "本区",
    ]
