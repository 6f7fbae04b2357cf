"""The report on A4 landscape: a YearReview, by Django's templates, to HTML and to PDF."""

import hashlib
import math
import re
from dataclasses import dataclass

from django.template.loader import render_to_string

from reports.document.year_review import Figure, SupportStep, TextBox, YearReview
from reports.paper.characters import unprintable
from reports.paper.client import draw

FIGURES_A_ROW = 4
HASH_DIGITS = 12
# A line of a list may begin with its own sign (①…⑳ and ⑴…⒇ too); a line without one gets 「・」.
SIGN = re.compile(r"(\s*)([・●○◎■□◆◇▲△▼▽★☆※＊*•\-－–—→⇒➡①-⑳⑴-⒇])(.*)", re.DOTALL)
# A row is kept on one page up to this many lines (a third of it), estimated by the narrowest column.
WHOLE_ROW_LINES = 12
LINE_SIGNS = 36
QUANTITY = re.compile(r"([約▲−+-]?[0-9][0-9,.]*)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished paper: its bytes, how many pages, and the bytes' sha256 in hex."""

    content: bytes
    pages: int
    sha256: str


def make_pdf(review: YearReview, *, seconds: float = 60) -> Pdf:
    """Make the paper. Raise RenderFailed (reports.paper.client) with a Japanese reason."""
    drawing = draw(paper_html(review), seconds=seconds)
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def paper_html(review: YearReview) -> str:
    """The whole paper as HTML that needs nothing but `own:css/paper.css`."""
    return render_to_string("reports/paper/interim.html", paper_context(review))


def paper_context(review: YearReview) -> dict[str, object]:
    """What the template prints: the review, and its texts cut into lines and rows."""
    footnotes = tuple(dict.fromkeys(filter(None, map(_footnote, review.figures))))
    return {
        "review": review,
        "town": _town(review),
        "short_hash": review.head.sha256[:HASH_DIGITS],
        "recipients": "、".join(review.head.recipients),
        "figure_rows": _figure_rows(review.figures, footnotes),
        "footnotes": tuple(enumerate(footnotes, start=1)),
        "profile": tuple(map(_box, review.profile)),
        "features": tuple(map(_box, review.features)),
        "issues": tuple(map(_item, review.issues_before)),
        "goals": tuple(_box(TextBox(goal.label, goal.text)) for goal in review.goals),
        "steps": tuple(map(_step, review.steps)),
        "unprintable": len(unprintable(review)),
    }


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text, each as it was typed; lines without any visible sign are left out."""
    return tuple(line for line in text.split("\n") if line.strip())


def items(text: str) -> tuple[dict[str, str], ...]:
    """The lines of a list, each as indent, sign and text."""
    return tuple(map(_item, lines(text)))


def is_whole(text: str) -> bool:
    """Whether the row that holds this text is short enough never to be cut by a page's end."""
    return sum(1 + len(line) // LINE_SIGNS for line in lines(text)) <= WHOLE_ROW_LINES


def _item(text: str) -> dict[str, str]:
    indent, sign, rest = found.groups() if (found := SIGN.fullmatch(text)) else ("", "・", text)
    return {"indent": indent, "sign": sign, "text": rest}


def _town(review: YearReview) -> str:
    return f"{review.prefecture_name}{review.municipality_name}"


def _footnote(figure: Figure) -> str:
    text = "　".join(filter(None, (figure.period, figure.source)))
    return f"{text}（{figure.note}）" if text and figure.note else text or figure.note


def _figure_rows(
    figures: tuple[Figure, ...], footnotes: tuple[str, ...]
) -> tuple[tuple[dict[str, object], ...], ...]:
    """Rows of at most FIGURES_A_ROW cells, evenly filled: five figures stand as three and two."""
    cells = tuple(_cell(figure, footnotes) for figure in figures)
    width = math.ceil(len(cells) / max(1, math.ceil(len(cells) / FIGURES_A_ROW)))
    return tuple(cells[start : start + width] for start in range(0, len(cells), width or 1))


def _cell(figure: Figure, footnotes: tuple[str, ...]) -> dict[str, object]:
    """A figure with its value cut in two, so that the number stands larger than 「人」 or 「％」."""
    note = _footnote(figure)
    found = QUANTITY.fullmatch(figure.value)
    number, unit = found.groups() if found else ("", figure.value)
    mark = footnotes.index(note) + 1 if note else None
    return {"label": figure.label, "number": number, "unit": unit, "mark": mark}


def _box(box: TextBox) -> dict[str, object]:
    return {"label": box.label, "lines": lines(box.text), "is_whole": is_whole(box.text)}


def _advice(step: SupportStep) -> str:
    return "\n".join([*(one.text for one in step.advice), *step.keywords])


def _step(step: SupportStep) -> dict[str, object]:
    return {
        "title": step.title,
        "held_on": step.held_on,
        "situation_label": step.situation_label,
        "situation": items(step.situation),
        "advice": items(_advice(step)),
        "is_whole": is_whole(step.situation) and is_whole(_advice(step)),
    }
