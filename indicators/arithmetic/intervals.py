"""How far chance reaches: 95 % intervals of shares and counts, and which values are 参考値. Pure.

A share has Wilson's interval, a count of events and a rate per population the exact one of Poisson.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from indicators.arithmetic.printing import half_up
from indicators.choices import ValueKind, ValueState
from indicators.disclosure.policies import PEOPLE, POLICIES, Counted, counts_things
from indicators.disclosure.values import per

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    Wide = tuple[Fraction, Fraction]

# The quantile of the normal distribution that leaves 2.5 % on each side, and that share itself.
Z = 1.959963984540054
TAIL = 0.025
# So close is close enough: a number is printed with four decimals at most.
CLOSE = 1e-13
MOST_STEPS = 100_000
STEPS = 200


@dataclass(frozen=True, slots=True)
class Least:
    """What is not small. A value with fewer of any of them is a 参考値."""

    cases: int
    base: int
    answers: int
    population: int


# `cases`: the disclosure policy of people (below it NDB's rule calls a count small; domain.md 5.5, S13).
# `base` and `answers`: domain.md 6.2 V07 (denominator below 100, survey below 30; S26, S9n).
# `population`: Mie marks values from fewer than 10,000 people as 参考値 (domain.md 5.5, S26).
LEAST = Least(cases=POLICIES[Counted.PEOPLE].least, base=100, answers=30, population=10_000)

# Counted in 人 or ha, and nothing that happens to people: staff and their posts, attendance, land.
STEADY = frozenset(
    {
        "area_total",
        "coordinator_fte",
        "dentists",
        "home_visit_doctors",
        "multiprofessional_training_participants",
        "pharmacists",
        "physicians",
    }
)

SHARES = (ValueKind.RATIO, ValueKind.SURVEY_RATIO)
FEW_CASES, SMALL_BASE = "件数が少ない", "母数が少ない"


class Definition(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def decimals(self) -> int: ...
    @property
    def value_kind(self) -> str: ...
    @property
    def numerator(self) -> str: ...


class Value(Protocol):
    state: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


def wilson(numerator: int, denominator: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a proportion (E. B. Wilson, 1927), without correction for continuity.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n)
    """
    share, square = numerator / denominator, Z * Z / denominator
    middle = share + square / 2
    half = Z * math.sqrt(share * (1 - share) / denominator + square / denominator / 4)
    low = 0.0 if numerator == 0 else (middle - half) / (1 + square)
    high = 1.0 if numerator == denominator else (middle + half) / (1 + square)
    return low, high


def poisson(count: int) -> tuple[float, float]:
    """Return the exact 95 % interval of a count (F. Garwood, 1936): half the χ² quantiles with 2n and 2n+2 degrees.

    Below the lower end so many or more are rarer than 2.5 %, above the upper end so few or fewer.
    """
    low = _root(lambda mean: gamma_share(count, mean) - TAIL, count) if count else 0.0
    return low, _root(lambda mean: gamma_share(count + 1, mean) - (1 - TAIL), count + 1)


def gamma_share(shape: float, mean: float) -> float:
    """Return the chance of at least `shape` events where `mean` are expected: the lower incomplete gamma function.

    By its series where that is short, else by its continued fraction (Lentz).
    """
    if mean <= 0:
        return 0.0
    scale = math.exp(shape * math.log(mean) - mean - math.lgamma(shape))
    if mean < shape + 1:
        return scale * _series(shape, mean)
    return 1 - scale * _fraction(shape, mean)


def _series(shape: float, mean: float) -> float:
    term = total = 1 / shape
    for step in range(1, MOST_STEPS):
        term *= mean / (shape + step)
        total += term
        if term < total * CLOSE:
            break
    return total


def _fraction(shape: float, mean: float) -> float:
    tiny = 1e-300
    beyond = mean + 1 - shape
    above, below = 1 / tiny, 1 / beyond
    found = below
    for step in range(1, MOST_STEPS):
        factor = -step * (step - shape)
        beyond += 2
        below = 1 / (factor * below + beyond or tiny)
        above = beyond + factor / above or tiny
        found *= above * below
        if abs(above * below - 1) < CLOSE:
            break
    return found


def _root(rising: Callable[[float], float], near: int) -> float:
    """Return where a rising function of a mean is zero; it is not farther than ten roots from `near`."""
    low, high = 0.0, near + 10 * math.sqrt(near) + 10
    for _ in range(STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def interval(definition: Definition, value: Value) -> Wide | None:
    """Return the 95 % interval in the unit of the value; None where its parts are not known or no counts."""
    above, below = _whole(value.numerator), _whole(value.denominator)
    if definition.value_kind == ValueKind.COUNT:
        number = _whole(value.value)
        return _exact(*poisson(number)) if number is not None else None
    times = per(definition.unit)
    if above is None or not below or not times:
        return None
    if definition.value_kind in SHARES:
        return _exact(*wilson(above, below), times=times) if above <= below else None
    return _exact(*poisson(above), times=Fraction(times, below))


def _exact(low: float, high: float, *, times: Fraction | int = 1) -> Wide:
    return Fraction(low) * times, Fraction(high) * times


def _whole(number: Decimal | None) -> int | None:
    """Return a count; None for what is none."""
    if number is None or number < 0 or number % 1:
        return None
    return int(number)


def smallness(definition: Definition, value: Value) -> str:
    """Return why a value is a 参考値 (件数が少ない, 母数が少ない); empty where it is large enough, or counts nobody."""
    if value.state != ValueState.VALUE or value.value is None:
        return ""
    if definition.value_kind == ValueKind.COUNT:
        is_few = value.value < LEAST.cases and counts_people(definition)
        return FEW_CASES if is_few else ""
    least = least_base(definition)
    if least is None or value.numerator is None or value.denominator is None:
        return ""
    if value.numerator < LEAST.cases:
        return FEW_CASES
    return SMALL_BASE if value.denominator < least else ""


def least_base(definition: Definition) -> int | None:
    kinds = {
        ValueKind.RATIO: LEAST.base,
        ValueKind.SURVEY_RATIO: LEAST.answers,
        ValueKind.RATE: LEAST.population,
    }
    return kinds.get(ValueKind(definition.value_kind))


def counts_people(definition: Definition) -> bool:
    """Say whether chance moves a count: people and what happens to them, not bodies, staff, meetings or attendance.

    Births and deaths may be published, however few they are; they are moved by chance all the same.
    """
    if definition.code in PEOPLE:
        return True
    things = counts_things(unit=definition.unit, numerator=definition.numerator)
    return not things and definition.code not in STEADY


def reference(definition: Definition, value: Value) -> str:
    """Return 「件数が少ないため参考値です（95％信頼区間：3.1～9.4％）。」, or nothing."""
    why = smallness(definition, value)
    if not why:
        return ""
    wide = interval(definition, value)
    if wide is None:
        return f"{why}ため参考値です。"
    low, high = (half_up(end, definition.decimals) for end in wide)
    return f"{why}ため参考値です（95％信頼区間：{low:,f}～{high:,f}{definition.unit}）。"
