"""The town's table as a workbook: the rows of the screen in their order, what they mean, and once more for programs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import ValueState
from indicators.comparison.asking.workbook import REASON, REASON_WIDTH
from indicators.comparison.judging import telling
from indicators.comparison.town import town_table
from municipalities.japanese import dates, fiscal
from municipalities.rows.workbooks import Shown, saved
from municipalities.rows.workbooks import table as fill_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicators.comparison.shape import Cell as Known
    from indicators.comparison.shape import Column, Place
    from indicators.comparison.town.town_page import TownPage
    from indicators.comparison.town.town_table import Box, Row, TownTable

Cell = str | int | Decimal | dt.date | Shown | None
FIRST = ("区分", "自治体コード", "市区町村", REASON)
DATA = (
    "自治体コード",
    "市区町村",
    "指標コード",
    "指標",
    "年度",
    "値",
    "単位",
    "割る人口",
    "値の状態",
    "補足",
)
WIDE = {REASON: REASON_WIDTH, "市区町村": 22, "指標": 36, "内容": 90, "項目": 24, "割る人口": 24}
WIDTH = 16
NOTES = (
    ("値", "公表された統計の値です。入力した値の行だけが、自分の市区町村で入力した値です"),
    ("参考値", "件数や母数が少なく、偶然で大きく動く値です。順位を付けていません"),
    (
        "順位と四分位",
        "値のある市区町村が8に満たない指標では、順位と第1・第3四分位を載せていません",
    ),
    ("空欄", "空欄は、値がないか、計算できないことを表します。0は0という値です"),
)


def as_xlsx(page: TownPage, *, made_on: dt.date) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = page.own.name
    table = town_table.of(page)
    header = (*FIRST, *(titled(column) for column in page.compared.columns))
    fill_sheet(book.create_sheet("比較"), header, rows(page, table), widths=WIDE, width=WIDTH)
    told = about(page, made_on=made_on)
    fill_sheet(book.create_sheet("説明"), ("項目", "内容"), told, widths=WIDE, width=WIDTH)
    fill_sheet(book.create_sheet("データ"), DATA, data(page), widths=WIDE, width=WIDTH)
    return saved(book)


def titled(column: Column) -> str:
    unit = f"{column.unit}、{column.per}" if column.per else column.unit
    return f"{column.name}（{unit}、{fiscal.label(column.years[-1])}）"


def rows(page: TownPage, table: TownTable) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the screen, numbers as numbers."""
    yield of_place("自分の市区町村", page.own, table.own, page)
    if table.entered:
        words = (f"{box.text}（{box.mark}）" if box.mark else None for box in table.entered.boxes)
        yield (table.entered.name, page.own.code, page.own.name, None, *words)
    for place, row in zip(town_table.own_first(page)[1:], table.others, strict=True):
        yield of_place("比べる相手", place, row, page)
    for foot in table.feet:
        yield (foot.name, None, None, None, *map(in_foot, foot.boxes))


def of_place(kind: str, place: Place, row: Row, page: TownPage) -> tuple[Cell, ...]:
    cells = map(shown, row.boxes)
    return (kind, place.code, place.name, page.group.reasons.get(place.code), *cells)


def shown(box: Box) -> Shown | None:
    """Return the number with all its digits, to be seen as on the screen; why there is none stands in 「データ」."""
    if box.exact is None:
        return None
    if box.text == telling.BELOW:
        return Shown(box.exact, f'"{telling.BELOW}"')
    decimals = len(box.text.partition(".")[2])
    return Shown(box.exact, "#,##0" + (f".{'0' * decimals}" if decimals else ""))


def in_foot(box: Box) -> Cell:
    """Return what a box of the foot says: a number as such, words as words, a dash as nothing."""
    return shown(box) or (None if box.text == town_table.NOTHING else box.text)


def about(page: TownPage, *, made_on: dt.date) -> Iterator[tuple[str, Cell]]:
    yield "資料", f"{page.own.name}とほかの市区町村との比較"
    yield "比べる相手", page.group.label
    yield "選び方", page.group.reason
    yield "場面", page.scene.label if page.scene else "選んだ指標"
    yield "作成日", dates.in_wareki(made_on)
    for column in page.compared.columns:
        yield f"{column.name}の出典", "、".join(column.sources)
        for note in column.notes:
            yield f"{column.name}の注記", note
    yield from NOTES


def data(page: TownPage) -> Iterator[tuple[Cell, ...]]:
    """Yield one row for each place and indicator, values with all their digits."""
    for place in town_table.own_first(page):
        for column in page.compared.columns:
            cell = page.compared.cell(place, column)
            yield (
                place.code,
                place.name,
                column.code,
                column.name,
                column.years[-1],
                cell.value,
                column.unit,
                column.per or None,
                state_of(cell),
                town_table.mark_of(cell) or None,
            )


def state_of(cell: Known) -> str:
    if cell.state == telling.NO_POPULATION:
        return telling.MISSING[cell.state]
    return str(ValueState(cell.state).label)


def name_of(page: TownPage) -> str:
    """Return 「市区町村の比較_水戸市_茨城県.xlsx」."""
    return f"市区町村の比較_{page.own.name}_{page.group.label}.xlsx"
