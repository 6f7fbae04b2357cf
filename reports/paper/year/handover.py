"""引継書 on A4: everything the page shows, on as many sheets as it takes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from reports.paper.rendering.client import draw
from reports.paper.report.sheet import BETWEEN_TAGS, Pdf

if TYPE_CHECKING:
    from collections.abc import Mapping


def make_handover(paper: Any, *, made_on: str, seconds: float = 30) -> Pdf:
    """Draw what `reports.year.handover.reading` has read. Raises RenderFailed."""
    drawing = draw(handover_html({"paper": paper, "made_on": made_on}), seconds=seconds)
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def handover_html(context: Mapping[str, Any]) -> str:
    """The paper as HTML that needs nothing but our own paper styles."""
    page = render_to_string("reports/paper/handover.html", dict(context))
    return BETWEEN_TAGS.sub("><", page)
