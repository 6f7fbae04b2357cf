"""A questionnaire on A4, to be filled in with a pen: boxes to tick, lines to write on, the way on after an answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from reports.paper.rendering.client import draw
from reports.paper.report.sheet import BETWEEN_TAGS, Pdf
from surveys.choices import QuestionType
from surveys.questionnaires.shape import asked_inputs, furigana

if TYPE_CHECKING:
    from surveys.questionnaires.shape.asked_inputs import Inputs
    from surveys.questionnaires.shape.form_shape import Asked, Form
    from surveys.rounds.told import Told

# Options no longer than this stand side by side.
SHORT_LABEL = 14
# How large a reading is beside its kanji (questionnaire_paper.css).
SMALL = 0.65


@dataclass(frozen=True, slots=True)
class QuestionnairePaper:
    """What is printed. `told`: the facts of the round that hands it out; without a round it is a sample."""

    form: Form
    title: str
    municipality: str
    told: Told | None = None

    @property
    def pages(self) -> list[tuple[str, str, list[Printed]]]:
        """Each part with its heading, its explanation and its questions."""
        return [
            (page.heading, page.help, [_printed(self.form, asked) for asked in page.questions])
            for page in self.form.pages
        ]


@dataclass(frozen=True, slots=True)
class Printed:
    inputs: Inputs

    @property
    def is_in_a_row(self) -> bool:
        """All its options are so short that they stand side by side."""
        boxes = self.inputs.boxes
        return all(
            width_of(box.label) <= SHORT_LABEL and not box.leads_to and not box.line
            for box in boxes
        )

    @property
    def hint(self) -> str:
        """How to answer, in the words of paper."""
        asked = self.inputs.asked
        if self.inputs.shape == "radio":
            return "（一つに✓）"
        if self.inputs.shape == "checkbox":
            many = f"{asked.most}つまで✓" if asked.most else "あてはまるものすべてに✓"
            return f"（{many}{alone_of(asked)}）"
        if self.inputs.shape == "table" and asked.choices:
            return "（行ごとに一つに✓）"
        if within := asked_inputs.range_of(asked):
            return f"（{furigana.plain(within)}）"
        return "（一つに✓）" if asked.kind == QuestionType.PROFESSION else ""

    @property
    def extra(self) -> str:
        return self.inputs.hint if self.inputs.asked.kind == QuestionType.OWN_CODE else ""


def alone_of(asked: Asked) -> str:
    """Say which option is ticked without others, as the phone does."""
    alone = "".join(f"「{furigana.plain(one.label)}」" for one in asked.options if one.is_exclusive)
    return f"。{alone}は、それだけに✓" if alone else ""


def width_of(label: str) -> float:
    """Return how many signs wide it is printed: readings stand behind their kanji, in small brackets."""
    return sum(
        len(piece.text) + (len(piece.reading) + 2) * SMALL * bool(piece.reading)
        for piece in furigana.pieces(label)
    )


def _printed(form: Form, asked: Asked) -> Printed:
    return Printed(asked_inputs.drawn(form, asked))


def make_questionnaire(paper: QuestionnairePaper, *, seconds: float = 60) -> Pdf:
    """Draw it on as many pages as it takes. Raises RenderFailed."""
    drawing = draw(questionnaire_html(paper), seconds=seconds)
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def questionnaire_html(paper: QuestionnairePaper) -> str:
    """The paper as HTML that needs nothing but our own paper styles."""
    html = render_to_string("reports/paper/questionnaire.html", {"paper": paper})
    return BETWEEN_TAGS.sub("><", html)
