"""評価シート on A4 landscape, as many sheets as it needs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from councils.evaluating import joined_sheet
from indicators.followed.evaluation_sheet import hides_small, lacks_parts
from indicators.verdicts.evaluation import BASIS
from reports.paper.rendering.client import draw
from reports.paper.report.sheet import BETWEEN_TAGS, Pdf

if TYPE_CHECKING:
    from councils.evaluating.joined_sheet import Part

FEW = "「x」は、数が小さいため秘匿しています。"
NO_PARTS = "「x」は、分子と分母が入力されておらず、何人を数えた割合か分からないため秘匿しています。"
FEW_OR_NO_PARTS = "「x」は、数が小さいか、分子と分母が入力されておらず何人を数えた割合か分からないため秘匿しています。"


@dataclass(frozen=True, slots=True)
class EvaluationPaper:
    """What stands on the sheets; `scene` is empty where all scenes are told, `mark` on sheets for people outside."""

    municipality: str
    year: str
    scene: str
    made_on: str
    parts: tuple[Part, ...]
    basis: str = BASIS
    mark: str = ""

    @property
    def hidden(self) -> str:
        """Return in a sentence why numbers are 「x」: they are small, or shares without their parts."""
        lines = joined_sheet.lines_of(self.parts)
        if not lacks_parts(lines):
            return FEW
        return FEW_OR_NO_PARTS if hides_small(lines) else NO_PARTS


def make_evaluation(paper: EvaluationPaper, *, seconds: float = 60) -> Pdf:
    """Draw it. Raises RenderFailed."""
    drawing = draw(evaluation_html(paper), seconds=seconds)
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def evaluation_html(paper: EvaluationPaper) -> str:
    """The sheets as HTML that needs nothing but our own paper styles."""
    context = {"paper": paper, "parts": paper.parts}
    return BETWEEN_TAGS.sub("><", render_to_string("reports/paper/evaluation.html", context))
