"""The heat table before it is markup: its heads with their links, and the rows at its foot. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import Direction
from indicators.comparison.asking.selection_words import labels_in_words
from indicators.comparison.judging import telling
from indicators.comparison.judging.cells import Cells
from indicators.comparison.judging.judging import Figures, Judged
from indicators.comparison.judging.pooling import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Cell, Column, Comparison


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: name, unit and year; `query` sorts by it, `sorted` is what `aria-sort` says."""

    name: str
    said: str
    query: str
    sorted: str


def heads(comparison: Comparison, selection: Selection) -> list[Head]:
    return [head(column, selection) for column in comparison.columns]


def head(column: Column, selection: Selection) -> Head:
    said = (unit(column), years(column), way(column), widened(column))
    return head_saying("　".join(filter(None, said)), column, selection)


def head_saying(said: str, column: Column, selection: Selection) -> Head:
    """The best come first; sorted so already, the link turns the order round."""
    is_sorted = selection.sort == column.code
    falls = not selection.falling if is_sorted else column.direction != Direction.LOWER
    order = ("descending" if selection.falling else "ascending") if is_sorted else "none"
    return Head(
        name=column.name,
        said=said,
        query=selection.query(sort=column.code, falling=falls),
        sorted=order,
    )


def unit(column: Column) -> str:
    return f"{column.per}（{column.unit}）" if column.per else column.unit


def years(column: Column) -> str:
    return labels_in_words(column.years)


def widened(column: Column) -> str:
    return telling.WIDENED_HEAD if column.between else ""


def way(column: Column) -> str:
    return telling.DIRECTIONS[column.direction]


@dataclass(frozen=True, slots=True)
class FootRow:
    label: str
    texts: tuple[str, ...]


def foot(comparison: Comparison, *, prefecture: str) -> Iterator[FootRow]:
    """Yield the larger places, the average, and the distribution; a row without any number is left out."""
    columns = comparison.columns
    rows = [
        (prefecture, [text_of_cell(one.prefecture, one) for one in columns]),
        ("全国", [text_of_cell(one.nation, one) for one in columns]),
        (
            f"{telling.together(comparison)}をまとめた平均",
            [text(one.average, one) for one in columns],
        ),
        (telling.valued(comparison), [f"{one.summary.count:,}" for one in columns]),
        (telling.label(comparison, "最小"), [text(one.summary.minimum, one) for one in columns]),
        (telling.label(comparison, "第1四分位"), [text(one.summary.first, one) for one in columns]),
        (telling.label(comparison, "中央値"), [text(one.summary.median, one) for one in columns]),
        (telling.label(comparison, "第3四分位"), [text(one.summary.third, one) for one in columns]),
        (telling.label(comparison, "最大"), [text(one.summary.maximum, one) for one in columns]),
    ]
    for label, texts in rows:
        if any(texts):
            yield FootRow(label, tuple(texts))


def text_of_cell(cell: Cell, column: Column) -> str:
    return text(cell.value, column)


def text(value: Decimal | None, column: Column) -> str:
    """Print a number as its column does; of a quartile half a step counts in full."""
    if value is None:
        return ""
    scaled = value * SCALE
    if 0 < scaled < Decimal("0.5"):
        return telling.BELOW
    # A quartile may have more digits than the numbers: those never turn what is printed half-up.
    whole = int(scaled) if scaled >= 0 else -int(-scaled)
    return telling.number(whole or int(scaled > 0), column.decimals)


def order_of(comparison: Comparison) -> Sequence[int]:
    """Return where each place of the comparison stands in what `judged_of` returns."""
    cells = comparison.cells
    return cells.order if isinstance(cells, Cells) else range(len(comparison.places))


def judged_of(comparison: Comparison, column: Column) -> Judged:
    """Return what was found about the places of a column, of whichever make the cells are."""
    if isinstance(comparison.cells, Cells):
        return comparison.cells.columns[column.code]
    cells = [comparison.cell(place, column) for place in comparison.places]
    told = dict(zip((place.code for place in comparison.places), cells, strict=True))
    figures = Figures(
        definition=column,  # type: ignore[arg-type] # its scenes are not asked for
        states={code: cell.state for code, cell in told.items() if cell.value is None},
        zeros=frozenset(code for code, cell in told.items() if cell.is_structural_zero),
        words={code: cell.word for code, cell in told.items() if cell.word},
        replies={code: cell.reply for code, cell in told.items() if cell.reply},
    )
    return Judged(
        figures=figures,
        codes=[*told],
        values=[None if cell.value is None else int(cell.value * SCALE) for cell in cells],
        quarters=[cell.quarter for cell in cells],
        ranks=[cell.rank for cell in cells],
        chances=[cell.chance for cell in cells],
        references=[cell.is_reference for cell in cells],
        level=frozenset(code for code, cell in told.items() if cell.is_median),
    )
