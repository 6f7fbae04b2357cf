"""What is strange about the values of a file, by the same questions that a town is asked about its own. Pure.

One pass over what the file gives; sentences are made for the first of each kind alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from indicators.arithmetic import accumulating, breaks, periods, warnings
from indicators.arithmetic.derivation import UNDIVIDED
from indicators.arithmetic.warnings import HUNDRED, PERCENT, Typed, is_counted
from indicators.choices import Finality
from indicators.entering import asking
from indicators.intake.layouts.beside import (
    NOTHING,
    Beside,
    agree,
    beside_of,
    filled,
    with_beside,
    years_of_day,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from indicators.arithmetic.warnings import Doubt
    from indicators.intake.extracting.extracted import Extracted

    Place = tuple[str, str]
    Column = tuple[str, int]
    # By place, then by indicator and year.
    Earlier = Mapping[Place, Mapping[Column, Decimal]]
    # By place, then by definition and year: as `layouts/beside.py` says a value.
    Stored = Mapping[Place, Mapping[tuple[int, int], Any]]

# A little less than the change that is asked about, squared.
NEAR = 0.0899
# So many of a kind are told cell by cell; the others are counted.
MOST = 200
# How many years before the first of a file are looked at.
YEARS_BACK = 3
NO_LONGER_FINAL = "no_longer_final"
TOLD_OTHERWISE = "told_otherwise"
LONGEST_TITLE = 100
# As `verdicts.exact` and `comparison/reading/columns.py` have it.
VALUE_AND_PARTS = (
    "このまま取り込むと、実績値と評価にはファイルの値を、市町村の比較には分子÷分母の値を使います。"
)
VALUE_ALONE = "このまま取り込むと、ファイルの値を使います。"
BACK_TO = (
    "いまの値{value}は確定です。取り込むと、確定ではなく{finality}の値になります。"
    "前の資料を選んでいないか、確定の別が合っているかを確かめてください。"
)
OTHERWISE = (
    "「{title}」では{value}です。取り込むと、この年度の値がない市町村には、どちらの値も自動では入らず、"
    "どちらを採用するかを市町村が選びます。もう一方の値が自動で入ったままの市町村では、この値も並べて入り、"
    "市町村が選ぶまで「採用する値が未決定」と示します。すでにある実績値は変わりません。"
)
# One of the two values is 確定, the other is not.
TAKES_ITS_PLACE = (
    "「{title}」では{value}ですが、確定の値ではありません。取り込むと、その値が自動で入ったままの市町村では、"
    "この確定の値に置き換わります。市町村が入力した値、選んだ値は変わりません。"
)
GIVES_WAY = (
    "「{title}」では{value}で、確定の値です。この値は確定の値ではないため、取り込んでも自動では入りません。"
    "すでにある実績値は変わりません。"
)
NAMES = {
    NO_LONGER_FINAL: "確定の値が、確定ではなくなる値",
    TOLD_OTHERWISE: "ほかの統計と違う値",
    warnings.TIMES_OF_LAST: "前の値の10倍・100倍・1000倍（またはその分の1）の値",
    warnings.GREATLY_CHANGED: "前の年度から30％を超えて変わった値",
    warnings.OUT_OF_RANGE: "0％から100％の間にない割合",
    asking.NOT_OF_ITS_PARTS: "分子÷分母から計算した値と違う値",
    warnings.PARTS_SWAPPED: "分子が分母より大きい値",
    warnings.NEGATIVE: "マイナスの件数・回数・人数",
    warnings.FRACTION: "整数で数える指標の、小数のある値",
    warnings.UNFINISHED: "終わっていない年度の、確定とされている値",
    warnings.AHEAD: "これから先の時点の値",
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
    # The year that it counts has not ended.
    is_open: bool = False


@dataclass(slots=True)
class Published:
    """What is published beside a file: values of earlier years, and those that other statistics tell of its own years."""

    earlier: dict[Place, dict[Column, Decimal]] = field(default_factory=dict)
    # The value, and the key of its statistic.
    others: dict[Place, dict[Column, tuple[Decimal, int]]] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    # Of the others, those that are not 確定; and how final a value of the file is, by its title, where nothing says so.
    early: set[tuple[Place, Column]] = field(default_factory=set)
    finality: str = Finality.FINAL
    # What is stored of its own statistic and years, by definition and year.
    stored: Stored = field(default_factory=dict)


class File(NamedTuple):
    """A file as it was read on a day, beside what is published. `days`: the years in which the day of its table lies."""

    taken: Extracted
    published: Published
    today: dt.date | None
    days: AbstractSet[int]

    def written(self, place: Place, column: Column) -> Beside:
        """Return what would be stored beside a value: what is told of itself, and of the whole table."""
        told = self.taken.beside.get((place, column))
        if self.taken.of_all != NOTHING:
            told = filled(told, self.taken.of_all, is_of_day=column[1] in self.days)
        return told or NOTHING

    def beside(self, place: Place, column: Column) -> Beside:
        """Return all that is told beside a value: of itself, of the whole table, by the title."""
        told = self.written(place, column)
        return told._replace(finality=told.finality or self.published.finality)


def doubts(
    taken: Extracted,
    published: Published,
    definitions: Mapping[str, Any],
    *,
    today: dt.date | None = None,
) -> Doubts:
    """Ask about every value that a file gives: of itself, of the year before, of what other statistics tell.

    `today`: the day on which a year has ended or not, and a day has come or not; None asks neither.
    """
    found = Doubts()
    earlier = published.earlier
    file = File(taken, published, today, years_of_day(taken.of_all.as_of, taken.years))
    asked = asked_of(file, definitions)
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
            ask(found, (file, place, column), before, definitions)
    ask_about_others(found, file, definitions)
    ask_about_finals(found, file, definitions)
    return found


def ask_about_finals(found: Doubts, file: File, definitions: Mapping[str, Any]) -> None:
    """Ask about what is 確定 in this statistic and would not be any more; of a number that stays, and of another."""
    told = {one.finality for one in (file.taken.of_all, *file.taken.beside.values())}
    if told | {file.published.finality} <= {Finality.FINAL, ""}:
        return
    for place, stored in file.published.stored.items():
        for column in file.taken.table.get(place, ()):
            definition = definitions[column[0]]
            now = stored.get((definition.pk, column[1]))
            if now and is_final_no_more(file, place, column, now):
                shown = warnings.in_words(definition, now[0])
                then = Finality(file.beside(place, column).finality).label
                message = BACK_TO.format(value=shown, finality=then)
                count(found, NO_LONGER_FINAL, (file, place, column), message)


def is_final_no_more(file: File, place: Place, column: Column, now: Any) -> bool:
    """Whether a number that is stored is 確定 and another, or the same, would stand in its place that is not."""
    then = file.taken.table[place][column]
    if now[0] is None or then[0] is None:
        return False
    is_final = (beside_of(now).finality or file.published.finality) == Finality.FINAL
    if not is_final or file.beside(place, column).finality == Finality.FINAL:
        return False
    return not agree(now, with_beside(then, file.written(place, column)))


def ask_about_others(found: Doubts, file: File, definitions: Mapping[str, Any]) -> None:
    """Ask about what another statistic tells otherwise, and say what comes of it (docs/adr/0053)."""
    published = file.published
    for place, told in published.others.items():
        row = file.taken.table.get(place, {})
        for column, (value, statistic) in told.items():
            said = row.get(column)
            if said and said[0] is not None and said[0] != value:
                shown = warnings.in_words(definitions[column[0]], value)
                title = published.titles[statistic][:LONGEST_TITLE]
                message = what_comes_of_it(file, place, column).format(title=title, value=shown)
                count(found, TOLD_OTHERWISE, (file, place, column), message)


def what_comes_of_it(file: File, place: Place, column: Column) -> str:
    """Return the sentence about two values: nobody but the town chooses, unless one alone is 確定."""
    is_final = file.beside(place, column).finality == Finality.FINAL
    if is_final == ((place, column) not in file.published.early):
        return OTHERWISE
    return TAKES_ITS_PLACE if is_final else GIVES_WAY


def count(found: Doubts, code: str, where: tuple[File, Place, Column], message: str) -> None:
    """Count a value that is asked about, and keep it where it is among the first of its kind."""
    file, place, column = where
    taken = file.taken
    found.counts[code] += 1
    if len(found.first[code]) < MOST:
        value = taken.table[place][column][0]
        spot = taken.spots.of(place, column)
        found.first[code].append(Doubtful(*spot, place, *column, value, message))


def asked_of(file: File, definitions: Mapping[str, Any]) -> dict[Column, Asked]:
    columns = set().union(*file.taken.table.values())
    years = defaultdict(set)
    for indicator, year in columns.union(*file.published.earlier.values()):
        years[indicator].add(year)
    return {
        column: asked_about(definitions[column[0]], column, years[column[0]], file.today)
        for column in columns
    }


def asked_about(
    definition: Any, column: Column, years: Iterable[int], today: dt.date | None
) -> Asked:
    indicator, year = column
    before = [
        (indicator, one)
        for one in sorted(years, reverse=True)
        if one < year and breaks.comparable(definition, one, year)
    ]
    is_share = definition.unit == PERCENT
    low = 0 if is_share or is_counted(definition.unit) else -inf
    high = float(HUNDRED) if is_share else inf
    is_open = today is not None and periods.unfinished(definition, year, today)
    is_whole = not definition.decimals and not accumulating.is_mean(definition)
    return Asked(low, high, is_whole, tuple(before), is_open)


def strange(
    numbers: Mapping[Column, float], stored: Mapping[Column, Decimal], asked: Mapping[Column, Asked]
) -> Iterator[tuple[Column, Column | None]]:
    """Yield the columns of a place that may be asked about, with the one before that has a value."""
    for column, number in numbers.items():
        low, high, is_whole, before, is_open = asked[column]
        last = None
        is_strange = is_open or number < low or number > high or (is_whole and number % 1)
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
    where: tuple[File, Place, Column],
    before: Typed | None,
    definitions: Mapping[str, Any],
) -> None:
    """Ask about one value, of itself and beside the one before."""
    file, place, column = where
    definition = definitions[column[0]]
    this = Typed(column[1], file.taken.table[place][column][0], *file.beside(place, column))
    for code in codes(definition, this, before, file.today):
        message = ""
        if len(found.first[code]) < MOST:
            asked = questions(definition, this, before, file.today)
            message = next(one.message for one in asked if one.code == code)
        count(found, code, where, message)


def codes(
    definition: Any, this: Typed, before: Typed | None, today: dt.date | None
) -> Iterator[str]:
    """Yield the codes of `questions`, without the sentences of changes: of a file read wrongly there are a hundred thousand."""
    yield from (one.code for one in of_itself(definition, this, today))
    if code := kind_of_change(this, before):
        yield code


def kind_of_change(this: Typed, before: Typed | None) -> str:
    """Return what is asked about a value after the one before; a slip of the point is one after any number of years.

    A great change is news from one year to the next alone: what is counted every three or five years has moved on.
    """
    if before is None or this.value is None or not before.value:
        return ""
    code = warnings.kind_of_change(this.value, before.value)
    is_next_year = this.fiscal_year == before.fiscal_year + 1
    return code if is_next_year or code == warnings.TIMES_OF_LAST else ""


def of_itself(definition: Any, this: Typed, today: dt.date | None) -> Iterator[Doubt]:
    yield from warnings.of_parts(this)
    yield from warnings.of_range(definition, this)
    yield from map(partial(with_what_stands, definition), asking.of_ratio(definition, this))
    yield from warnings.of_digits(definition, this)
    if today is not None:
        yield from warnings.of_period(definition, this, today)


def with_what_stands(definition: Any, doubt: Doubt) -> Doubt:
    """Say of a value that its parts contradict where which of the two is used; of what is not divided, the value alone is."""
    told = VALUE_ALONE if definition.value_kind in UNDIVIDED else VALUE_AND_PARTS
    return replace(doubt, message=doubt.message + told)


def questions(
    definition: Any, this: Typed, before: Typed | None, today: dt.date | None
) -> Iterator[Doubt]:
    yield from of_itself(definition, this, today)
    if not before or not kind_of_change(this, before):
        return
    if doubt := warnings.of_change(definition, this, before):
        yield doubt
