"""The sheet of a comparison that is printed: A3, one page wide, its head on every page, signs and colours of the screen.

A sign stands in the number's format, so that the number stays a number.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.comparison.asking import cell_words
from indicators.comparison.asking.selection_words import labels_in_words
from indicators.comparison.judging import telling
from indicators.comparison.judging.pooling import SCALE
from indicators.comparison.shape import Quarter
from municipalities.rows.workbooks import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicators.comparison.shape import Cell, Column, Comparison

A3 = 8
CODE_WIDTH, NAME_WIDTH, WIDTH = 10, 18, 15
HEAD_ROW = 4
QUARTERS = (
    "▲▲上位25％　▲中央値より良い　▼中央値より良くない　▼▼下位25％　▇▅▃▁良し悪しのない指標の高さ　"
)
LEGEND = (
    "*差が偶然の範囲を超える　**偶然ではまず説明できない　参＝参考値（件数が少ない）。"
    "言葉での説明は「区分」、読み方は「説明」のシートにあります。"
)
# Background and letters, as on the screen (ux.md, decision 10).
COLOURS = {
    Quarter.LOWEST: ("C74700", "FFFFFF"),
    Quarter.LOW: ("FFC199", "1A1A1A"),
    Quarter.HIGH: ("C0E4FF", "1A1A1A"),
    Quarter.HIGHEST: ("0055AD", "FFFFFF"),
}
GREY = "666666"
SUMMARY = (
    ("最小", "minimum"),
    ("第1四分位", "first"),
    ("中央値", "median"),
    ("第3四分位", "third"),
    ("最大", "maximum"),
)


def print_sheet(sheet: Any, comparison: Comparison, chosen: str, *, owner: str) -> None:
    """Fill a write-only sheet: title, what was chosen, legend, head, places, larger places, distribution."""
    _set_up(sheet, len(comparison.columns))
    looks = Looks()
    legend = f"{QUARTERS}{LEGEND}" if telling.has_classes(comparison) else LEGEND
    for text in (comparison.title, chosen, legend):
        sheet.append([as_text(sheet, text)])
    names = (column.name for column in comparison.columns)
    noun = telling.noun(comparison)
    sheet.append([looks.head(sheet, text) for text in ("自治体コード", noun, *names)])
    sheet.append([looks.head(sheet, text) for text in ("", "単位・年度", *_units(comparison))])
    for place in comparison.places:
        cells = (looks.cell(sheet, comparison.cell(place, one), one) for one in comparison.columns)
        sheet.append([looks.head(sheet, place.code), looks.head(sheet, place.name), *cells])
    for label, below in _foot(sheet, looks, comparison, owner):
        if any(isinstance(one.value, Decimal | int) for one in below):
            sheet.append([looks.head(sheet, ""), looks.head(sheet, label), *below])


def _foot(
    sheet: Any, looks: Looks, comparison: Comparison, owner: str
) -> Iterator[tuple[str, list[Any]]]:
    """Yield the rows below the places, in the order of the screen."""
    columns = comparison.columns
    yield owner, [looks.cell(sheet, one.prefecture, one) for one in columns]
    yield "全国", [looks.cell(sheet, one.nation, one) for one in columns]
    yield (
        f"{telling.together(comparison)}をまとめた平均",
        [looks.plain(sheet, one.average, one.decimals) for one in columns],
    )
    yield (
        telling.valued(comparison),
        [looks.plain(sheet, one.summary.count, 0) for one in columns],
    )
    for label, name in SUMMARY:
        yield (
            telling.label(comparison, label),
            [looks.plain(sheet, getattr(one.summary, name), one.decimals) for one in columns],
        )


def _units(comparison: Comparison) -> Iterator[str]:
    for column in comparison.columns:
        parts = (column.unit, column.per, labels_in_words(column.years))
        yield "、".join(filter(None, parts))


def _set_up(sheet: Any, columns: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    widths = (CODE_WIDTH, NAME_WIDTH, *[WIDTH] * columns)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"C{HEAD_ROW + 2}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW + 1}"
    sheet.page_setup.paperSize = A3
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.right.text = "&P／&Nページ"
    sheet.oddFooter.left.text = "&A"


class Looks:
    """How cells look; made once for a workbook."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        line = Side(style="thin", color="999999")
        self.border = Border(left=line, right=line, top=line, bottom=line)
        self.wrapped = Alignment(wrap_text=True, vertical="center")
        self.right = Alignment(horizontal="right", vertical="center")
        self.bold, self.grey = Font(bold=True), Font(color=GREY)
        self.shade = PatternFill("solid", fgColor="F2F2F2")
        self.fills = {
            quarter: PatternFill("solid", fgColor=colour)
            for quarter, (colour, _) in COLOURS.items()
        }
        self.fonts = {quarter: Font(color=colour) for quarter, (_, colour) in COLOURS.items()}

    def head(self, sheet: Any, text: str) -> Any:
        made = as_text(sheet, text)
        made.border, made.alignment = self.border, self.wrapped
        made.font, made.fill = self.bold, self.shade
        return made

    def cell(self, sheet: Any, cell: Cell, column: Column) -> Any:
        """Return a number with its sign and colour, or the word for why there is none."""
        if cell.value is None:
            made = as_text(sheet, cell_words.state_in_words(cell))
            made.font = self.grey
        else:
            made = self._number(sheet, cell.value, column.decimals, _sign(cell, column))
            self._colour(made, cell, column)
        made.border, made.alignment = self.border, self.right
        return made

    def _colour(self, made: Any, cell: Cell, column: Column) -> None:
        if cell.is_reference:
            made.font = self.grey
        elif cell.quarter and column.is_ranked and cell_words.is_coloured(cell, column):
            made.fill, made.font = self.fills[cell.quarter], self.fonts[cell.quarter]

    def plain(self, sheet: Any, value: Decimal | int | None, decimals: int) -> Any:
        """Return a number without a sign; of nothing a dash."""
        made = as_text(sheet, "－") if value is None else self._number(sheet, value, decimals, "")
        made.border, made.alignment = self.border, self.right
        return made

    def _number(self, sheet: Any, value: Decimal | int, decimals: int, sign: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        made = WriteOnlyCell(sheet, value=value)
        scaled = int(value * SCALE)
        shown = len(telling.number(scaled, decimals).partition(".")[2])
        digits = "#,##0" + (f".{'0' * shown}" if shown else "")
        if value and not scaled:
            digits, sign = "", telling.BELOW + sign
        made.number_format = f'{digits}"{sign}"' if sign else digits
        return made


def _sign(cell: Cell, column: Column) -> str:
    if cell.is_structural_zero:
        return f"（{telling.STRUCTURAL_ZERO}）"
    found = cell_words.sign(cell, column)
    return f" {found}" if found else ""
