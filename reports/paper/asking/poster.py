"""掲示用ポスター of a survey on one A4 sheet: what is asked, until when, the QR code and the address beside it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from municipalities.japanese.phrases import phrases
from reports.paper.rendering.client import draw
from reports.paper.report.sheet import BETWEEN_TAGS, Pdf

# So many signs of 30 and 24 points stand in a line of the sheet.
MOST_LARGE, MOST_LONG = 15, 19

if TYPE_CHECKING:
    from surveys.models import SurveyRound
    from surveys.rounds.door_address import Drawn


def make_poster(row: SurveyRound, *, address: str, code: Drawn, seconds: float = 30) -> Pdf:
    """Draw the poster of a round that is asked. Raises RenderFailed."""
    drawing = draw(poster_html(row, address=address, code=code), seconds=seconds)
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def poster_html(row: SurveyRound, *, address: str, code: Drawn) -> str:
    """The paper as HTML that needs nothing but our own paper styles."""
    context = {
        "round": row,
        "town": row.cycle.municipality,
        "address": address,
        "code": code,
        "heading_size": size_of(row.title),
        "minutes": minutes_for(row.questionnaire.questions.count()),
    }
    page = render_to_string("reports/paper/poster.html", context)
    return BETWEEN_TAGS.sub("><", page)


def size_of(title: str) -> str:
    """Return how a heading is set: its longest phrase in one line, the whole in about three."""
    longest = max(map(len, phrases(title)), default=0)
    steps = ((MOST_LARGE, "large"), (MOST_LONG, "long"))
    return next(
        (size for most, size in steps if longest <= most and len(title) <= 3 * most), "very-long"
    )


def minutes_for(questions: int) -> int:
    """Return about how many minutes it takes: three questions a minute."""
    return max(1, -(-questions // 3))
