"""Tables cut to slides: how wide the columns, how high the rows, where a next slide begins. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.paper.slides import measuring
from reports.paper.slides.measures import BODY_HEIGHT, CELL_INSET, CELL_PAD, CELL_SIZES, FULL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.paper.slides.parts import Table

    Row = tuple[str, ...]

# A column is wide enough for a short text in one line: 「日常の療養支援」.
NARROWEST = 7.0
GOES_ON = "（続き）"
# What is left of a width, in em, when it is not worth giving away.
SCRAP = 0.01
LONG = 400
# Room in em by which a text that fits is sure to.
SLACK = 0.5


def cut_to_slides(table: Table) -> Iterator[Table]:
    """Yield the table slide by slide, its columns without any text left out.

    It is as large as one slide allows; what goes on to more is set small.
    """
    table = compact(table)
    for size in CELL_SIZES:
        widths = fitted(table, size)
        rooms = [(share * FULL - 2 * CELL_INSET) / size for share in widths]
        head = row_height(table.header, rooms, size)
        heights = [row_height(row, rooms, size) for row in table.rows]
        if head + sum(heights) <= BODY_HEIGHT:
            yield replace(table, size=size, widths=widths, heights=(head, *heights))
            return
    most = BODY_HEIGHT - head
    rows = list(_low_rows(table.rows, rooms, size, most))
    heights = [row_height(row, rooms, size) for row in rows]
    for start, end in portions(heights, most):
        shown = (head, *heights[start:end])
        yield replace(table, rows=tuple(rows[start:end]), size=size, widths=widths, heights=shown)


def compact(table: Table) -> Table:
    """Return a table without the columns in which no row says anything."""
    kept = [at for at in range(len(table.header)) if any(row[at].strip() for row in table.rows)]
    return replace(
        table,
        header=tuple(table.header[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def fitted(table: Table, size: int) -> tuple[float, ...]:
    """Return each column's share of the width: enough for its words, more for those with more text."""
    inset = 2 * CELL_INSET / size + SLACK
    columns = list(zip(table.header, *table.rows, strict=True))
    wishes = [inset + max(map(_longest_line, column)) / measuring.FILLED for column in columns]
    widths = [min(wish, inset + NARROWEST / measuring.FILLED) for wish in wishes]
    loads = list(map(_load, columns))
    free = FULL / size - sum(widths)
    wanting = [at for at, wish in enumerate(wishes) if widths[at] < wish]
    while free > SCRAP and wanting:
        whole = sum(loads[at] for at in wanting)
        more = {at: min(wishes[at] - widths[at], free * loads[at] / whole) for at in wanting}
        for at, width in more.items():
            widths[at] += width
        free -= sum(more.values())
        wanting = [at for at in wanting if wishes[at] - widths[at] > SCRAP]
    return tuple(width / sum(widths) for width in widths)


def _load(column: tuple[str, ...]) -> float:
    """Return how much text a column carries; one very long text does not take all the room."""
    mean = sum(min(measuring.width(text), LONG) ** 2 for text in column) / len(column)
    return mean**0.375


def _longest_line(text: str) -> float:
    return max(map(measuring.width, text.split("\n")))


def row_height(row: Row, rooms: list[float], size: int) -> float:
    most = max(measuring.lines(text, room) for text, room in zip(row, rooms, strict=True))
    return most * measuring.leading(size) + 2 * CELL_PAD


def portions(heights: list[float], most: float) -> list[tuple[int, int]]:
    """Return where each slide begins and ends: no last slide with a lonely row."""
    found = full_slides(heights, most)
    if len(found) > 1 and sum(heights[slice(*found[-1])]) < most / 3:
        start = found[-2][0]
        half = sum(heights[start:]) / 2
        middle = next(
            at for at in range(start + 1, len(heights)) if sum(heights[start : at + 1]) > half
        )
        if sum(heights[middle:]) <= most:
            found[-2:] = [(start, middle), (middle, len(heights))]
    return found


def full_slides(heights: list[float], most: float) -> list[tuple[int, int]]:
    found, start, used = [], 0, 0.0
    for at, height in enumerate(heights):
        if at > start and used + height > most:
            found.append((start, at))
            start, used = at, 0.0
        used += height
    return [*found, (start, len(heights))]


def _low_rows(rows: Iterable[Row], rooms: list[float], size: int, height: float) -> Iterator[Row]:
    """Yield the rows, one that is higher than a slide in pieces."""
    most = int((height - 2 * CELL_PAD) // measuring.leading(size))
    for row in rows:
        rest = row
        while row_height(rest, rooms, size) > height:
            halves = [
                measuring.cut(text, room, most) for text, room in zip(rest, rooms, strict=True)
            ]
            yield tuple(first for first, _ in halves)
            rest = tuple(second for _, second in halves)
            rest = (rest[0] or GOES_ON, *rest[1:])
        yield rest
