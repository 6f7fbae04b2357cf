"""A comparison on A3: as many tables as its columns need, the municipalities' names in each, the head on every page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from indicators.comparison.asking import cell_words
from indicators.comparison.judging import telling
from indicators.comparison.page import heat
from reports.paper.rendering.client import draw
from reports.paper.report.sheet import BETWEEN_TAGS, Pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.comparison.shape import Cell, Column, Comparison

# So many columns stand beside the names on A3, each wide enough for the name of an indicator.
COLUMNS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class ComparisonPaper:
    """What is printed: the numbers, what was chosen in words, and the conditions under which they may be used."""

    comparison: Comparison
    owner: str
    chosen: tuple[tuple[str, str], ...]
    made_on: str
    licences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """One cell: its number or the word for why there is none, its sign, its colour, what stands below."""

    text: str
    sign: str = ""
    look: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A place, or a line below them. `said`: why the place is among them."""

    name: str
    cells: tuple[Printed, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one table, `first` to `last` of all."""

    first: int
    last: int
    heads: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    foot: tuple[Row, ...]


def make_comparison(paper: ComparisonPaper, *, seconds: float = 200) -> Pdf:
    """Draw it. Raises RenderFailed (reports.paper.rendering.client) with a Japanese reason."""
    drawing = draw(comparison_html(paper), seconds=seconds)
    return Pdf(drawing.pdf, drawing.pages, hashlib.sha256(drawing.pdf).hexdigest())


def comparison_html(paper: ComparisonPaper) -> str:
    """The whole paper as HTML that needs nothing but `own:css/paper.css` and `own:css/comparison_paper.css`."""
    noun = telling.noun(paper.comparison)
    context = {
        "paper": paper,
        "title": paper.comparison.title,
        "groups": list(groups(paper)),
        "columns": paper.comparison.columns,
        "read_as": telling.of(telling.READ_AS, noun),
        "noun": noun,
        "together": telling.together(paper.comparison),
        "has_classes": telling.has_classes(paper.comparison),
    }
    return BETWEEN_TAGS.sub("><", render_to_string("reports/paper/comparison.html", context))


def groups(paper: ComparisonPaper) -> Iterator[Group]:
    """Yield the columns by the page; the last ones are not left alone on theirs."""
    columns = paper.comparison.columns
    feet = list(heat.foot(paper.comparison, prefecture=paper.owner))
    for first, last in spans(len(columns)):
        here = columns[first:last]
        yield Group(
            first=first + 1,
            last=last,
            heads=tuple((one.name, _said(one)) for one in here),
            rows=tuple(_rows(paper.comparison, here)),
            foot=tuple(
                Row(one.label, tuple(Printed(text or "－") for text in one.texts[first:last]))
                for one in feet
            ),
        )


def spans(count: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each group: as few as hold all columns, and of nearly the same size."""
    pages = -(-count // COLUMNS_A_PAGE)
    for page in range(pages):
        yield count * page // pages, count * (page + 1) // pages


def _said(column: Column) -> str:
    return "　".join(filter(None, (heat.unit(column), heat.years(column), heat.way(column))))


def _rows(comparison: Comparison, columns: Sequence[Column]) -> Iterator[Row]:
    for place in comparison.places:
        cells = (printed(comparison.cell(place, column), column) for column in columns)
        yield Row(place.name, tuple(cells), comparison.reasons.get(place.code, ""))


def printed(cell: Cell, column: Column) -> Printed:
    """Return a cell as the screen shows it."""
    if cell.value is None:
        return Printed(telling.MISSING[cell.state], look="m", said=_below(cell))
    return Printed(
        text=heat.text(cell.value, column),
        sign=cell_words.sign(cell, column),
        look=_look(cell, column),
        said=_below(cell),
    )


def _look(cell: Cell, column: Column) -> str:
    if cell.is_reference:
        return "r"
    if cell.quarter is None or not cell_words.is_coloured(cell, column):
        return ""
    return f"{'q' if column.is_ranked else 'h'}{cell.quarter:d}"


def _below(cell: Cell) -> str:
    zero = telling.STRUCTURAL_ZERO if cell.is_structural_zero else ""
    return "、".join(filter(None, (zero, cell.word, cell.reply)))
