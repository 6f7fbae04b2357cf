"""Councils, contracts, coordinators, hearings and surveys as slides. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.paper.parts.bodies import groups
from reports.paper.slides.parts import Table
from reports.paper.slides.words import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.document.year_review import YearReview
    from reports.paper.slides.parts import Part


def bodies(review: YearReview) -> Iterator[Part]:
    """What is written of the bodies of each kind, then their tables."""
    for group in groups(review.bodies):
        for table in group.tables:
            yield Table(
                joined(group.title, table.title).replace("\n", "　"), table.heads, table.rows
            )
        rows = tuple(
            (entry.title, label, text)
            for entry in group.entries
            for label, text in (("", "　".join(entry.facts)), *entry.boxes)
            if text
        )
        if rows:
            yield Table(group.title, ("名称", "項目", "内容"), rows)
        for entry in group.entries:
            for table in entry.tables:
                title = "　".join(filter(None, (entry.title, table.title)))
                yield Table(title, table.heads, table.rows)
