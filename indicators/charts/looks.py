"""How series are told apart: by marker and dash first, so that it holds in black and white; then by colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.charts.structure import Chart

Symbol = str
INK = "#333333"
GRID = "#d9d9d9"
FONT = "BIZ UDGothic, BIZ UDゴシック, sans-serif"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours hold 3 : 1 on white. `dash` is in pixels, empty for a solid line.

    No `fill` is white: a marker without a filling is a number that is not final.
    """

    colour: str
    fill: str
    dash: str
    symbol: Symbol
    width: int


LOOKS = (
    Look("#0055ad", "#0055ad", "", "circle", 3),
    Look("#c74700", "#ffdbc2", "8,4", "square", 2),
    Look("#333333", "#b3b3b3", "2,3", "triangle", 2),
    Look("#115a36", "#9bd4b5", "10,3,2,3", "cross", 2),
)
TARGET = Look("#8b3200", "#8b3200", "6,4", "diamond", 2)
OPEN_FILL = "#ffffff"


def looks(chart: Chart) -> list[Look]:
    """Return the look of each series; targets have one of their own."""
    found, used = [], 0
    for series in chart.series:
        if series.kind == "target":
            found.append(TARGET)
        else:
            found.append(LOOKS[used % len(LOOKS)])
            used += 1
    return found
