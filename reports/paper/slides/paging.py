"""Cuts what is told into slides so that nothing runs over; what goes on says 「（続き）」. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from reports.paper.slides import measuring, tables
from reports.paper.slides.measures import (
    BEFORE,
    BEFORE_HEADING,
    BODY_HEIGHT,
    FULL,
    HALF,
    HEAD_HEIGHT,
    INDENT,
    INSET,
    SIDE,
    SIDE_SIZES,
    SIZES,
)
from reports.paper.slides.parts import (
    Columns,
    Cover,
    Paragraph,
    Part,
    Picture,
    Section,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# Two lines of the smallest title, with room for 「（続き）」.
LONGEST_TITLE = 76.0
FIRST_TIME = 1
# More than this nobody shows. What is beyond stands in the other papers.
MOST = 200
BEYOND = Section(
    "続きの資料",
    (
        Text(
            "このあとの内容",
            (
                Paragraph(
                    "ここから先は、スライドに入りきりません。PDFと表（.xlsx）をご覧ください。"
                ),
            ),
            SIZES[0],
        ),
    ),
)


def paged(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return the sections slide by slide, every slide with a title of its own."""
    seen: Counter[str] = Counter()
    cut: list[Section] = []
    left = MOST - 1
    for section in sections:
        slides = (slide for part in section.parts for slide in slides_of(part))
        fitting = tuple(_titled(one, seen) for one in islice(slides, left))
        left -= len(fitting)
        if fitting:
            cut.append(Section(section.name, fitting))
        if next(slides, None):
            return (*cut, BEYOND)
    return tuple(cut)


def _titled(part: Part, seen: Counter[str]) -> Part:
    """Return a slide whose title no other bears; a title of more than two lines is shortened."""
    title = part.title
    if measuring.width(title) > LONGEST_TITLE:
        title = f"{measuring.cut(title, LONGEST_TITLE - 1, 1)[0]}…"
    seen[title] += 1
    while seen[title] > 1:
        times = seen[title]
        title += "（続き）" if times == FIRST_TIME + 1 else f"（続き{times - 1}）"
        seen[title] += 1
    return replace(part, title=title)


def slides_of(part: Part) -> Iterator[Part]:
    """Yield the slides that a part takes, each with its final sizes."""
    match part:
        case Cover():
            yield part
        case Text():
            size, pages = _pages(part.paragraphs, FULL, SIZES, BODY_HEIGHT)
            yield from (replace(part, paragraphs=page, size=size) for page in pages)
        case Columns():
            yield from _side_by_side(part)
        case Picture():
            yield from _beside_the_chart(part)
        case Table():
            yield from tables.cut_to_slides(part)


def _side_by_side(part: Columns) -> Iterator[Part]:
    """Where one side ends first, the other goes on over the whole width."""
    height = BODY_HEIGHT - HEAD_HEIGHT
    wanted = (_pages(side, HALF, SIZES, height)[0] for side in (part.left, part.right))
    size = min(wanted)
    left, right = (_pages(side, HALF, (size,), height)[1] for side in (part.left, part.right))
    for page, beside in zip(left, right, strict=False):
        yield replace(part, left=page, right=beside, size=size)
    both = min(len(left), len(right))
    for head, pages in zip(part.heads, (left, right), strict=True):
        if rest := tuple(one for page in pages[both:] for one in page):
            yield from slides_of(Text(part.title, (Paragraph(head, "heading"), *rest)))


def _beside_the_chart(part: Picture) -> Iterator[Part]:
    """What does not fit at the chart's side follows on a slide of text."""
    size, pages = _pages(part.paragraphs, SIDE, SIDE_SIZES, BODY_HEIGHT)
    yield replace(part, paragraphs=pages[0], size=size)
    if rest := tuple(one for page in pages[1:] for one in page):
        yield from slides_of(Text(part.title, rest))


def _pages(
    paragraphs: tuple[Paragraph, ...], width: float, sizes: tuple[int, ...], height: float
) -> tuple[int, list[tuple[Paragraph, ...]]]:
    """Return the largest size in which the text fits on one slide, or the smallest and its slides."""
    for size in sizes:
        if sum(needed(one, width, size) for one in paragraphs) <= height:
            return size, [paragraphs]
    return sizes[-1], _cut(paragraphs, width, sizes[-1], height)


def _cut(
    paragraphs: tuple[Paragraph, ...], width: float, size: int, height: float
) -> list[tuple[Paragraph, ...]]:
    """A heading stays with what follows it; where its text goes on, it stands again."""
    pages: list[tuple[Paragraph, ...]] = []
    again: list[Paragraph] = []
    page: list[Paragraph] = []
    waiting = list(reversed(paragraphs))
    while waiting:
        one = waiting.pop()
        room = height - sum(needed(two, width, size) for two in page)
        is_heading = one.kind == "heading"
        follows = needed(waiting[-1], width, size) if is_heading and waiting else 0
        if page == again:
            follows = 0
        if needed(one, width, size) + min(follows, height / 4) <= room:
            page.append(one)
            if is_heading:
                again = [one] if needed(one, width, size) < height / 4 else []
            continue
        if needed(one, width, size) > height - sum(needed(two, width, size) for two in again):
            first, one = _halves(one, width, size, room)
            page += [first] if first else []
        waiting.append(one)
        pages.append(tuple(page))
        page = [] if is_heading else list(again)
    return [*pages, tuple(page)]


def _halves(
    one: Paragraph, width: float, size: int, height: float
) -> tuple[Paragraph | None, Paragraph]:
    """Return the part of a very long paragraph that fits into a height, and the rest."""
    most = int((height - _before(one)) // measuring.leading(size))
    if most < 1:
        return None, one
    text, rest = measuring.cut(one.text, _room(one, width, size), most)
    return replace(one, text=text), replace(one, text=rest)


def needed(one: Paragraph, width: float, size: int) -> float:
    """Return the height of a paragraph in points."""
    count = measuring.lines(one.text, _room(one, width, size))
    return _before(one) + count * measuring.leading(size)


def _before(one: Paragraph) -> int:
    return BEFORE_HEADING if one.kind == "heading" else BEFORE


def _room(one: Paragraph, width: float, size: int) -> float:
    indent = INDENT if one.kind in {"item", "signed"} else 0
    return (width - 2 * INSET) / size - indent
