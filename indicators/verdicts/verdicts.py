"""評価区分 and what it rests on, from exact numbers: how near a year has come to its target. Pure.

The columns are those of the 評価シート (domain.md 3.6). Numbers are fractions and compared as such: a
rate of 179/299 has not reached 60 %, though it is printed as 59.9 or, with no decimals, as 60.
Words for people are made in `indicators/verdicts/evaluation.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from indicators.choices import Direction, Verdict
from indicators.disclosure.values import per

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


class Why(StrEnum):
    """On what a verdict rests, or why there is none."""

    WATCHED = "watched"
    NO_TARGET = "no_target"
    NO_NUMBER = "no_number"
    COMPARED = "compared"
    NOT_FINAL = "not_final"
    WORSE = "worse"
    FORECAST = "forecast"
    EARLY = "early"
    NO_FORECAST = "no_forecast"
    PARTIAL = "partial"
    # The definition has changed between the year and every target. Said by who knows the changes.
    REDEFINED = "redefined"


@dataclass(frozen=True, slots=True)
class Mark:
    """A number of a fiscal year. Only of a final one may be said that it has reached a target.

    One that `is_partial` is not yet that of its year: it is still to grow, or, as a stock, of a day on the way there.
    """

    year: int
    number: Fraction
    is_final: bool = True
    is_partial: bool = False
    is_stock: bool = False

    @property
    def part_told(self) -> str:
        """Say what a partial number is."""
        return "年度の途中の数" if self.is_stock else "年度の途中までの数"


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of an indicator. `latest` is the newest number, `targets` stand in order of their years.

    `before` is the newest number of a whole year, where the latest is partial.
    """

    direction: Direction
    latest: Mark | None
    before: Mark | None = None
    baseline: Mark | None = None
    targets: Sequence[Mark] = ()
    # Whether it may be drawn out to a year to come.
    has_line: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """A year with its verdict. What cannot be computed is None."""

    verdict: Verdict | None
    why: Why
    target: Mark | None = None
    ratio: Fraction | None = None
    progress: Fraction | None = None
    forecast: Mark | None = None
    expected: Mark | None = None
    # The last target: the one beside which `forecast` stands.
    last: Mark | None = None


def exact(
    value: Decimal,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    *,
    unit: str,
    decimals: int,
) -> Fraction:
    """Return numerator ÷ denominator × 100 (or whatever the unit says), where that is the stored value.

    Parts that tell another number than the value are not believed, for the value is what is printed.
    """
    times = per(unit)
    if not times or numerator is None or not denominator:
        return Fraction(value)
    quotient = Fraction(numerator) / Fraction(denominator) * times
    is_the_same = abs(quotient - Fraction(value)) <= Fraction(1, 2 * 10**decimals)
    return quotient if is_the_same else Fraction(value)


def applied(targets: Sequence[Mark], year: int) -> Mark | None:
    """Return the target of the year, else that of the nearest later one, else the last that has passed."""
    later = (one for one in targets if one.year >= year)
    return next(later, targets[-1] if targets else None)


def ratio(number: Fraction, target: Fraction) -> Fraction | None:
    """Return 目標比 = 実績 ÷ 目標値 (domain.md 3.6 and 4). Undefined for a target that is not above zero.

    It knows no direction: where lower is better, what is below one is better than the target.
    """
    return number / target if target > 0 else None


def progress(
    number: Fraction, *, baseline: Fraction, target: Fraction, direction: Direction
) -> Fraction | None:
    """Return 進捗率 = (実績 − 現状値) ÷ (目標値 − 現状値) (domain.md 3.6); negative where it went the other way.

    Undefined where the target equals the baseline, or lies on its worse side: there nothing is to be covered.
    """
    if not is_better(target, baseline, direction):
        return None
    return (number - baseline) / (target - baseline)


def forecast(baseline: Mark, latest: Mark, year: int) -> Mark | None:
    """Return 最終年度見込: the straight line through 現状値 and the newest number, at a year (domain.md 3.6, linear).

    現状値 + (実績 − 現状値) × (その年度 − 現状値の年度) ÷ (実績の年度 − 現状値の年度). Two points, no least squares: a few
    years of one town carry no better estimate of a slope, and everybody can draw this line again on paper.
    Undefined for a year that is not ahead, and while there is one point only.
    """
    if not baseline.year < latest.year < year:
        return None
    step = (latest.number - baseline.number) / (latest.year - baseline.year)
    return Mark(year, baseline.number + step * (year - baseline.year), is_final=False)


def is_better(number: Fraction, than: Fraction, direction: Direction) -> bool:
    return number < than if direction == Direction.LOWER else number > than


def meets(number: Fraction, target: Fraction, direction: Direction) -> bool:
    """Say whether a number has reached a target or passed it."""
    return number == target or is_better(number, target, direction)


def judge(course: Course, *, year: int) -> Judged:
    """Return the verdict on a year with the numbers beside it."""
    if course.direction == Direction.NEUTRAL:
        return Judged(None, Why.WATCHED)
    target = applied(course.targets, year)
    if target is None:
        return Judged(None, Why.NO_TARGET)
    final_year = course.targets[-1].year
    # What is told as ahead lies ahead: of the year itself there is no forecast.
    final_forecast = _ahead(course, final_year, year) if final_year > year else None
    now = course.latest
    if now is None or now.year != year:
        return Judged(
            Verdict.UNCOLLECTED,
            Why.NO_NUMBER,
            target,
            forecast=final_forecast,
            last=course.targets[-1],
        )
    expected = _ahead(course, target.year, year)
    verdict, why = _verdict(course, now, target, expected)
    return Judged(
        verdict,
        why,
        target,
        ratio=ratio(now.number, target.number),
        progress=_progress(course, now, target),
        forecast=final_forecast,
        expected=expected,
        last=course.targets[-1],
    )


def _progress(course: Course, now: Mark, target: Mark) -> Fraction | None:
    start = _start(course, now)
    if start is None or now.is_partial:
        return None
    return progress(
        now.number, baseline=start.number, target=target.number, direction=course.direction
    )


def _start(course: Course, now: Mark) -> Mark | None:
    """Return the baseline; one that is later than the number is none."""
    start = course.baseline
    return start if start and start.year <= now.year else None


def _ahead(course: Course, target_year: int, year: int) -> Mark | None:
    newest = course.latest
    if newest and newest.is_partial:
        newest = course.before
    is_drawn = course.has_line and target_year >= year
    if newest is None or course.baseline is None or not is_drawn:
        return None
    return forecast(course.baseline, newest, target_year)


def _verdict(
    course: Course, now: Mark, target: Mark, expected: Mark | None
) -> tuple[Verdict | None, Why]:
    """Of a target that is due the number decides, of one to come where the line leads."""
    is_met = meets(now.number, target.number, course.direction)
    if now.is_partial:
        return _of_a_part(course.direction, now, is_met=is_met)
    if not now.is_final and target.year <= now.year:
        return _outlook(is_met=is_met), Why.NOT_FINAL
    if now.is_final and not is_met and _is_worse(course, now):
        return Verdict.WORSENED, Why.WORSE
    if target.year <= now.year:
        return (Verdict.ACHIEVED if is_met else Verdict.MISSED), Why.COMPARED
    if expected:
        leads_there = meets(expected.number, target.number, course.direction)
        return _outlook(is_met=leads_there), Why.FORECAST
    return (Verdict.LIKELY, Why.EARLY) if is_met else (None, Why.NO_FORECAST)


def _of_a_part(direction: Direction, now: Mark, *, is_met: bool) -> tuple[Verdict | None, Why]:
    """What grows on is told early only where it has passed the target: reached, or no longer to be kept.

    A stock may yet go either way: of it is told only that it has reached the target.
    """
    has_passed = is_met if direction == Direction.HIGHER or now.is_stock else not is_met
    return (_outlook(is_met=is_met) if has_passed else None), Why.PARTIAL


def _outlook(*, is_met: bool) -> Verdict:
    return Verdict.LIKELY if is_met else Verdict.UNLIKELY


def _is_worse(course: Course, now: Mark) -> bool:
    start = _start(course, now)
    return start is not None and is_better(start.number, now.number, course.direction)
