"""The columns of the document's rows: under which label people know each, and what a change in it is."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.arithmetic.printing import printed
from indicators.choices import ValueState
from municipalities.japanese import dates, fiscal
from reports.document.differing.structure import TextChange, ValueChange
from reports.document.differing.texts import in_context, segments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import Choices

    from reports.document.differing.structure import FieldChange

YES_OR_NO = {True: "はい", False: "いいえ"}


class Sort(enum.Enum):
    """What a column holds. A FIGURE is a number with its state, written in `value` and `state`."""

    TEXT = enum.auto()
    WORD = enum.auto()
    WORDS = enum.auto()
    NUMBER = enum.auto()
    FIGURE = enum.auto()
    YEAR = enum.auto()
    DAY = enum.auto()
    ROW = enum.auto()
    MARK = enum.auto()
    PICTURE = enum.auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `default` is what a row says that leaves it out; `part` in which list ROW points."""

    name: str
    label: str
    sort: Sort = Sort.TEXT
    default: Any = ""
    words: Mapping[Any, str] = field(default_factory=dict)
    part: str = ""
    unit: str = ""


def text(name: str, label: str) -> Column:
    return Column(name, label)


def word(name: str, label: str, choices: type[Choices], default: Any = "") -> Column:
    return Column(name, label, Sort.WORD, default, words=words_of(choices))


def words_of(choices: type[Choices]) -> dict[Any, str]:
    return {value: str(label) for value, label in choices.choices}


def number(name: str, label: str, unit: str = "", default: Any = None) -> Column:
    return Column(name, label, Sort.NUMBER, default, unit=unit)


def figure(label: str) -> Column:
    return Column("value", label, Sort.FIGURE, None)


def year(name: str, label: str) -> Column:
    return Column(name, label, Sort.YEAR, None)


def day(name: str, label: str) -> Column:
    return Column(name, label, Sort.DAY, None)


def row(name: str, label: str, part: str) -> Column:
    return Column(name, label, Sort.ROW, None, part=part)


def mark(name: str, label: str, words: Mapping[Any, str] = YES_OR_NO) -> Column:
    return Column(name, label, Sort.MARK, default=False, words=words)


@dataclass(frozen=True, slots=True)
class Known:
    """What a cell is told with: the names of rows by list and key, unit and digits of an indicator."""

    names: Callable[[str, str], str]
    measure: tuple[str, int] = ("", 0)


def change(
    column: Column, before: dict[str, Any], after: dict[str, Any], told: tuple[Known, Known]
) -> FieldChange | None:
    """Return what changed in one column of a row, or None. Rows may be empty: added or removed."""
    old, new = held(column, before), held(column, after)
    if old == new:
        return None
    if column.sort is Sort.TEXT:
        return TextChange(column.label, in_context(segments(old, new)))
    if column.sort is Sort.PICTURE:
        return ValueChange(column.label, "前の画像" if old else "", "新しい画像" if new else "")
    words = in_words(column, before, told[0]), in_words(column, after, told[1])
    if words[0] == words[1] and column.sort is Sort.FIGURE:
        words = exactly(before, told[0]), exactly(after, told[1])
    return ValueChange(
        column.label, *words, is_number=column.sort in {Sort.NUMBER, Sort.FIGURE, Sort.YEAR}
    )


def held(column: Column, values: dict[str, Any]) -> Any:
    """Return what is compared: numbers as numbers, whatever their digits."""
    value = values.get(column.name, column.default)
    if column.sort is Sort.FIGURE:
        return state_of(values), None if value is None else Decimal(value)
    if column.sort is Sort.NUMBER and value is not None:
        return Decimal(value)
    return (value or "") if column.sort is Sort.TEXT else value


def state_of(values: dict[str, Any]) -> str:
    """An empty row, and one without a state, has a value if it holds one."""
    stated = values.get("state")
    return stated or (ValueState.VALUE if values.get("value") is not None else "")


def in_words(column: Column, values: dict[str, Any], known: Known) -> str:
    """Return a cell in words; nothing for nothing."""
    if not values:
        return ""
    if column.sort is Sort.FIGURE:
        return as_figure(values, *known.measure)
    value = values.get(column.name, column.default)
    if column.sort is Sort.WORDS:
        return "、".join(column.words.get(one, one) for one in value)
    if value is None or value == "":
        return ""
    return WRITERS[column.sort](column, value, known)


def as_figure(values: dict[str, Any], unit: str, decimals: int) -> str:
    """Return 「26.2％」, or the word for why there is no number."""
    state, value = state_of(values), values.get("value")
    if value is None:
        return str(ValueState(state).label) if state else ""
    return printed(Decimal(value), state=ValueState.VALUE, unit=unit, decimals=decimals)


def exactly(values: dict[str, Any], known: Known) -> str:
    """Return a figure with all its digits: rounded, the two would read alike."""
    unit, decimals = known.measure
    value = values.get("value")
    digits = 0 if value is None else -int(Decimal(value).normalize().as_tuple().exponent)
    return as_figure(values, unit, max(decimals, digits))


def as_number(column: Column, value: Any, known: Known) -> str:
    return f"{Decimal(value).normalize():,f}{column.unit}"


def as_day(column: Column, value: str, known: Known) -> str:
    return dates.in_western(dt.date.fromisoformat(value))


def as_it_is(column: Column, value: str, known: Known) -> str:
    return value


def as_word(column: Column, value: str, known: Known) -> str:
    return column.words.get(value, value)


def as_mark(column: Column, value: Any, known: Known) -> str:
    return column.words[bool(value)]


def as_year(column: Column, value: int, known: Known) -> str:
    return fiscal.label(value)


def as_row(column: Column, value: str, known: Known) -> str:
    return known.names(column.part, value)


WRITERS: dict[Sort, Callable[[Column, Any, Known], str]] = {
    Sort.TEXT: as_it_is,
    Sort.WORD: as_word,
    Sort.MARK: as_mark,
    Sort.NUMBER: as_number,
    Sort.YEAR: as_year,
    Sort.DAY: as_day,
    Sort.ROW: as_row,
}
