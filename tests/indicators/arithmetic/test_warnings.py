"""What is strange about a number is asked, at the edges of each threshold and nowhere else."""

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic.printing import rounded
from indicators.arithmetic.warnings import Typed, doubts, limits, of_spread, spread

PEOPLE = SimpleNamespace(unit="人", decimals=0, value_kind="count")
SHARE = SimpleNamespace(unit="％", decimals=1, value_kind="ratio")
MONEY = SimpleNamespace(unit="円", decimals=0, value_kind="count")


def number(value, year=2025, **parts):
    parts = {name: Decimal(part) for name, part in parts.items()}
    return Typed(year, None if value is None else Decimal(value), **parts)


def codes(this, *earlier, definition=PEOPLE):
    return [doubt.code for doubt in doubts(definition, this, earlier)]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("130", []),
        ("130.0001", ["great_change"]),
        ("131", ["great_change"]),
        ("70", []),
        ("69", ["great_change"]),
        ("1000", ["times_of_last"]),
        ("10000", ["times_of_last"]),
        ("100000", ["times_of_last"]),
        ("1000000", ["great_change"]),
        ("1001", ["great_change"]),
        ("10", ["times_of_last"]),
        ("0.1", ["times_of_last"]),
        ("0", ["great_change"]),
        (None, []),
    ],
)
def test_a_change_is_asked_about_at_its_threshold(value, found):
    assert codes(number(value), number("100", 2024)) == found


@pytest.mark.parametrize(("value", "found"), [("14.9", []), ("15", ["great_change"])])
def test_a_great_share_of_little_is_no_news(value, found):
    assert codes(number(value), number("10", 2024)) == found


@pytest.mark.parametrize("earlier", [[], [number(None, 2024)], [number("0", 2024)]])
def test_without_an_earlier_number_there_is_nothing_to_compare(earlier):
    assert codes(number("500"), *earlier) == []


def test_it_is_compared_with_the_latest_year_before_its_own_that_has_a_value():
    earlier = [number("100", 2022), number("480", 2023), number(None, 2024), number("9", 2026)]

    assert codes(number("500"), *earlier) == []
    assert codes(number("100"), *earlier) == ["great_change"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("0", []),
        ("100", []),
        ("100.1", ["percent_out_of_range"]),
        ("-0.1", ["percent_out_of_range"]),
    ],
)
def test_a_percentage_lies_between_nothing_and_everything(value, found):
    assert codes(number(value), definition=SHARE) == found
    assert codes(number(value), definition=MONEY) == []


@pytest.mark.parametrize(
    ("numerator", "found"), [("130", []), ("131", ["numerator_over_denominator"]), ("0", [])]
)
def test_a_part_is_no_greater_than_its_whole(numerator, found):
    assert codes(number("31.5", numerator=numerator, denominator="130"), definition=SHARE) == found


@pytest.mark.parametrize(
    ("unit", "value", "found"),
    [
        ("人", "-5", ["negative_count"]),
        ("件", "-1", ["negative_count"]),
        ("回", "-1", ["negative_count"]),
        ("か所", "-2", ["negative_count"]),
        ("人／月（平均）", "-171", ["negative_count"]),
        ("人", "0", []),
        ("人", None, []),
        ("円", "-5", []),
        ("ポイント", "-5", []),
    ],
)
def test_what_is_counted_is_not_less_than_nothing(unit, value, found):
    assert (
        codes(number(value), definition=SimpleNamespace(unit=unit, decimals=0, value_kind="count"))
        == found
    )


def test_all_that_is_strange_is_asked_at_once():
    this = number("315", numerator="410", denominator="130")

    assert codes(this, number("31.5", 2024), definition=SHARE) == [
        "numerator_over_denominator",
        "percent_out_of_range",
        "times_of_last",
    ]


def test_a_sentence_names_the_year_and_the_value_it_compares_with():
    (doubt,) = doubts(PEOPLE, number("14200"), [number("1420", 2024)])

    assert doubt.message == "令和6年度（2024年度）の値1,420人の10倍です。単位は合っていますか。"


STEADY = [number(value, 2020 + at) for at, value in enumerate(("100", "102", "98", "101", "99"))]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        # The mean is 100, the standard deviation the root of 2.5: the spread ends at 104.74.
        ("104.7", []),
        ("104.8", []),
        ("105", ["outside_spread"]),
        ("95.2", []),
        ("95", ["outside_spread"]),
        (None, []),
    ],
)
def test_a_value_outside_three_deviations_is_asked_about_where_it_is_no_small_step(value, found):
    assert codes(number(value), *STEADY) == found


def test_a_wide_spread_holds_what_a_narrow_one_does_not():
    """The negative control: the same value, of years that moved as much themselves."""
    wide = [number(value, 2020 + at) for at, value in enumerate(("90", "115", "85", "110", "100"))]

    assert codes(number("108"), *wide) == []
    assert codes(number("108"), *STEADY) == ["outside_spread"]


def bounds_in(sentence):
    """Return the two numbers in the brackets of a sentence."""
    inside = re.search(r"（([^（）]*～[^（）]*)）", sentence)[1]
    signed = inside.replace(",", "").replace("−", "-")
    return tuple(Decimal(re.match(r"-?[\d.]+", one)[0]) for one in signed.split("～"))


def years_of(numbers):
    return [number(one, 2020 + at) for at, one in enumerate(numbers)]


def asked_of_the_spread(value, numbers, definition):
    return [one.message for one in of_spread(definition, number(value), years_of(numbers))]


@pytest.mark.parametrize(
    ("value", "numbers", "decimals", "told"),
    [
        # The spread is 25.73 to 40.67: 41, to which the bound rounds, lies outside it.
        ("41", ("30", "31", "35", "35", "35"), 0, "26件～40件"),
        # From 95.26 to 104.74.
        ("105", ("100", "102", "98", "101", "99"), 0, "96件～104件"),
        # Between two whole numbers lies none: the bounds are told as they are.
        ("110", ("100.4", "100.4", "100.4"), 0, "100.4件～100.4件"),
        ("5", ("0", "0", "0"), 0, "0件～0件"),
    ],
)
def test_the_bounds_are_rounded_inwards(value, numbers, decimals, told):
    cases = SimpleNamespace(unit="件", decimals=decimals, value_kind="count")
    (sentence,) = asked_of_the_spread(value, numbers, cases)

    assert f"（{told}）" in sentence


@given(
    numbers=st.lists(st.decimals(min_value=-500, max_value=500, places=4), min_size=3, max_size=5),
    beyond=st.decimals(min_value="0.0001", max_value=2, places=4),
    way=st.sampled_from((-1, 1)),
    decimals=st.integers(0, 4),
)
def test_the_bounds_that_are_told_never_hold_the_value(numbers, beyond, way, decimals):
    definition = SimpleNamespace(unit="点", decimals=decimals, value_kind="count")
    usual = spread(numbers)
    # Close beyond a bound, where rounding decides.
    value = ((usual.high if way > 0 else usual.low) + way * beyond).quantize(Decimal("0.0001"))
    for sentence in asked_of_the_spread(value, numbers, definition):
        low, high = bounds_in(sentence)
        assert low <= high
        assert not low <= value <= high
        # Nor as the value itself is printed with as many decimals.
        shown = rounded(value, max(decimals, -low.as_tuple().exponent))
        assert not low <= shown <= high


def test_two_years_and_years_long_ago_are_no_spread():
    assert codes(number("120"), *STEADY[3:]) == []
    assert codes(number("120", 2030), *STEADY[:4], number("119", 2029)) == []


def test_the_limits_are_told_before_anything_is_typed():
    told = limits(PEOPLE, STEADY, year=2025)

    assert told == [
        "令和6年度（2024年度）の値の上下30％まで（70人～128人）",
        "これまで5年間の値の動きの範囲（96人～104人）",
    ]
    assert limits(SHARE, [], year=2025) == ["0％から100％の間"]


NUMBERS = st.decimals(min_value=0, max_value=10**8, places=2)


@given(value=NUMBERS, last=NUMBERS)
def test_at_most_one_question_about_the_same_change(value, last):
    found = codes(number(value), number(last, 2024))

    assert len(found) <= 1
    # The independent computation: by whole numbers of hundredths, without a share.
    this, that = int(value * 100), int(last * 100)
    great = abs(this - that) >= 500 and abs(this - that) * 10 > that * 3
    assert (found == ["great_change"]) <= (great and that > 0)
    if great and this and that and max(this, that) % min(this, that):
        assert found == ["great_change"]
