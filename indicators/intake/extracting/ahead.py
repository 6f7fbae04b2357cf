"""Years that have not come: what is measured cannot be of them, only what is projected. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators.intake.extracting.extracted import Refused
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indicators.intake.extracting.extracted import Extracted, Series

PROJECTED = "projected_"
AHEAD = (
    "「{name}」の値が、まだ来ていない{year}のものになっています。年度が正しいかを確かめて、直してください。"
    "将来の推計は、将来推計の指標に結び付けてください。"
)


def refused(taken: Extracted, definitions: Mapping[str, Any], *, newest: int) -> list[Refused]:
    """Refuse each indicator in a year after the newest that there is, once: where it stands first."""
    found: dict[Series, Refused] = {}
    for place, row in taken.table.items():
        for series in row.keys() - found.keys():
            indicator, year = series
            if year > newest and not indicator.startswith(PROJECTED):
                told = AHEAD.format(name=definitions[indicator].name, year=fiscal.label(year))
                found[series] = Refused(*taken.spots.of(place, series), fiscal.label(year), told)
    return sorted(found.values(), key=lambda one: (one.row, one.column))
