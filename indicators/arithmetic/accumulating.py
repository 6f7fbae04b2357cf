"""How months, quarters and areas become the value of a year, by the rule of the definition. Pure, in exact fractions.

A share is never averaged: its numerators and its denominators are added up, each for itself. What is missing
counts as missing, never as zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from indicators.arithmetic.printing import half_up, kept
from indicators.choices import Accumulation, ValueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# Units of what is there at a time, or is an average: they do not grow through the year.
STANDS = re.compile("か所|カ所|ヵ所|箇所|施設|事業所|機関|団体|職種|場面|／月|常勤換算")
SHARES = frozenset({ValueKind.RATIO, ValueKind.SURVEY_RATIO})
# By these rules a value of December is not yet that of the year: it is still to grow.
GROWING = frozenset({Accumulation.SUM, Accumulation.RUNNING, Accumulation.RATED})
# Which rules a kind of number allows, the usual one first.
OF_COUNTS = (
    Accumulation.SUM,
    Accumulation.RUNNING,
    Accumulation.LATEST,
    Accumulation.AVERAGE,
)
OF_SHARES = (Accumulation.POOLED, Accumulation.LATEST)
OF_RATES = (Accumulation.RATED, Accumulation.POOLED, Accumulation.LATEST)
SENTENCES = {
    Accumulation.LATEST: "入力した中で最後の時点の値を、年度の値にします。",
    Accumulation.SUM: "入力した値を合計して、年度の値にします。",
    Accumulation.RUNNING: "年度の初めからの累計を入力します。最後の時点の累計を、年度の値にします（同じ人を二度数えません）。",
    Accumulation.AVERAGE: "入力した値を平均して、年度の値にします。",
    Accumulation.POOLED: "分子と分母をそれぞれ合計してから割り、年度の値にします。割合どうしは平均しません。",
    Accumulation.RATED: "分子を合計し、最後の時点の分母（人口など）で割って、年度の値にします。",
}
OVER_AREAS = {
    "sum": "圏域の値を合計して、全域の値にします。",
    "pooled": "圏域の分子と分母をそれぞれ合計してから割り、全域の値にします。割合どうしは平均しません。",
}
DIGITS_OF_MEAN = 1
STORED_DIGITS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Piece:
    """One month, quarter or area that has a value: a number, or what it is the share of."""

    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None

    @property
    def has_parts(self) -> bool:
        return self.numerator is not None and self.denominator is not None


@dataclass(frozen=True, slots=True)
class Whole:
    """What pieces make up. `value` is None where the denominator is nothing."""

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None


def usual(value_kind: str, unit: str) -> Accumulation:
    """Return the rule that suits a kind of number, where nobody has chosen one."""
    if value_kind == ValueKind.COUNT:
        return _usual_of_a_count(unit)
    if value_kind == ValueKind.RATE:
        return Accumulation.LATEST if STANDS.search(unit) else Accumulation.RATED
    return allowed(value_kind)[0]


def _usual_of_a_count(unit: str) -> Accumulation:
    if not STANDS.search(unit):
        return Accumulation.SUM
    return Accumulation.AVERAGE if "平均" in unit else Accumulation.LATEST


def allowed(value_kind: str) -> tuple[Accumulation, ...]:
    """Return the rules that make sense for a kind of number: differences, stages and scores are never added up."""
    if value_kind == ValueKind.COUNT:
        return OF_COUNTS
    if value_kind == ValueKind.RATE:
        return OF_RATES
    return OF_SHARES if value_kind in SHARES else (Accumulation.LATEST,)


def rule_of(definition: Any) -> Accumulation:
    """Return the rule of a definition; of one frozen before there were rules, the usual one."""
    chosen = getattr(definition, "accumulation", "")
    return (
        Accumulation(chosen) if chosen else usual(ValueKind(definition.value_kind), definition.unit)
    )


def needs_parts(definition: Any) -> bool:
    """Say whether a piece is told by numerator and denominator: of everything that is a share of something."""
    return ValueKind(definition.value_kind) in SHARES | {ValueKind.RATE}


def grows(definition: Any) -> bool:
    """Say whether a value of mid-year is a part of its year's."""
    return rule_of(definition) in GROWING


def is_mean(definition: Any) -> bool:
    """Say whether a value is a mean of months: of whole numbers it is mostly none itself."""
    return rule_of(definition) == Accumulation.AVERAGE


def digits(definition: Any, value: Decimal | Fraction | None) -> int:
    """Return with how many decimals a value is printed: those of the definition, and of a mean that is not whole one at least.

    147.5 people a month would read 148, and 1475, a slip of the point, ten times what nobody has typed.
    """
    is_whole = value is None or not value % 1
    return int(definition.decimals) if definition.decimals or is_whole else most_digits(definition)


def most_digits(definition: Any) -> int:
    """Return how many decimals a value of this definition has at most where people type and read it."""
    return int(definition.decimals) or (DIGITS_OF_MEAN if is_mean(definition) else 0)


def over_areas(definition: Any) -> str:
    """Return how areas make up the whole: "sum", "pooled", or nothing where they do not."""
    kind = ValueKind(definition.value_kind)
    if kind == ValueKind.COUNT:
        return "sum"
    return "pooled" if kind in SHARES or kind == ValueKind.RATE else ""


def accumulated(rule: str, pieces: Sequence[Piece], *, multiplier: int = 1) -> Whole:
    """Return the value of the year so far. `pieces` stand in the order of the year; there is at least one."""
    return WAYS[Accumulation(rule)](pieces, multiplier)


def summed_areas(way: str, pieces: Sequence[Piece], *, multiplier: int = 1) -> Whole:
    """Return the value of all areas together; there is at least one."""
    return (_pooled if way == "pooled" else _sum)(pieces, multiplier)


def _sum(pieces: Sequence[Piece], _multiplier: int) -> Whole:
    return Whole(_total(one.value for one in pieces))


def _average(pieces: Sequence[Piece], _multiplier: int) -> Whole:
    return Whole(_total(one.value for one in pieces) / len(pieces))


def _latest(pieces: Sequence[Piece], multiplier: int) -> Whole:
    last = pieces[-1]
    return _pooled([last], multiplier) if last.has_parts else Whole(last.value)


def _pooled(pieces: Sequence[Piece], multiplier: int) -> Whole:
    return _share(
        _total(one.numerator for one in pieces),
        _total(one.denominator for one in pieces),
        multiplier,
    )


def _rated(pieces: Sequence[Piece], multiplier: int) -> Whole:
    last = _total([pieces[-1].denominator])
    return _share(_total(one.numerator for one in pieces), last, multiplier)


def _share(above: Fraction, below: Fraction, multiplier: int) -> Whole:
    return Whole(above / below * multiplier if below else None, above, below)


def _total(numbers: Iterable[Any]) -> Fraction:
    """Add up; a number that is missing is an error of the caller, never a zero."""
    return sum(map(Fraction, numbers), Fraction())


WAYS: dict[Accumulation, Callable[[Sequence[Piece], int], Whole]] = {
    Accumulation.LATEST: _latest,
    Accumulation.SUM: _sum,
    Accumulation.RUNNING: _latest,
    Accumulation.AVERAGE: _average,
    Accumulation.POOLED: _pooled,
    Accumulation.RATED: _rated,
}


def stored(number: Fraction, *, decimals: int = 0) -> Decimal:
    """Return a number as its column keeps it; printed with so many decimals it is what the exact one would be."""
    if decimals >= -int(STORED_DIGITS.as_tuple().exponent):
        return half_up(number, decimals)
    return kept(number)
