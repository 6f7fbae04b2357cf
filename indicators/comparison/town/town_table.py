"""The town's table: itself first, its peers by name, then the distribution and the larger places. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.arithmetic.printing import STATE_MARKS
from indicators.choices import ValueState
from indicators.comparison.judging import quarters, telling
from indicators.comparison.page import heat
from indicators.comparison.peers.likeness import called
from indicators.comparison.shape import Chance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from indicators.comparison.page.heat import Head
    from indicators.comparison.shape import Cell, Column, Place
    from indicators.comparison.town.town_page import TownPage

NO_VALUE, NOTHING = "値なし", "－"
CHANCES = {
    Chance.FAR_ABOVE: "高い（99.8％の範囲の外）",
    Chance.ABOVE: "高い（95％の範囲の外）",
    Chance.WITHIN: "偶然の範囲内",
    Chance.BELOW: "低い（95％の範囲の外）",
    Chance.FAR_BELOW: "低い（99.8％の範囲の外）",
}
DIRECTIONS = {"higher": "高いほど良い", "lower": "低いほど良い", "neutral": "良し悪しなし"}


@dataclass(frozen=True, slots=True)
class Box:
    """What stands in a cell, with the name of its column for narrow screens. A mark says why it is not classed.

    `exact` is the number that `text` shows, with all its digits; None for words and for nothing.
    """

    label: str
    text: str
    mark: str = ""
    exact: Decimal | int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    boxes: tuple[Box, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TownTable:
    heads: tuple[Head, ...]
    own: Row
    entered: Row | None
    others: tuple[Row, ...]
    feet: tuple[Row, ...]


def of(page: TownPage) -> TownTable:
    columns = page.compared.columns
    others = tuple(row_of(place, page) for place in own_first(page)[1:])
    return TownTable(
        heads=tuple(head(column, page) for column in columns),
        own=row_of(page.own, page),
        entered=entered(page),
        others=others,
        feet=tuple(feet(page)),
    )


def own_first(page: TownPage) -> tuple[Place, ...]:
    return page.own, *(place for place in ordered(page) if place.code != page.own.code)


def ordered(page: TownPage) -> tuple[Place, ...]:
    """Return the places sorted by the indicator asked for, else in the order of the group."""
    is_sorted = any(column.code == page.selection.sort for column in page.compared.columns)
    return page.compared.places if is_sorted else page.group.places


def head(column: Column, page: TownPage) -> Head:
    said = (heat.unit(column), *year_and_way(column))
    return heat.head_saying("　".join(said), column, page.selection)


def year_and_way(column: Column) -> tuple[str, str]:
    return heat.years(column), DIRECTIONS[column.direction]


def row_of(place: Place, page: TownPage) -> Row:
    boxes = (
        Box(column.name, text_of(cell, column), mark_of(cell), cell.value)
        for column in page.compared.columns
        for cell in (page.compared.cell(place, column),)
    )
    return Row(place.name, tuple(boxes), page.group.reasons.get(place.code, ""))


def text_of(cell: Cell, column: Column) -> str:
    if cell.value is None:
        is_absent = cell.state == ValueState.NOT_ENTERED
        return NO_VALUE if is_absent else state_of(cell)
    return number(cell.value, column)


def state_of(cell: Cell) -> str:
    """Return the mark of what is missing, or that nothing is there to divide it by."""
    if cell.state == telling.NO_POPULATION:
        return telling.STATES[cell.state]
    return STATE_MARKS[ValueState(cell.state)]


def mark_of(cell: Cell) -> str:
    if cell.is_structural_zero:
        return "提供する所なし"
    return "参考値" if cell.is_reference else cell.word


def number(value: Decimal | None, column: Column) -> str:
    return heat.text(value, column) or NOTHING


def entered(page: TownPage) -> Row | None:
    """Return what the town has entered itself, in the unit of the indicator; None where it is nothing."""
    if not page.entered:
        return None
    boxes = []
    for column in page.compared.columns:
        newest = page.entered.get(column.code)
        text = newest.text if newest else NOTHING
        boxes.append(Box(column.name, text, newest.year_label if newest else ""))
    return Row("入力した値", tuple(boxes))


def feet(page: TownPage) -> Iterator[Row]:
    """Yield the place's own position, the distribution, and the larger places; a row of nothing is left out."""
    own = called(page.own.name)
    columns = page.compared.columns
    lines = {
        f"{own}の順位": [Box(one.name, rank(page, one)) for one in columns],
        f"{own}と平均との差": [Box(one.name, apart(page, one)) for one in columns],
        "表の市区町村をまとめた平均": [told(one.average, one) for one in columns],
        "最大": [told(one.summary.maximum, one) for one in columns],
        "第3四分位": [told(quartile(one, "third"), one) for one in columns],
        "中央値": [told(one.summary.median, one) for one in columns],
        "第1四分位": [told(quartile(one, "first"), one) for one in columns],
        "最小": [told(one.summary.minimum, one) for one in columns],
        "値のある市区町村の数": [counted(one) for one in columns],
        page.prefecture: [told(one.prefecture.value, one) for one in columns],
        "全国": [told(one.nation.value, one) for one in columns],
    }
    for name, boxes in lines.items():
        if any(box.text != NOTHING for box in boxes):
            yield Row(name, tuple(boxes))


def told(value: Decimal | None, column: Column) -> Box:
    return Box(column.name, number(value, column), exact=value)


def counted(column: Column) -> Box:
    return Box(column.name, f"{column.summary.count}", exact=column.summary.count)


def quartile(column: Column, which: str) -> Decimal | None:
    """Return a quartile; among too few places there is none."""
    is_told = column.summary.count >= quarters.LEAST_COMPARED
    return getattr(column.summary, which) if is_told else None


def rank(page: TownPage, column: Column) -> str:
    found = page.compared.cell(page.own, column).rank
    if found is None:
        return NOTHING
    way = "良い方から" if column.is_ranked else "高い方から"
    return f"{way}{found}番目（{column.summary.count}のうち）"


def apart(page: TownPage, column: Column) -> str:
    found = page.compared.cell(page.own, column).chance
    beside = telling.WIDENED_BESIDE if column.between else ""
    return NOTHING if found is None else f"{CHANCES[found]}{beside}"
