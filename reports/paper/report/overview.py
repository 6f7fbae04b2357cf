"""The one-page 概要 in the report's own form: which letters let its nine boxes stand on one sheet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.paper.wording.wording import Letters, items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.document.year_review import ApprovalMark, TextBox, YearReview

# The rows of the form; the last one is read from left to right, a step after the other.
ROWS = (
    ("method", "support_needs"),
    ("policy", "achievements"),
    ("situation", "consultation_1", "interim", "consultation_2", "final"),
)
# What the municipality does not write itself, and what it writes when the time has come.
HINTS = {
    "method": "アドバイザーまたは都道府県が記入する欄です。",
    "support_needs": "アドバイザーまたは都道府県が記入する欄です。",
}
UNWRITTEN = "未記入"
SIZES = (
    Letters("size-115", 11.5, 1.5),
    Letters("size-105", 10.5, 1.5),
    Letters("size-95", 9.5, 1.5),
    Letters("size-85", 8.5, 1.45),
    Letters("size-75", 7.5, 1.45),
    Letters("size-68", 6.8, 1.4),
)
# With these letters the sheet goes on over its end when nothing makes it fit: still easy to read.
LONG = SIZES[3]
LABEL = Letters("", 9.0, 1.4)
TITLE = Letters("", 17.0, 1.35)
META = Letters("", 8.5, 1.7)
# Millimetres: the sheet inside its margins, padding of a box, what lies between two rows.
WIDTH, HEIGHT = 273.0, 186.0
PADDING_X, PADDING_Y, BETWEEN = 5.2, 5.0, 2.5
QUIET = {2: 62.0, 5: 27.0}
# The line over the title, the banner under it, one row of superiors beside it.
KICKER, BANNER, APPROVALS, APPROVAL_WIDTH = 5.0, 12.0, 22.0, 26.0
A_ROW = 6
LONGEST_NAME = 60
# The last row grows in steps of this height until the sheet is full.
STEP, MOST_STEPS = 10, 13


@dataclass(frozen=True, slots=True)
class Cell:
    """One box: `is_quiet` while nobody has written it."""

    label: str
    text: str
    code: str

    @property
    def is_quiet(self) -> bool:
        return not self.text.strip()

    @property
    def items(self) -> tuple[dict[str, str], ...]:
        return items(self.text)

    @property
    def hint(self) -> str:
        return HINTS.get(self.code, UNWRITTEN)


@dataclass(frozen=True, slots=True)
class Row:
    """Boxes side by side; `is_course` when they follow each other in time."""

    cells: tuple[Cell, ...]
    is_course: bool

    def widths(self) -> tuple[float, ...]:
        """Millimetres of each box as the browser will share them: quiet ones are narrow."""
        quiet = QUIET.get(len(self.cells), 0.0)
        loud = [cell for cell in self.cells if not cell.is_quiet]
        if not loud:
            return (WIDTH / len(self.cells),) * len(self.cells)
        share = (WIDTH - quiet * (len(self.cells) - len(loud))) / len(loud)
        return tuple(quiet if cell.is_quiet else share for cell in self.cells)

    @property
    def has_quiet(self) -> bool:
        """Whether some boxes, but not all, are unwritten: only then do their widths differ."""
        return len({cell.is_quiet for cell in self.cells}) > 1

    def height(self, letters: Letters) -> float:
        """Millimetres of the row with its labels."""
        pairs = tuple(zip(self.cells, self.widths(), strict=True))
        labels = max(LABEL.height(cell.label, width - PADDING_X) for cell, width in pairs)
        texts = max(
            LABEL.height(cell.hint, width - PADDING_X)
            if cell.is_quiet
            else letters.height(cell.text, width - PADDING_X)
            for cell, width in pairs
        )
        return labels + texts + PADDING_Y + BETWEEN


@dataclass(frozen=True, slots=True)
class Overview:
    """The sheet: its rows, the size of its letters, and by how many steps the last row is stretched.

    With a very long name in its head the superiors stand below the title, where they may go over a page's end.
    """

    rows: tuple[Row, ...]
    size: str
    steps: int
    is_whole: bool
    is_stacked: bool


def overview(review: YearReview) -> Overview:
    """Return the sheet in the largest letters with which it fits; long texts go on over its end."""
    rows = tuple(_rows(review.sheet))
    room = HEIGHT - _head(review)
    is_stacked = _is_stacked(review)
    for letters in SIZES:
        spare = room - sum(row.height(letters) for row in rows)
        if spare >= 0:
            return Overview(rows, letters.name, _steps(rows, letters, spare), True, is_stacked)
    return Overview(rows, LONG.name, 0, False, is_stacked)


def approval_rows(marks: Sequence[ApprovalMark]) -> tuple[tuple[ApprovalMark, ...], ...]:
    """Return the superiors of the 決裁欄, so many side by side as there is room for."""
    return tuple(tuple(marks[start : start + A_ROW]) for start in range(0, len(marks), A_ROW))


def _is_stacked(review: YearReview) -> bool:
    names = (review.municipality_name, *(mark.who for mark in review.approvals))
    return any(len(name) > LONGEST_NAME for name in names)


def _rows(boxes: Sequence[TextBox]) -> list[Row]:
    known = {box.code: Cell(box.label, box.text, box.code) for box in boxes}
    found = [tuple(known[code] for code in codes if code in known) for codes in ROWS]
    last = len(ROWS) - 1
    return [Row(cells, place == last) for place, cells in enumerate(found) if cells]


def _steps(rows: Sequence[Row], letters: Letters, spare: float) -> int:
    """How high the texts of the last row may stand, in steps; none while nobody has written one."""
    if not rows or not rows[-1].is_course or all(cell.is_quiet for cell in rows[-1].cells):
        return 0
    return min(MOST_STEPS, math.floor((rows[-1].height(letters) - 12 + spare) / STEP))


def _head(review: YearReview) -> float:
    """Millimetres of the title, of what stands under it, and of the superiors beside it."""
    head = review.head
    beside = min(len(review.approvals), A_ROW) * APPROVAL_WIDTH
    names = (
        f"{review.prefecture_name}{review.municipality_name}　{head.kind_label}{head.step_label}"
    )
    title = KICKER + TITLE.height(names, WIDTH - beside - 5)
    rows = math.ceil(len(review.approvals) / A_ROW)
    meta = META.height("　".join((head.copy_label, *head.recipients, "　" * 45)), WIDTH)
    return max(title, rows * APPROVALS) + meta + BANNER
