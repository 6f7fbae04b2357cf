"""Cells of judged columns, each made when somebody asks for it: a column holds lists of numbers alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import ValueState
from indicators.comparison.shape import ABSENT, Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.comparison.judging.judging import Figures, Judged
    from indicators.comparison.shape import Place

VALUE = ValueState.VALUE.value


def decimal(scaled: int) -> Decimal:
    return Decimal(scaled).scaleb(-4)


def cell_of(figures: Figures, code: str, value: int | None) -> Cell:
    part = figures.parts.get(code)
    if value is None and code not in figures.states:
        return ABSENT
    return Cell(
        value=None if value is None else decimal(value),
        state=VALUE if value is not None else figures.states[code],
        numerator=None if part is None else decimal(part.numerator),
        denominator=None if part is None else decimal(part.denominator),
        fiscal_year=figures.years[-1] if figures.years else None,
        word=figures.words.get(code, ""),
    )


class Cells(Mapping[tuple[str, str], Cell]):
    """The cells of places and columns, each made when it is asked for.

    `order`: where each of the places stands in the columns, which may tell of more and in another order.
    """

    def __init__(
        self, places: Sequence[Place], columns: Mapping[str, Judged], order: Sequence[int]
    ) -> None:
        self.columns = columns
        self.order = order
        self._places = {place.code: at for place, at in zip(places, order, strict=True)}

    def __getitem__(self, key: tuple[str, str]) -> Cell:
        place, code = key
        found, at = self.columns[code], self._places[place]
        cell = cell_of(found.figures, place, found.values[at])
        if cell is ABSENT:
            raise KeyError(key)
        return _judged_cell(cell, found, at, place)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for code, found in self.columns.items():
            for place, at in self._places.items():
                if found.values[at] is not None or place in found.figures.states:
                    yield place, code

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _judged_cell(cell: Cell, found: Judged, at: int, code: str) -> Cell:
    return Cell(
        value=cell.value,
        state=cell.state,
        numerator=cell.numerator,
        denominator=cell.denominator,
        fiscal_year=cell.fiscal_year,
        word=cell.word,
        quarter=found.quarters[at],
        chance=found.chances[at],
        rank=found.ranks[at],
        is_reference=found.references[at],
        is_structural_zero=code in found.figures.zeros,
        is_median=code in found.level,
        reply=found.figures.replies.get(code, ""),
    )
