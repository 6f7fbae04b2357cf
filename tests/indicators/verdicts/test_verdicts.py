"""Verdict, 目標比, 進捗率 and 見込 in exact numbers: what a year may say of its target, and what it may not."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic.printing import half_up
from indicators.choices import Direction, Verdict
from indicators.verdicts import verdicts
from indicators.verdicts.verdicts import Course, Mark, Why, judge

YEAR = 2026
TURNED = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
# From the worst to the best; a year that says nothing is no step between them.
BETTER = (
    Verdict.WORSENED,
    Verdict.MISSED,
    Verdict.UNLIKELY,
    Verdict.LIKELY,
    Verdict.ACHIEVED,
)


def mark(year, number, *, is_final=True):
    return Mark(year, Fraction(str(number)), is_final=is_final)


def course(now, *targets, baseline=None, direction="higher", year=YEAR, is_final=True):
    return Course(
        Direction(direction),
        None if now is None else mark(year, now, is_final=is_final),
        baseline=None if baseline is None else mark(*baseline),
        targets=[mark(*target) for target in targets],
    )


def verdict(*args, **kwargs):
    return judge(course(*args, **kwargs), year=YEAR).verdict


@pytest.mark.parametrize(
    ("now", "expected"), [(60, "achieved"), (72, "achieved"), (59, "missed"), (20, "worsened")]
)
def test_a_target_of_the_year_is_reached_or_not(now, expected):
    assert verdict(now, (2026, 60), baseline=(2023, 40)) == expected


@pytest.mark.parametrize(
    ("now", "expected"), [(8, "achieved"), (5, "achieved"), (9, "missed"), (13, "worsened")]
)
def test_lower_may_be_better(now, expected):
    found = verdict(now, (2026, 8), baseline=(2023, 12), direction="lower")

    assert found == expected


@pytest.mark.parametrize(("now", "expected"), [(46, "likely"), (45, "unlikely"), (39, "worsened")])
def test_of_a_target_to_come_the_line_decides(now, expected):
    """From 40 in 2023 through the year's number, it must be 50 in 2028: 46 leads there exactly."""
    assert verdict(now, (2028, 50), baseline=(2023, 40)) == expected


def test_what_is_not_final_has_never_reached_missed_or_worsened_anything():
    for now in (10, 40, 59, 60, 90):
        found = verdict(now, (2026, 60), baseline=(2023, 40), is_final=False)
        assert found == (Verdict.LIKELY if now >= 60 else Verdict.UNLIKELY)


def test_what_is_not_final_leads_on_to_a_target_to_come():
    assert verdict(46, (2028, 50), baseline=(2023, 40), is_final=False) == Verdict.LIKELY
    assert verdict(39, (2028, 50), baseline=(2023, 40), is_final=False) == Verdict.UNLIKELY


def test_a_watched_number_has_no_verdict_whatever_its_target():
    found = judge(course(10, (2026, 60), baseline=(2023, 40), direction="neutral"), year=YEAR)

    assert (found.verdict, found.why) == (None, Why.WATCHED)
    assert (found.ratio, found.progress, found.forecast) == (None, None, None)


def test_without_a_target_there_is_no_verdict_even_where_it_became_worse():
    found = judge(course(10, baseline=(2023, 40)), year=YEAR)

    assert (found.verdict, found.why) == (None, Why.NO_TARGET)


@pytest.mark.parametrize("now", [None, 55])
def test_a_year_without_a_number_is_uncollected_and_keeps_the_forecast(now):
    found = judge(course(now, (2028, 60), baseline=(2023, 40), year=2025), year=YEAR)

    assert found.verdict == Verdict.UNCOLLECTED
    assert (found.ratio, found.progress) == (None, None)
    assert found.forecast == (None if now is None else Mark(2028, Fraction("77.5"), is_final=False))


def test_the_target_is_that_of_the_year_or_of_the_nearest_later_or_the_last():
    targets = [mark(2024, 1), mark(2026, 2), mark(2029, 3)]
    found = [verdicts.applied(targets, year).number for year in (2023, 2024, 2025, 2027, 2031)]

    assert found == [1, 1, 2, 3, 3]
    assert verdicts.applied([], 2026) is None


def test_after_the_last_target_the_year_is_compared_with_it():
    assert verdict(60, (2024, 55), baseline=(2022, 40)) == Verdict.ACHIEVED
    found = judge(course(50, (2024, 55), baseline=(2022, 40)), year=YEAR)
    assert (found.verdict, found.forecast) == (Verdict.MISSED, None)


def test_the_verdict_follows_the_next_target_the_forecast_goes_to_the_last():
    found = judge(course(50, (2026, 45), (2028, 100), baseline=(2023, 20)), year=YEAR)

    assert found.verdict == Verdict.ACHIEVED
    assert found.forecast == Mark(2028, Fraction(70), is_final=False)


def test_without_a_baseline_only_what_is_reached_can_be_told():
    assert verdict(60, (2026, 60)) == Verdict.ACHIEVED
    assert verdict(50, (2026, 60)) == Verdict.MISSED
    early = judge(course(65, (2028, 60)), year=YEAR)
    assert (early.verdict, early.why) == (Verdict.LIKELY, Why.EARLY)
    nothing = judge(course(50, (2028, 60)), year=YEAR)
    assert (nothing.verdict, nothing.why) == (None, Why.NO_FORECAST)


def test_in_the_baselines_own_year_no_line_is_drawn():
    found = judge(course(40, (2028, 60), baseline=(2026, 40)), year=YEAR)

    assert (found.verdict, found.why, found.progress) == (None, Why.NO_FORECAST, 0)


def test_a_baseline_that_is_later_than_the_number_is_none():
    found = judge(course(30, (2026, 60), baseline=(2027, 40)), year=YEAR)

    assert (found.verdict, found.progress) == (Verdict.MISSED, None)


def test_to_keep_what_there_is_has_a_verdict_and_no_progress():
    kept = judge(course(60, (2026, 60), baseline=(2023, 60)), year=YEAR)
    lost = judge(course(59, (2026, 60), baseline=(2023, 60)), year=YEAR)

    assert (kept.verdict, kept.progress) == (Verdict.ACHIEVED, None)
    assert (lost.verdict, lost.progress) == (Verdict.WORSENED, None)


def test_a_target_on_the_worse_side_of_the_baseline_is_a_floor():
    found = judge(course(75, (2026, 70), baseline=(2023, 80)), year=YEAR)
    on_the_way = judge(course(75, (2028, 72), baseline=(2023, 80)), year=YEAR)

    assert (found.verdict, found.progress) == (Verdict.ACHIEVED, None)
    assert on_the_way.verdict == Verdict.UNLIKELY


def test_progress_may_be_negative():
    """The −12.0 % of domain.md 3.6: as far back as that from 50 towards 75."""
    found = judge(course(47, (2028, 75), baseline=(2023, 50)), year=YEAR)

    assert half_up(found.progress * 100, 1) == Decimal("-12.0")


def test_the_ratio_to_a_target_of_nothing_is_none():
    assert verdicts.ratio(Fraction(3), Fraction(0)) is None
    assert verdicts.ratio(Fraction(3), Fraction(-2)) is None
    assert verdicts.ratio(Fraction(0), Fraction(2)) == 0


@pytest.mark.parametrize(
    ("value", "parts", "unit", "decimals", "expected"),
    [
        ("59.9", (179, 299), "％", 1, Fraction(17900, 299)),
        ("60", (179, 299), "％", 0, Fraction(17900, 299)),
        ("12.3", (37, 300_000), "人／10万人", 1, Fraction(37, 3)),
        # Parts that tell another number, an empty whole, a unit without a multiplier: the value stands.
        ("40", (179, 299), "％", 1, Fraction(40)),
        ("40", (0, 0), "％", 1, Fraction(40)),
        ("40", (None, 10), "％", 1, Fraction(40)),
        ("40", (80, 2), "人", 0, Fraction(40)),
    ],
)
def test_a_rate_is_its_two_numbers_where_they_say_the_same(value, parts, unit, decimals, expected):
    numbers = [None if one is None else Decimal(one) for one in parts]

    assert verdicts.exact(Decimal(value), *numbers, unit=unit, decimals=decimals) == expected


def test_a_rate_that_is_only_printed_like_its_target_has_not_reached_it():
    just_below = verdicts.exact(
        Decimal("60.0"), Decimal(1199), Decimal(1999), unit="％", decimals=1
    )
    targets = [Mark(YEAR, Fraction(60))]
    found = judge(Course(Direction.HIGHER, Mark(YEAR, just_below), targets=targets), year=YEAR)

    assert half_up(just_below, 1) == Decimal("60.0")
    assert found.verdict == Verdict.MISSED


numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=97)
years = st.integers(2020, 2032)
marks = st.builds(Mark, years, numbers, is_final=st.booleans())
newest = st.builds(Mark, st.integers(2020, YEAR), numbers, is_final=st.booleans())
of_the_year = st.builds(Mark, st.just(YEAR), numbers, is_final=st.booleans())


def courses_with(latest):
    return st.builds(
        Course,
        st.sampled_from([Direction.HIGHER, Direction.LOWER]),
        latest,
        baseline=st.none() | st.builds(Mark, st.integers(2018, YEAR), numbers),
        targets=st.lists(marks, max_size=4, unique_by=lambda one: one.year).map(
            lambda found: sorted(found, key=lambda one: one.year)
        ),
    )


courses = courses_with(st.none() | newest)


def turned(one):
    return one and replace(one, number=-one.number)


@given(courses)
def test_what_is_turned_over_has_the_same_verdict(told):
    """Negate every number and the direction: the same verdict, progress and year of the forecast."""
    over = Course(
        TURNED[told.direction],
        turned(told.latest),
        baseline=turned(told.baseline),
        targets=[turned(one) for one in told.targets],
    )
    one, other = judge(told, year=YEAR), judge(over, year=YEAR)

    assert (one.verdict, one.why, one.progress) == (other.verdict, other.why, other.progress)
    assert one.forecast == turned(other.forecast)


@given(courses_with(of_the_year), st.fractions(min_value=0, max_value=500, max_denominator=50))
def test_a_better_number_never_has_a_worse_verdict(told, more):
    sign = -1 if told.direction == Direction.LOWER else 1
    better = replace(told, latest=replace(told.latest, number=told.latest.number + sign * more))
    one, other = judge(told, year=YEAR).verdict, judge(better, year=YEAR).verdict

    if one is not None:
        assert other is not None
        assert BETTER.index(other) >= BETTER.index(one)


@given(courses)
def test_only_a_final_number_of_a_due_year_is_called_reached_or_missed(told):
    found = judge(told, year=YEAR)

    if found.verdict in {Verdict.ACHIEVED, Verdict.MISSED}:
        assert told.latest.is_final
        assert found.target.year <= YEAR
    if found.verdict == Verdict.WORSENED:
        assert told.latest.is_final


@given(numbers, numbers, numbers, st.sampled_from(list(TURNED)))
def test_progress_is_zero_at_the_baseline_and_one_at_the_target(start, aim, now, direction):
    told = {"baseline": start, "target": aim, "direction": direction}
    found = verdicts.progress(now, **told)

    assert (found is None) == (not verdicts.is_better(aim, start, direction))
    if found is not None:
        assert start + found * (aim - start) == now
        assert verdicts.progress(start, **told) == 0
        assert verdicts.progress(aim, **told) == 1


@given(st.integers(2015, 2024), numbers, numbers, st.integers(2, 9))
def test_a_forecast_lies_on_the_line_through_both_numbers(first, start, now, steps):
    """Drawn with a slope per year, and halfway back it meets the newest number again."""
    found = verdicts.forecast(Mark(first, start), Mark(first + 1, now), first + steps)

    assert found.number - start == steps * (now - start)
    assert not found.is_final
    assert verdicts.forecast(Mark(first, start), found, first + 1) is None


@given(st.fractions(-(10**15), 10**15, max_denominator=10_000), st.integers(0, 4))
def test_half_up_is_what_decimals_do(number, decimals):
    with localcontext(prec=60):
        expected = Decimal(number.numerator) / Decimal(number.denominator)
        expected = expected.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    found = half_up(number, decimals)

    assert found == expected
    assert not str(found).startswith("-0") or found
