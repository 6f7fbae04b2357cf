"""What is strange about the values of a file, by the same questions that a town is asked about its own. Pure.

One pass over what the file gives; sentences are made for the first of each kind alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from indicators.arithmetic import breaks, warnings
from indicators.arithmetic.warnings import HUNDRED, PERCENT, Typed, is_counted
from indicators.entering import asking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from indicators.arithmetic.warnings import Doubt
    from indicators.intake.extracting.extracted import Extracted

    Place = tuple[str, str]
    Column = tuple[str, int]
    # By place, then by indicator and year.
    Earlier = Mapping[Place, Mapping[Column, Decimal]]

# A little less than the change that is asked about, squared.
NEAR = 0.0899
# So many of a kind are told cell by cell; the others are counted.
MOST = 200
# How many years before the first of a file are looked at.
YEARS_BACK = 3
TOLD_OTHERWISE = "told_otherwise"
LONGEST_TITLE = 100
OTHERWISE = (
    "「{title}」では{value}です。取り込むと、この年度の値がない市町村には、どちらの値も自動では入らず、"
    "どちらを採用するかを市町村が選びます。すでにある実績値は変わりません。"
)
NAMES = {
    TOLD_OTHERWISE: "ほかの統計と違う値",
    warnings.TIMES_OF_LAST: "前の年度の10倍・100倍・1000倍（またはその分の1）の値",
    warnings.GREATLY_CHANGED: "前の年度から30％を超えて変わった値",
    warnings.OUT_OF_RANGE: "0％から100％の間にない割合",
    asking.NOT_OF_ITS_PARTS: "分子÷分母から計算した値と違う値",
    warnings.PARTS_SWAPPED: "分子が分母より大きい値",
    warnings.NEGATIVE: "マイナスの件数・回数・人数",
    warnings.FRACTION: "整数で数える指標の、小数のある値",
}


class Doubtful(NamedTuple):
    """A value that is asked about, where it stands in the file, and the question."""

    row: int
    column: int
    place: Place
    indicator: str
    fiscal_year: int
    value: Decimal | None
    message: str


@dataclass(slots=True)
class Doubts:
    """How many values each kind of doubt is about, and the first of them in the order of the file."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, list[Doubtful]] = field(default_factory=lambda: defaultdict(list))


class Asked(NamedTuple):
    """What is asked about a column. `before`: those of the same indicator in years to compare with, the latest first."""

    low: float
    high: float
    is_whole: bool
    before: tuple[Column, ...]


@dataclass(slots=True)
class Published:
    """What is published beside a file: values of earlier years, and those that other statistics tell of its own years."""

    earlier: dict[Place, dict[Column, Decimal]] = field(default_factory=dict)
    # The value, and the key of its statistic.
    others: dict[Place, dict[Column, tuple[Decimal, int]]] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)


def doubts(taken: Extracted, published: Published, definitions: Mapping[str, Any]) -> Doubts:
    """Ask about every value that a file gives: of itself, of the year before, of what other statistics tell."""
    found = Doubts()
    earlier = published.earlier
    asked = asked_of(taken, earlier, definitions)
    for place, row in taken.table.items():
        # Numbers of the machine sort out what needs no closer look; the questions count exactly.
        numbers = {column: float(value) for column, (value, _) in row.items() if value is not None}
        stored = earlier.get(place, {})
        odd: dict[Column, Column | None] = {}
        if taken.beside:
            odd |= {column: None for column in row if (place, column) in taken.beside}
        odd |= strange(numbers, stored, asked)
        for column, last in odd.items():
            before = last and Typed(last[1], row[last][0] if last in numbers else stored[last])
            ask(found, (taken, place, column), before, definitions)
    ask_about_others(found, taken, published, definitions)
    return found


def ask_about_others(
    found: Doubts, taken: Extracted, published: Published, definitions: Mapping[str, Any]
) -> None:
    """Ask about what another statistic tells otherwise: nobody but the town chooses between them (docs/adr/0053)."""
    for place, told in published.others.items():
        row = taken.table.get(place, {})
        for column, (value, statistic) in told.items():
            said = row.get(column)
            if said and said[0] is not None and said[0] != value:
                shown = warnings.in_words(definitions[column[0]], value)
                title = published.titles[statistic][:LONGEST_TITLE]
                message = OTHERWISE.format(title=title, value=shown)
                count(found, TOLD_OTHERWISE, (taken, place, column), message)


def count(found: Doubts, code: str, where: tuple[Extracted, Place, Column], message: str) -> None:
    """Count a value that is asked about, and keep it where it is among the first of its kind."""
    taken, place, column = where
    found.counts[code] += 1
    if len(found.first[code]) < MOST:
        value = taken.table[place][column][0]
        spot = taken.spots.of(place, column)
        found.first[code].append(Doubtful(*spot, place, *column, value, message))


def asked_of(
    taken: Extracted, earlier: Earlier, definitions: Mapping[str, Any]
) -> dict[Column, Asked]:
    columns = set().union(*taken.table.values())
    years = defaultdict(set)
    for indicator, year in columns.union(*earlier.values()):
        years[indicator].add(year)
    return {
        column: asked_about(definitions[column[0]], column, years[column[0]]) for column in columns
    }


def asked_about(definition: Any, column: Column, years: Iterable[int]) -> Asked:
    indicator, year = column
    before = [
        (indicator, one)
        for one in sorted(years, reverse=True)
        if one < year and breaks.comparable(definition, one, year)
    ]
    is_share = definition.unit == PERCENT
    low = 0 if is_share or is_counted(definition.unit) else -inf
    high = float(HUNDRED) if is_share else inf
    return Asked(low, high, not definition.decimals, tuple(before))


def strange(
    numbers: Mapping[Column, float], stored: Mapping[Column, Decimal], asked: Mapping[Column, Asked]
) -> Iterator[tuple[Column, Column | None]]:
    """Yield the columns of a place that may be asked about, with the one before that has a value."""
    for column, number in numbers.items():
        low, high, is_whole, before = asked[column]
        last = None
        is_strange = number < low or number > high or (is_whole and number % 1)
        for last in before:
            if (value := numbers.get(last)) is None:
                if last not in stored:
                    continue
                value = float(stored[last])
            change = number - value
            is_strange = is_strange or change * change > NEAR * value * value
            break
        else:
            last = None
        if is_strange:
            yield column, last


def ask(
    found: Doubts,
    where: tuple[Extracted, Place, Column],
    before: Typed | None,
    definitions: Mapping[str, Any],
) -> None:
    """Ask about one value, of itself and beside the one before."""
    taken, place, column = where
    definition, this = definitions[column[0]], typed(taken, place, column)
    for code in codes(definition, this, before):
        message = ""
        if len(found.first[code]) < MOST:
            asked = questions(definition, this, before)
            message = next(one.message for one in asked if one.code == code)
        count(found, code, where, message)


def codes(definition: Any, this: Typed, before: Typed | None) -> Iterator[str]:
    """Yield the codes of `questions`, without their sentences: of a file read wrongly there are a hundred thousand."""
    yield from (
        one.code for one in (*warnings.of_parts(this), *warnings.of_range(definition, this))
    )
    yield from (one.code for one in asking.of_ratio(definition, this))
    yield from (one.code for one in warnings.of_digits(definition, this))
    if before is None or this.value is None or not before.value:
        return
    if code := warnings.kind_of_change(this.value, before.value):
        yield code


def typed(taken: Extracted, place: Place, column: Column) -> Typed:
    beside = taken.beside.get((place, column))
    parts = beside[:2] if beside else (None, None)
    return Typed(column[1], taken.table[place][column][0], *parts)


def questions(definition: Any, this: Typed, before: Typed | None) -> Iterator[Doubt]:
    yield from warnings.of_parts(this)
    yield from warnings.of_range(definition, this)
    yield from asking.of_ratio(definition, this)
    yield from warnings.of_digits(definition, this)
    if before and (doubt := warnings.of_change(definition, this, before)):
        yield doubt
