"""依頼状: a letter for each office that is asked on paper, one A4 sheet each, with its own address and QR code."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from reports.paper.asking.poster import minutes_for
from reports.paper.rendering.client import draw
from reports.paper.report.sheet import BETWEEN_TAGS, Pdf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from surveys.models import SurveyRound
    from surveys.rounds.door_address import Drawn


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom, and where this office alone answers."""

    name: str
    address: str
    code: Drawn


def make_letters(
    row: SurveyRound, letters: Sequence[Letter], *, written_on: dt.date, seconds: float = 60
) -> Pdf:
    """Draw the letters of a round, each on a sheet of its own. Raises RenderFailed."""
    drawing = draw(letters_html(row, letters, written_on=written_on), seconds=seconds)
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def letters_html(row: SurveyRound, letters: Sequence[Letter], *, written_on: dt.date) -> str:
    """The letters as HTML that needs nothing but our own paper styles."""
    context = {
        "round": row,
        "town": row.cycle.municipality,
        "letters": letters,
        "written_on": written_on,
        "minutes": minutes_for(row.questionnaire.questions.count()),
    }
    return BETWEEN_TAGS.sub("><", render_to_string("reports/paper/letters.html", context))
