"""What stands on slides before they are cut to size and drawn: frozen, and in points where it is a size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from indicators.charts.structure import Chart

# `item` gets a bullet, `signed` brings its own sign, `muted` says that nothing is written.
Kind = Literal["plain", "item", "signed", "heading", "muted"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    kind: Kind = "plain"


@dataclass(frozen=True, slots=True)
class Cover:
    """The first slide."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A title and paragraphs; `size` is 0 until the text is cut into slides."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    size: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """A title and two headed texts side by side."""

    title: str
    heads: tuple[str, str]
    left: tuple[Paragraph, ...]
    right: tuple[Paragraph, ...]
    size: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A native table. Its size, the widths of columns and the heights of rows come with the cutting."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    size: int = 0
    widths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A native chart with what is to be said of it at its side."""

    title: str
    chart: Chart
    paragraphs: tuple[Paragraph, ...]
    size: int = 0


Part = Cover | Text | Columns | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """Slides that belong together; PowerPoint lists, moves and leaves out a section as one."""

    name: str
    parts: tuple[Part, ...]
