"""A table in which each column is one number of one year: the cells of a row are taken all at once. Pure."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from indicators.choices import ValueState
from indicators.intake.layouts import signs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal
    from typing import Any

    from indicators.intake.layouts.layout import Column
    from indicators.intake.layouts.plan import Group

    Series = tuple[str, int]
    Read = Callable[[Column, Sequence[str], str], signs.Said | None]

MOST_KNOWN = 50_000
UNTOLD = frozenset({"", ValueState.NOT_ENTERED.value})


class ColumnsAlone:
    """Such columns. What a text says they know from the row before: numbers repeat."""

    def __init__(self, groups: Sequence[Group], definitions: Mapping[str, Any]) -> None:
        self.series = tuple((group.indicator, group.fiscal_year or 0) for group in groups)
        self.columns = [group.main for group in groups]
        self.numbers = [column.number for column in self.columns]
        self.width = max(self.numbers)
        self.units = [definitions[indicator].unit for indicator, _ in self.series]
        known: dict[tuple[str, Decimal], dict[str, signs.Said]] = {}
        self.known = [
            known.setdefault((unit, column.factor), {"": signs.NOTHING})
            for unit, column in zip(self.units, self.columns, strict=True)
        ]

    def taken(self, row: Sequence[str], read: Read) -> dict[Series, signs.Said]:
        """Return what a row gives. `read` tells what a cell says; None where it has refused the cell."""
        padded = (*row, *repeat("", self.width - len(row)))
        texts = [padded[column - 1] for column in self.numbers]
        said: list[Any] = [known.get(text) for known, text in zip(self.known, texts, strict=True)]
        if not all(said):
            self.learn(row, said, texts, read)
        return {
            series: one
            for series, one in zip(self.series, said, strict=True)
            if one[1] not in UNTOLD
        }

    def learn(
        self, row: Sequence[str], said: list[signs.Said | None], texts: list[str], read: Read
    ) -> None:
        """Read the cells of a row that are not known yet."""
        for place, text in enumerate(texts):
            if said[place]:
                continue
            one = read(self.columns[place], row, self.units[place]) if text.strip() else None
            said[place] = one or signs.NOTHING
            if one and len(self.known[place]) < MOST_KNOWN:
                self.known[place][text] = one


def columns_alone(groups: Sequence[Group], definitions: Mapping[str, Any]) -> ColumnsAlone | None:
    """Return the columns, where each is one value by itself and no two tell the same one."""
    series = {(group.indicator, group.fiscal_year) for group in groups}
    if not groups or len(series) < len(groups) or not all(group.alone for group in groups):
        return None
    return ColumnsAlone(groups, definitions)
