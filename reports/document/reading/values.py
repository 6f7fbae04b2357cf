"""The numbers of an indicator one by one, for the files that programs read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.choices import ValueState
from indicators.measurements.values import finality_in_full
from reports.document.year_review import IndicatorValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.document.reading.numbers import FrozenTarget, FrozenValue

OWN, TARGET = "実績", "目標"


def told_singly(
    numbers: dict[int, FrozenValue],
    targets: Iterable[FrozenTarget],
    beside: Iterable[dict[str, Any]],
) -> tuple[IndicatorValue, ...]:
    """Return the value that stands for each year, the targets and the published values beside them."""
    own = (_own(numbers[year]) for year in sorted(numbers))
    aims = (
        IndicatorValue(TARGET, one.fiscal_year, one.value, str(ValueState.VALUE.label))
        for one in targets
    )
    others = (value for row in beside for value in _published(row))
    return (*own, *aims, *others)


def _own(value: FrozenValue) -> IndicatorValue:
    return IndicatorValue(
        series=OWN,
        fiscal_year=value.fiscal_year,
        value=value.value,
        state=str(ValueState(value.state).label),
        finality=finality_in_full(value),
        as_of=value.as_of.isoformat() if value.as_of else "",
        source=value.source,
    )


def _published(row: dict[str, Any]) -> Iterator[IndicatorValue]:
    for one in sorted(row["values"], key=lambda one: one["fiscal_year"]):
        yield IndicatorValue(
            series=row["place"],
            fiscal_year=one["fiscal_year"],
            value=None if one["value"] is None else Decimal(one["value"]),
            state=str(ValueState(one["state"]).label),
            source=row["dataset"],
        )
