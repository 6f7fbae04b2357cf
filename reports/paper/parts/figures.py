"""The figures of the town with their sources as footnotes, in rows as the form has them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.document.year_review import Figure
    from reports.paper.wording.notes import Footnotes

FIGURES_A_ROW = 4
QUANTITY = re.compile(r"([約▲−+-]?[0-9][0-9,.]*)(.*)", re.DOTALL)

Cell = dict[str, object]


def figure_rows(figures: Sequence[Figure], notes: Footnotes) -> tuple[tuple[Cell, ...], ...]:
    """Rows of at most FIGURES_A_ROW cells, evenly filled: five figures stand as three and two."""
    cells = tuple(_cell(figure, notes) for figure in figures)
    width = math.ceil(len(cells) / max(1, math.ceil(len(cells) / FIGURES_A_ROW)))
    return tuple(cells[start : start + width] for start in range(0, len(cells), width or 1))


def _cell(figure: Figure, notes: Footnotes) -> Cell:
    """A figure with its value cut in two, so that the number stands larger than 「人」 or 「％」."""
    found = QUANTITY.fullmatch(figure.value)
    number, unit = found.groups() if found else ("", figure.value)
    return {
        "label": figure.label,
        "number": number,
        "unit": unit,
        "mark": notes.mark(_footnote(figure)),
    }


def _footnote(figure: Figure) -> str:
    text = "　".join(filter(None, (figure.period, figure.source)))
    return f"{text}（{figure.note}）" if text and figure.note else text or figure.note
