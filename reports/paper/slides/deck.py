"""A year's report as a .pptx file whose headings, tables and charts can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.paper.settled import settled
from reports.paper.slides.paging import paged
from reports.paper.slides.telling import footer, sections
from reports.paper.wording.words import submitted_day

if TYPE_CHECKING:
    from reports.document.year_review import YearReview


def make_slides(review: YearReview) -> bytes:
    """Return the slides; the same review gives the same bytes."""
    from reports.paper.slides import drawing

    head = review.head
    place = f"{review.prefecture_name}{review.municipality_name}"
    told = {
        "title": f"{place}　{review.fiscal_year_label}　{head.kind_label}",
        "author": place,
        "comments": "",
        "identifier": head.number,
        "keywords": head.sha256,
    }
    content = drawing.drawn(paged(sections(review)), footer=footer(review), about=told)
    return settled(content, submitted_day(review))
