"""Sums and rates of larger places, against arithmetic of their own."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic.derivation import RATIOS, TOTALS, Rules, complete, ratio
from indicators.arithmetic.printing import half_up, kept, printed
from indicators.choices import PlaceKind, ValueState

EAST, WEST = (PlaceKind.MUNICIPALITY, "082015"), (PlaceKind.MUNICIPALITY, "082023")
BOTH = (PlaceKind.PREFECTURE, "08")
TOTAL, OLD, RATE = ("population_total", 2020), ("population_65plus", 2020), ("aging_rate_65", 2020)
RULES = Rules(
    members={BOTH: (EAST, WEST)},
    wards={},
    counts={"population_total", "population_65plus"},
    multipliers=dict.fromkeys(RATIOS, 100),
)


def numbers(total, old):
    return {TOTAL: Decimal(total), OLD: Decimal(old)}


def test_a_rate_comes_from_the_sums_and_not_from_the_rates():
    table = complete({EAST: numbers(900, 90), WEST: numbers(100, 50)}, RULES)

    assert table[BOTH] == {TOTAL: 1000, OLD: 140, RATE: Decimal(14)}
    assert table[EAST][RATE] == Decimal(10)


def test_a_place_without_people_has_no_rate_and_stops_nothing():
    """双葉町 in 2020."""
    table = complete({EAST: numbers(0, 0), WEST: numbers(100, 50)}, RULES)

    assert table[EAST][RATE] is ValueState.NOT_APPLICABLE
    assert table[BOTH][RATE] == Decimal(50)


@pytest.mark.parametrize(
    "gap", [None, ValueState.UNKNOWN, ValueState.SUPPRESSED, ValueState.NOT_APPLICABLE]
)
def test_with_one_member_unknown_there_is_no_sum(gap):
    row = numbers(900, 90)
    if gap is None:
        del row[OLD]
    else:
        row[OLD] = gap

    table = complete({EAST: row, WEST: numbers(100, 50)}, RULES)

    assert table[BOTH] == {TOTAL: 1000}
    assert table[EAST].get(RATE) is gap


def test_what_the_statistic_states_itself_stays():
    table = complete(
        {EAST: numbers(900, 90), WEST: numbers(100, 50), BOTH: {TOTAL: Decimal(1001)}}, RULES
    )

    assert table[BOTH][TOTAL] == 1001


def test_rates_are_never_added_up():
    table = complete(
        {EAST: {("projected_rate_75plus", 2030): Decimal(20)}, WEST: {}},
        Rules({BOTH: (EAST,)}, {}, counts=set(), multipliers=RULES.multipliers),
    )

    assert BOTH not in table


def test_clinics_and_hospitals_make_one_count_where_both_are_known():
    for total, (clinics, hospitals) in TOTALS.items():
        whole = {(clinics, 2023): Decimal(7), (hospitals, 2023): Decimal(2)}
        half = {(clinics, 2023): Decimal(7)}

        table = complete({EAST: whole, WEST: half}, Rules({}, {}, set(), RULES.multipliers))

        assert table[EAST][total, 2023] == 9
        assert (total, 2023) not in table[WEST]


def test_wards_stand_for_their_city_only_when_they_are_the_whole_of_it():
    city, area = (PlaceKind.MUNICIPALITY, "141305"), (PlaceKind.MEDICAL_AREA, "1404")
    north, south = (PlaceKind.WARD, "141348"), (PlaceKind.WARD, "141313")
    rules = Rules({area: (north,)}, {city: (north, south)}, RULES.counts, RULES.multipliers)
    wards = {north: {TOTAL: Decimal(60)}, south: {TOTAL: Decimal(40)}}

    assert complete({city: {TOTAL: Decimal(100)}, **wards}, rules)[area] == {TOTAL: 60}
    assert area not in complete({city: {TOTAL: Decimal(101)}, **wards}, rules)


def test_the_given_table_is_left_as_it_is():
    given_table = {EAST: numbers(900, 90)}

    complete(given_table, RULES)

    assert given_table == {EAST: numbers(900, 90)}


@given(st.integers(0, 10**8), st.integers(1, 10**8), st.integers(0, 2))
def test_printing_a_stored_rate_rounds_like_the_exact_one(above, below, decimals):
    stored = ratio(Decimal(above), Decimal(below), 100)

    exact = Fraction(above * 100, below)

    def half_up(digits):
        return (exact * 10**digits + Fraction(1, 2)).__floor__()

    # What is not nothing has as many decimals as it takes to show, four at most.
    shown = next((one for one in range(decimals, 4) if half_up(one)), 4) if above else decimals
    told = Decimal(half_up(shown)) / 10**shown if shown < 4 else stored
    assert printed(stored, state=ValueState.VALUE, unit="", decimals=decimals) == (
        f"{told:,.{shown}f}"
    )


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=10**9), st.integers(0, 3))
def test_what_is_kept_prints_like_the_exact_number(number, decimals):
    """The one rule for rates of larger places, for shares in a file, for values out of parts and of months."""
    stored = kept(number)

    assert half_up(Fraction(stored), decimals) == half_up(number, decimals)
    assert bool(stored) == bool(number)


@pytest.mark.parametrize(
    ("number", "stored"),
    [
        ("200/3", "66.6667"),
        ("12.34995", "12.3499"),
        ("12.34994", "12.3499"),
        ("1/100000", "0.0001"),
    ],
)
def test_what_is_kept_is_half_up_unless_it_would_print_wrongly(number, stored):
    assert kept(Fraction(number)) == Decimal(stored)
    assert kept(-Fraction(number)) == -Decimal(stored)


def test_rounding_twice_the_plain_way_would_be_wrong():
    """The negative control: 26.249951 is 26.2; by way of 26.2500 it would print 26.3."""
    above, below = 26249951, 10**8
    plain = (Decimal(above) * 100 / below).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)

    assert printed(plain, state="value", unit="", decimals=1) == "26.3"
    assert printed(ratio(above, Decimal(below), 100), state="value", unit="", decimals=1) == "26.2"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("0.0096", 1, "0.01％"),
        ("0.0499", 1, "0.05％"),
        ("0.05", 1, "0.1％"),
        ("-0.0096", 1, "−0.01％"),
        ("0.0001", 0, "0.0001％"),
        ("0", 1, "0.0％"),
    ],
)
def test_what_is_not_nothing_is_not_printed_as_nothing(value, decimals, text):
    assert printed(Decimal(value), state="value", unit="％", decimals=decimals) == text


def test_half_of_the_last_digit_goes_up():
    """14 of 224 is 6.25 % and is published as 6.3 %; Python's round() gives 6.2."""
    assert printed(ratio(Decimal(14), Decimal(224), 100), state="value", unit="％", decimals=1) == (
        "6.3％"
    )
    assert round(14 / 224 * 100, 1) == 6.2
