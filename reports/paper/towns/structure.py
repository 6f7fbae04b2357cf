"""One structure of coordinators on A4: the letters shrink until one page holds it; what does not fit goes on to a second."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from coordinators.reading.network import network
from reports.paper.rendering.client import draw
from reports.paper.report.sheet import BETWEEN_TAGS, Pdf

if TYPE_CHECKING:
    from coordinators.reading.sheet import StructureSheet
    from logicmodels.shape.diagram import Diagram
    from reports.paper.towns.town_facts import TownFacts

# Letters from large to small, the smallest of 7.5 points: nothing is cut, whatever the number of pages.
SIZES = ("size-105", "size-95", "size-85", "size-75")
SMALLEST = SIZES[-1]
# More signs no A4 holds in the smallest letters: larger ones are not tried.
MOST_SIGNS = 4500


@dataclass(frozen=True, slots=True)
class StructurePaper:
    """What stands on the page of a structure."""

    sheet: StructureSheet
    prefecture_name: str
    facts: TownFacts
    year: str
    made_on: str

    @property
    def diagram(self) -> Diagram:
        """The coordinators in their lanes."""
        return network(self.sheet.posts, self.sheet.prefecture_posts).diagram

    @property
    def towns(self) -> str:
        """「見本市・見本町」: the lead and its partners."""
        return "・".join((self.sheet.lead_name, *(one.name for one in self.sheet.partners)))


def make_structure(paper: StructurePaper, *, seconds: float = 20) -> Pdf:
    """Draw it with the largest letters that one page holds, else with the smallest. Raises RenderFailed."""
    for letters in SIZES if _signs_of(paper) <= MOST_SIGNS else (SMALLEST,):
        drawing = draw(structure_html(paper, letters=letters), seconds=seconds)
        if drawing.pages == 1:
            break
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def _signs_of(paper: StructurePaper) -> int:
    sheet = paper.sheet
    texts = [sheet.background, sheet.note, sheet.axes_note]
    texts += [one.text for one in sheet.stages]
    texts += [one.work for one in sheet.prefecture_posts]
    for post in sheet.posts:
        texts += [post.title, post.name, post.qualifications, post.note, post.staffing_words]
    for block in sheet.headings:
        texts += [block.text, *(one.text for one in block.items)]
    return sum(map(len, texts)) + paper.facts.signs


def structure_html(paper: StructurePaper, *, letters: str) -> str:
    """The page as HTML that needs nothing but our own paper styles."""
    context = {
        "paper": paper,
        "sheet": paper.sheet,
        "facts": paper.facts,
        "diagram": paper.diagram,
        "letters": letters,
    }
    return BETWEEN_TAGS.sub("><", render_to_string("reports/paper/structure.html", context))
