"""Values that are not yet those of their year, and that no line may lead to: half a count, a stock of September. Pure.

A count that accumulates is a part of its year until the year is over. A stock is of a day: whether that of a day within
the year is the year's own (a survey as of 1 October) or only on the way to it is told by the other years, for those
whose day is known are of the year's end or are not. A 見込 is somebody's number for the whole year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators.arithmetic import accumulating
from indicators.choices import Accumulation, Finality
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_partial(definition: Any, row: Any) -> bool:
    """Say whether a value counts a part of its year: a 速報 of a day before the year's end, of what accumulates."""
    return accumulating.grows(definition) and is_early(row)


def is_stock_on_its_way(definition: Any, row: Any, values: Mapping[int, Any]) -> bool:
    """Say whether a value is the 速報 of a stock of a day within its year, while another year's is of the year's end."""
    if accumulating.rule_of(definition) != Accumulation.LATEST or not is_early(row):
        return False
    return any(one.as_of == fiscal.last_day(year) for year, one in values.items())


def is_early(row: Any) -> bool:
    has_day = row.finality == Finality.PRELIMINARY and row.as_of is not None
    return has_day and row.as_of < fiscal.last_day(row.fiscal_year)


def of(definition: Any, values: Mapping[int, Any]) -> frozenset[int]:
    """Return the years whose value is not yet that of the year. `values` stand each for its year."""
    return frozenset(
        year
        for year, row in values.items()
        if is_partial(definition, row) or is_stock_on_its_way(definition, row, values)
    )
