"""The rows of councils, contracts, coordinators, hearings and surveys: one fact a line. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.paper.parts.bodies import groups
from reports.paper.wording.wording import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.document.year_review import YearReview
    from reports.paper.parts.bodies import Table
    from reports.paper.tables.sheets import Row


def facts(review: YearReview) -> Iterator[Row]:
    """What is written of each body, a line for each line of a box."""
    for group in groups(review.bodies):
        for number, entry in enumerate(group.entries, 1):
            for fact in entry.facts:
                yield group.title, number, entry.title, "", fact
            for label, text in entry.boxes:
                for line in lines(text):
                    yield group.title, number, entry.title, label, line


def cells(review: YearReview) -> Iterator[Row]:
    """The tables of the bodies (seats, posts, answers), a line for each cell that holds anything."""
    for group in groups(review.bodies):
        for table in group.tables:
            yield from _cells((group.title, None, ""), table)
        for number, entry in enumerate(group.entries, 1):
            for table in entry.tables:
                yield from _cells((group.title, number, entry.title), table)


def _cells(where: tuple[str, int | None, str], table: Table) -> Iterator[Row]:
    for number, row in enumerate(table.labelled_rows, 1):
        for head, cell in row:
            if cell:
                yield *where, table.title, number, head, cell
