"""The table of a logic model on one sheet of A3: in two blocks, in the largest letters with which it fits.

Heights are counted in lines, from the widths of the columns on that sheet; the browser sets the type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from logicmodels.shape.lettering import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logicmodels.shape.structure import Effect, Row, Structure

# (name of the size in static/css/logic_print.css, points, millimetres of a line, of a row's padding and rule)
SIZES = (
    ("large", 10.5, 4.82, 1.3),
    ("middle", 9.0, 4.13, 1.3),
    ("small", 8.0, 3.67, 1.3),
    ("smallest", 7.5, 3.44, 1.3),
)
# Millimetres: of a block's column for texts and for outcomes, and what the sheet leaves for rows.
ACTIVITY_WIDTH, OUTCOME_WIDTH = 97.0, 41.0
# Of 250 mm some are left to outcomes whose indicators take more lines than their rows.
ROOM = 225.0
POINT = 0.353


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one outcome in one block; `is_rest` when the block before holds the first of them."""

    effect: Effect
    rows: tuple[Row, ...]
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """`size` names the letters; a model that fits in none takes the smallest, and more than one sheet."""

    size: str
    blocks: tuple[tuple[Part, ...], ...]


def layout(structure: Structure) -> Paper:
    """Return the blocks of the sheet and the size of its letters."""
    parts = [Part(group.effect, group.rows) for group in structure.groups]
    papers = [_paper(parts, name, Measure(points * POINT, *rest)) for name, points, *rest in SIZES]
    return next((paper for paper, fits in papers if fits), papers[-1][0])


def _paper(parts: Sequence[Part], name: str, measure: Measure) -> tuple[Paper, bool]:
    """Return the paper with letters of one size, and whether it fits the sheet."""
    blocks = halves(parts, measure)
    return Paper(name, blocks), all(measure.block(block) <= ROOM for block in blocks)


@dataclass(frozen=True, slots=True)
class Measure:
    """Heights in millimetres with letters of one size."""

    letter: float
    line: float
    padding: float

    def text(self, text: str, width: float) -> float:
        return len(lines(text, width / self.letter - 0.5)) * self.line + self.padding

    def row(self, row: Row) -> float:
        again = "（再）" if row.is_again else ""
        note = f"（{row.place.note}）" if row.place.note else ""
        return self.text(f"{again}{row.place.text}{note}", ACTIVITY_WIDTH)

    def part(self, part: Part) -> float:
        rows = sum(self.row(row) for row in part.rows)
        return max(rows, self.text(part.effect.text, OUTCOME_WIDTH))

    def block(self, block: Sequence[Part]) -> float:
        return sum(self.part(part) for part in block)


def halves(parts: Sequence[Part], measure: Measure) -> tuple[tuple[Part, ...], ...]:
    """Cut the groups into two blocks of nearly the same height, between two outcomes.

    Only where one outcome holds so many rows that a block would be over twice the other's height,
    the cut goes through it.
    """
    cuts = [(tuple(parts[:index]), tuple(parts[index:])) for index in range(1, len(parts))]
    if cuts:
        best = min(cuts, key=lambda cut: max(measure.block(cut[0]), measure.block(cut[1])))
        left, right = (measure.block(block) for block in best)
        if max(left, right) <= 2 * min(left, right):
            return best
    return _through(parts, measure)


def _through(parts: Sequence[Part], measure: Measure) -> tuple[tuple[Part, ...], ...]:
    """Cut through an outcome, at the row where half of the height is reached."""
    half, used = measure.block(parts) / 2, 0.0
    for index, part in enumerate(parts):
        if used + measure.part(part) >= half and len(part.rows) > 1:
            cut = _row_at(part, half - used, measure)
            first = Part(part.effect, part.rows[:cut])
            rest = Part(part.effect, part.rows[cut:], is_rest=True)
            return ((*parts[:index], first), (rest, *parts[index + 1 :]))
        used += measure.part(part)
    return (tuple(parts),) if parts else ()


def _row_at(part: Part, height: float, measure: Measure) -> int:
    """Return how many rows of a part fill a height: at least one, and one is left."""
    used, count = 0.0, 0
    for row in part.rows:
        if used >= height:
            break
        used += measure.row(row)
        count += 1
    return max(1, min(count, len(part.rows) - 1))
