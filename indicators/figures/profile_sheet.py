"""The numbers of 自治体概要 as its sheet prints them: rows of values with footnotes of source and year. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.figures.profile_figures import RATE_KINDS, RATE_UNSPECIFIED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indicators.figures.profile_figures import ProfileFigure

# A row of the sheet holds several figures; each says behind its value which one it is.
ROWS = (
    ("人口", {"population_total": ""}),
    ("高齢化率", {"aging_rate_65": "65歳以上", "aging_rate_75": "75歳以上"}),
    ("要介護認定率", RATE_KINDS | {RATE_UNSPECIFIED: ""}),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value: 「26.2％（65歳以上）」, and the number of its footnote where the row's label has none."""

    text: str
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `mark` is the footnote that all its values share."""

    label: str
    values: tuple[Value, ...]
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """`notes` are the footnotes in the order of their numbers, from 1."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def of(figures: Iterable[ProfileFigure]) -> Sheet:
    """Return the sheet of these figures. A source that several of them share is told once."""
    found = {figure.definition.code: figure for figure in figures}
    sources: dict[str, list[str]] = {}
    rows = [row_of(label, parts, sources) for label, parts in lines(found)]
    notes = [source + "".join(said) for source, said in sources.items()]
    return Sheet(tuple(rows), tuple(notes))


def lines(
    found: dict[str, ProfileFigure],
) -> Iterator[tuple[str, list[tuple[ProfileFigure, str]]]]:
    """Yield the rows of the form that have figures, then every other figure as a row of its own."""
    rest = dict(found)
    for label, codes in ROWS:
        if parts := [(rest.pop(code), name) for code, name in codes.items() if code in rest]:
            yield label, parts
    for figure in rest.values():
        yield figure.definition.name, [(figure, "")]


def row_of(
    label: str, parts: list[tuple[ProfileFigure, str]], sources: dict[str, list[str]]
) -> Row:
    marks = [noted(label, figure, sources) for figure, _ in parts]
    is_shared = len(set(marks)) == 1
    values = [
        Value(f"{figure.text}（{name}）" if name else figure.text, 0 if is_shared else mark)
        for mark, (figure, name) in zip(marks, parts, strict=True)
    ]
    return Row(label, tuple(values), marks[0] if is_shared else 0)


def noted(label: str, figure: ProfileFigure, sources: dict[str, list[str]]) -> int:
    """Put a figure's source and note among the footnotes; return its number, 0 for none."""
    if figure.measurement is None:
        return 0
    source = f"{figure.source_and_period}。"
    said = sources.setdefault(source, [])
    note = f"{label}は、{figure.note}。" if figure.note else ""
    if note and note not in said:
        said.append(note)
    return list(sources).index(source) + 1
