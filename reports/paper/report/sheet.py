"""The report on paper: a YearReview, by Django's templates, to HTML and to PDF."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from reports.paper.parts.changes import changes
from reports.paper.parts.course import course
from reports.paper.parts.figures import figure_rows
from reports.paper.parts.logic import model
from reports.paper.parts.measures import FONT, measures
from reports.paper.parts.parts import parts
from reports.paper.parts.registers import activities, issues
from reports.paper.rendering.client import draw
from reports.paper.report.overview import approval_rows, overview
from reports.paper.wording.characters import unprintable
from reports.paper.wording.notes import Footnotes
from reports.paper.wording.wording import has_long_word, is_whole, items, lines, shortened

if TYPE_CHECKING:
    from reports.document.year_review import TextBox, YearReview

HASH_DIGITS = 12
# Indentation of the templates; what people write has no bare brackets. It would all be parsed and laid out.
BETWEEN_TAGS = re.compile(r">\s*\n\s*<")
TEXT = re.compile(r">([^<]+)<")
OPENING, LONG_OPENING = '<html lang="ja">', '<html lang="ja" class="long-words">'
# What fits the edge of an upright page beside the other words there.
RUNNING_SIGNS = 62


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished paper: its bytes, how many pages, and the bytes' sha256 in hex."""

    content: bytes
    pages: int
    sha256: str


def make_pdf(review: YearReview, *, seconds: float = 60) -> Pdf:
    """Make the paper. Raise RenderFailed (reports.paper.rendering.client) with a Japanese reason."""
    drawing = draw(paper_html(review), seconds=seconds)
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def paper_html(review: YearReview) -> str:
    """The whole paper as HTML that needs nothing but `own:css/paper.css`."""
    page = render_to_string("reports/paper/report.html", paper_context(review))
    html = BETWEEN_TAGS.sub("><", page)
    if has_long_word(TEXT.findall(html)):
        return html.replace(OPENING, LONG_OPENING, 1)
    return html


def paper_context(review: YearReview) -> dict[str, object]:
    """What the templates print: the review, and its texts cut into lines, rows and columns."""
    notes = Footnotes()
    rows = figure_rows(review.figures, notes)
    steps, before = course(review.steps), changes(review)
    return {
        "review": review,
        "town": f"{review.prefecture_name}{review.municipality_name}",
        "title": _title(review),
        "running": shortened(_title(review), RUNNING_SIGNS),
        "short_hash": review.head.sha256[:HASH_DIGITS],
        "recipients": "、".join(review.head.recipients),
        "overview": overview(review),
        "approval_rows": approval_rows(review.approvals),
        "figure_rows": rows,
        "footnotes": notes.lines,
        "profile": tuple(map(_box, review.profile)),
        "features": tuple(map(_box, review.features)),
        "goals": tuple(
            {
                "label": one.label,
                "lines": lines(one.text),
                "agreed": one.agreed,
                "is_whole": is_whole(one.text),
            }
            for one in review.goals
        ),
        "course": steps,
        "changes": before,
        "measures": measures(review.indicators),
        "indicator_comment": items(review.indicator_comment),
        "issues": issues(review.issues),
        "activities": activities(review.activities),
        "models": tuple(map(model, review.logic_models)),
        "figures_font": FONT,
        "parts": parts(review, course=steps, changes=before),
        "unprintable": len(unprintable(review)),
    }


def _title(review: YearReview) -> str:
    head = review.head
    town = f"{review.prefecture_name}{review.municipality_name}"
    return "　".join(
        filter(
            None,
            (
                town,
                review.fiscal_year_label,
                "在宅医療・介護連携推進事業",
                head.kind_label,
                head.step_label,
            ),
        )
    )


def _box(box: TextBox) -> dict[str, object]:
    return {"label": box.label, "lines": lines(box.text), "is_whole": is_whole(box.text)}
