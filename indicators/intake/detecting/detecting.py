"""Proposes how a file is laid out: by a layout that is known, or else by what stands in its first rows. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from indicators.choices import CodeForm, ColumnRole
from indicators.intake.detecting import headings, naming, remembering
from indicators.intake.detecting.headings import Heading, normal, without_year
from indicators.intake.layouts.layout import Column, Layout
from indicators.intake.layouts.plan import MEASURED, key_of
from indicators.intake.layouts.shape import Shape, shape_of
from indicators.intake.layouts.table import at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indicators.intake.sheets.book import Book, Sheet

ROWS_OF_MARKS = 12
# What a layout without columns says of a file: whose it is and what its signs mean.
OF_THE_SOURCE = (
    "code",
    "name",
    "title",
    "publisher",
    "sheet",
    "file_pattern",
    "marks",
    "signs",
)
BETWEEN_MARKS = "、"
SOURCE_HEADINGS = frozenset({"source", "出典", "データの出所"})
TABLE_OF_MIERUKA = "表形式"
LONGEST = {"name": 100, "title": 200, "sheet": 60, "heading": 300}
MOST_MARKS, SHORTEST_MARK = 3, 3
NO_MARK = re.compile(r"[\d、]")
DOWNLOADED_AGAIN = re.compile(r"\s*[（(]\d+[)）]$")


def propose(
    book: Book, file_name: str, layouts: Sequence[Layout], definitions: Mapping[str, Any]
) -> Layout:
    """Return a layout for a file, with every column of its sheet; what is not known is left out of it."""
    stem = DOWNLOADED_AGAIN.sub("", PurePath(file_name).stem)
    known = recognised(book, stem, layouts)
    sheet = sheet_of(book, known or Layout())
    seen = Seen.of(book, sheet, stem, naming.about(stem, definitions))
    if known is None:
        return guessed(seen, definitions)
    if known.columns:
        return as_known(known, seen, definitions)
    own = guessed(seen, definitions)
    names = {field: getattr(known, field) for field in OF_THE_SOURCE}
    return replace(own, **{name: value for name, value in names.items() if value})


def as_known(known: Layout, seen: Seen, definitions: Mapping[str, Any]) -> Layout:
    """Return a known layout for this file; where headings alone tell it, with the title and new columns of the file."""
    best, found = aligned(known, seen)
    layout = realigned(known, best, found)
    if remembering.is_told_by_headings(known, marks_of_layout(known)):
        layout = remembering.with_guesses(layout, guessed(best, definitions).columns, found)
        layout = remembering.of_statistic(layout, known, best.titles, [named_by(best), best.stem])
    title = (layout.title or named_by(seen))[: LONGEST["title"]]
    return replace(
        layout,
        title=remembering.renewed(title, *years_of(known, best))[: LONGEST["title"]],
        title_above=title_above(best),
    )


def years_of(known: Layout, seen: Seen) -> tuple[int | None, int | None]:
    """Return the years of a layout and of a file that is read by it."""
    before = remembering.newest_year(known.fiscal_year, [one.heading for one in known.columns])
    return before, remembering.newest_year(seen.year, [" ".join(h.told) for h in seen.headings])


def title_above(seen: Seen) -> str:
    """Return the longest title above a table, nothing where it has none."""
    return max(remembering.titles_above(seen.titles), key=len, default="")[: LONGEST["title"]]


def named_by(seen: Seen) -> str:
    """Return what a file calls its statistic: the one source that its rows name, its longest title, else its own name."""
    sources = {text for text in seen.sources if text}
    if len(sources) == 1:
        return sources.pop()[: LONGEST["title"]]
    return max(seen.titles, key=len, default=seen.stem)[: LONGEST["title"]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be seen of a sheet before anything is known of its source. `about`: the one indicator of the file."""

    sheet: Sheet
    stem: str
    about: str
    is_only_sheet: bool
    shape: Shape
    headings: list[Heading]

    @classmethod
    def of(cls, book: Book, sheet: Sheet, stem: str, about: str) -> Seen:
        shape = shape_of(sheet.rows) or Shape(1, 1, 2, 1, CodeForm.SIX, 0)
        found = headings_by(shape, sheet)
        return cls(sheet, stem, about, len(book.sheets) == 1, shape, found)

    def by(self, shape: Shape) -> Seen:
        return replace(self, shape=shape, headings=headings_by(shape, self.sheet))

    @property
    def titles(self) -> list[str]:
        return [
            text
            for row in self.sheet.rows[: self.shape.heading_from - 1]
            for text in headings.titles_in(row)
        ]

    @property
    def sources(self) -> Iterator[str]:
        """What stands in a column of sources, row by row."""
        for number, head in enumerate(self.headings, start=1):
            if key_of(head.text).lower() in SOURCE_HEADINGS:
                for row in self.sheet.rows[self.shape.first_row - 1 :]:
                    yield at(row, number).strip()

    @property
    def year(self) -> int | None:
        """The year of the whole table: told in its titles, or in the names of the sheet or the file."""
        found = headings.year_in(self.titles) or headings.year_in([self.sheet.name])
        return found or headings.year_in(re.split(r"[_\s-]", self.stem))


def headings_by(shape: Shape, sheet: Sheet) -> list[Heading]:
    """Return a heading for every column of a sheet, also for those that have none."""
    found = headings.headings(
        sheet.rows[shape.heading_from - 1 : shape.heading_to], shape.place_column
    )
    width = max((len(row) for row in sheet.rows), default=0)
    return found + [Heading(())] * (width - len(found))


def recognised(book: Book, stem: str, layouts: Sequence[Layout]) -> Layout | None:
    """Return the layout that says most of this file. Marks have to be there, all; without marks the name decides."""
    found = [
        (points, -place, layout)
        for place, layout in enumerate(layouts)
        if (points := points_of(layout, book, stem))
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


def points_of(layout: Layout, book: Book, stem: str) -> tuple[int, int] | None:
    """Return how much speaks for a layout: its marks, then its headings of values. None where it is not this one."""
    is_named = bool(layout.file_pattern) and remembering.matches(layout.file_pattern, stem)
    marks = marks_of_layout(layout)
    if not marks:
        return (1, 0) if is_named else None
    sheet = sheet_of(book, layout)
    if not has_marks(sheet, marks):
        return None
    points = sum(map(len, marks)) + is_named
    if not remembering.is_told_by_headings(layout, marks):
        return points, 0
    in_common = values_in_common(layout, sheet)
    return (points, in_common) if remembering.is_enough(layout, marks, in_common) else None


def values_in_common(layout: Layout, sheet: Sheet) -> int:
    """Return how many headings of values stand in a sheet, where they stood before or where its table has them."""
    shapes = [one for one in (shape_by(layout), shape_of(sheet.rows)) if one]
    return max(remembering.values_in_common(layout, headings_by(shape, sheet)) for shape in shapes)


def shape_by(layout: Layout) -> Shape:
    return Shape(
        layout.heading_from,
        layout.heading_to,
        layout.first_row,
        layout.place_column,
        layout.code_form,
        layout.prefecture_column,
    )


def marks_of_layout(layout: Layout) -> list[str]:
    return [normal(mark) for mark in layout.marks.split(BETWEEN_MARKS) if mark.strip()]


def has_marks(sheet: Sheet, marks: Sequence[str]) -> bool:
    """Whether all marks stand in the first rows of a sheet."""
    head = {normal(text) for row in sheet.rows[:ROWS_OF_MARKS] for text in row}
    return all(any(mark in text for text in head) for mark in marks)


def sheet_of(book: Book, layout: Layout) -> Sheet:
    """Return the sheet whose name begins as a layout says; without that of 見える化, or the first in which places stand.

    Where a sheet of that name is missing, the first that bears all marks of the layout is meant: names change.
    """
    for start in (layout.sheet, TABLE_OF_MIERUKA):
        for sheet in book.sheets:
            if start and normal(sheet.name).startswith(normal(start)):
                return sheet
    if layout.sheet:
        marks = marks_of_layout(layout)
        marked = (sheet for sheet in book.sheets if marks and has_marks(sheet, marks))
        return next(marked, book.sheets[0])
    return next((sheet for sheet in book.sheets if shape_of(sheet.rows)), book.sheets[0])


def guessed(seen: Seen, definitions: Mapping[str, Any]) -> Layout:
    """Return a layout by what stands in the file alone."""
    shape = seen.shape
    columns, form = naming.columns(
        seen.headings, seen.sheet.rows, shape, definitions, (seen.about, seen.stem)
    )
    factor = headings.factor_in(seen.titles)
    if factor != 1:
        columns = [
            replace(one, factor=Decimal(factor)) if one.role == ColumnRole.VALUE else one
            for one in columns
        ]
    return Layout(
        name=seen.stem[: LONGEST["name"]],
        title=named_by(seen),
        title_above=title_above(seen),
        sheet=sheet_prefix(seen.sheet.name, is_only=seen.is_only_sheet),
        marks=BETWEEN_MARKS.join(marks_of(seen.headings)),
        form=form,
        heading_from=shape.heading_from,
        heading_to=shape.heading_to,
        first_row=shape.first_row,
        code_form=shape.code_form,
        place_column=shape.place_column,
        prefecture_column=shape.prefecture_column,
        fiscal_year=seen.year,
        columns=tuple(columns),
    )


def headed_anew(layout: Layout, sheet: Sheet, definitions: Mapping[str, Any]) -> Layout:
    """Return a corrected layout with what its rows of headings say now: by them the next file is recognised.

    A column that was left out, and is headed otherwise now, is what its new heading names.
    """
    shape = shape_by(layout)
    found = headings_by(shape, sheet)
    before = {one.number: one for one in layout.columns}
    columns = tuple(
        replace(before.get(number, Column(number)), heading=head.text[: LONGEST["heading"]])
        for number, head in enumerate(found, start=1)
    )
    told = [[normal(one.heading) for one in those] for those in (columns, layout.columns)]
    if told[0] == told[1]:
        return layout
    headed = replace(layout, columns=columns, marks=BETWEEN_MARKS.join(marks_of(found)))
    guesses, _ = naming.columns(found, sheet.rows, shape, definitions)
    kept = {
        one.number
        for one in columns
        if one.role != ColumnRole.SKIPPED
        or one.heading == before.get(one.number, Column(one.number)).heading
    }
    return remembering.with_guesses(headed, guesses, kept)


def sheet_prefix(name: str, *, is_only: bool) -> str:
    """Return by what a sheet is found again next year: its name up to the first number or era."""
    if is_only or name.startswith(TABLE_OF_MIERUKA):
        return "" if is_only else TABLE_OF_MIERUKA
    return re.split(r"[\d０-９]|[RHS][\d０-９]|令和|平成", name)[0][: LONGEST["sheet"]]


def marks_of(found: Sequence[Heading]) -> list[str]:
    """Return a few headings by which a file of this kind can be told from others."""
    texts = [text for head in found for text in head.levels[-1:]]
    fit = [text for text in texts if len(text) >= SHORTEST_MARK and not NO_MARK.search(text)]
    return list(dict.fromkeys(fit))[:MOST_MARKS]


def aligned(known: Layout, seen: Seen) -> tuple[Seen, dict[int, Column]]:
    """Return where the headings of a known layout stand in this file, and its columns by their numbers there."""
    shapes = (seen.by(shape_by(known)), seen)
    best = max(shapes, key=lambda one: common(known, one.headings))
    return best, dict(pairs(known.columns, best.headings))


def realigned(known: Layout, best: Seen, found: Mapping[int, Column]) -> Layout:
    """Return a known layout for this file: its columns are found again by their headings, whose years may have moved on."""
    moved = {old.number: number for number, old in found.items()}
    is_same_year = tells_same_years(known, best, found)
    return replace(
        known,
        heading_from=best.shape.heading_from,
        heading_to=best.shape.heading_to,
        first_row=best.shape.first_row,
        place_column=moved.get(known.place_column, best.shape.place_column),
        prefecture_column=moved.get(known.prefecture_column, best.shape.prefecture_column),
        fiscal_year=best.year,
        # How final the whole of a file is, and of which day, is said of that file alone.
        finality="",
        as_of=None,
        columns=tuple(
            naming.with_years(
                [
                    as_found(number, head, found.get(number), is_same_year=is_same_year)
                    for number, head in enumerate(best.headings, start=1)
                ]
            )
        ),
    )


def tells_same_years(known: Layout, seen: Seen, found: Mapping[int, Column]) -> bool:
    """Whether a file is of the years its layout was made for, as far as it says: some are told, and none is another."""
    told = [(known.fiscal_year, seen.year)]
    told += [
        (headings.year_in([old.heading]), seen.headings[number - 1].year)
        for number, old in found.items()
    ]
    years = [pair for pair in told if any(pair)]
    return bool(years) and all(before == now for before, now in years)


def common(known: Layout, found: Sequence[Heading]) -> int:
    """Return how many of the remembered headings stand here."""
    here = {without_year(head.text) for head in found}
    return sum(bool(one.heading) and without_year(one.heading) in here for one in known.columns)


def as_found(number: int, head: Heading, old: Column | None, *, is_same_year: bool) -> Column:
    """Return a column of this file. A year set by hand is forgotten where the file may be of another."""
    heading = head.text[: LONGEST["heading"]]
    if old is None:
        return Column(number, heading)
    by_hand = old.fiscal_year if is_same_year else None
    is_same = normal(heading) == normal(old.heading)
    year = (by_hand if is_same else None) or head.year or by_hand
    is_measured = old.role in MEASURED
    return replace(old, number=number, heading=heading, fiscal_year=year if is_measured else None)


def pairs(old: Sequence[Column], found: Sequence[Heading]) -> Iterator[tuple[int, Column]]:
    """Yield the numbers of this file with the remembered columns: by the heading, without its year, else by number.

    By number only where no heading speaks against it: a column that has made room is not taken for another.
    """
    taken: set[int] = set()
    for number, one in by_heading(old, found):
        taken.add(number)
        yield number, one
    for one in old:
        is_free = one.number <= len(found) and one.number not in taken
        if is_free and not (one.heading and found[one.number - 1].text):
            yield one.number, one


def by_heading(old: Sequence[Column], found: Sequence[Heading]) -> Iterator[tuple[int, Column]]:
    remembered: dict[str, list[Column]] = {}
    for one in sorted(old, key=lambda column: column.number):
        if one.heading:
            remembered.setdefault(key_of_heading(one.heading), []).append(one)
    for key, numbers in numbers_by_heading(found).items():
        yield from zip(numbers, matching(remembered.get(key, []), numbers), strict=False)


def matching(remembered: list[Column], numbers: list[int]) -> list[Column]:
    """Return the remembered columns for as many of the same heading, none where it is not clear which is which."""
    if len(remembered) == len(numbers):
        return remembered
    same = {(one.role, one.indicator, one.factor) for one in remembered}
    return remembered[:1] * len(numbers) if len(same) == 1 else []


def numbers_by_heading(found: Sequence[Heading]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, head in enumerate(found, start=1):
        if head.text:
            numbers.setdefault(key_of_heading(head.text), []).append(number)
    return numbers


def key_of_heading(text: str) -> str:
    return remembering.key(text)
