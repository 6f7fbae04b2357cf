"""Which lines of the entry grid are shown: all, those flagged to be checked later, those that look strange."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import QueryDict

from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from indicators.grid.grid import Line
    from municipalities.entrance.http import HouseRequest

LATER, DOUBTFUL = "later", "doubtful"
KINDS: dict[str, tuple[str, Callable[[Line], bool]]] = {
    "": ("すべて", lambda _: True),
    LATER: ("あとで確かめる", lambda line: line.is_to_check),
    DOUBTFUL: ("いつもと違う値", lambda line: line.is_doubtful),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind of lines with how many there are."""

    kind: str
    label: str
    count: int
    is_chosen: bool

    @property
    def text(self) -> str:
        return f"{self.label}（{self.count}）"


@dataclass(frozen=True, slots=True)
class Head:
    """A year of the grid, with the ways in which a sheet may head its column."""

    year: int

    @property
    def label(self) -> str:
        return fiscal.label(self.year)

    @property
    def names(self) -> str:
        """Return the headings separated by blanks, folded as the page's script folds them: 令和8年度 R8 2026."""
        era = fiscal.era_year(self.year).removesuffix("年度")
        count = era[2:].replace("元", "1")
        letter = {"令和": "R", "平成": "H", "昭和": "S"}[era[:2]]
        spoken = {f"{era[:2]}{count}", era, f"{letter}{count}", f"{letter}0{count}", str(self.year)}
        told = [f"{one}{ending}" for one in sorted(spoken) for ending in ("", "年", "年度")]
        both = f"{era}年度({self.year}年度)"
        return " ".join([*told, both, f"{both}の値"])


def chosen(request: HouseRequest) -> str:
    """Return the kind of lines that the address names; all of them for anything else."""
    return known(request.GET.get("only", ""))


def named(address: str | None) -> str:
    """Return the kind of lines that the address of a page names, which asks for a part of it."""
    return known(QueryDict(urlsplit(address or "").query).get("only", ""))


def known(only: str) -> str:
    return only if only in KINDS else ""


def label(lines: Iterable[Line], kind: str) -> str:
    """Return 「いつもと違う値（3）」: a kind of lines and how many there are."""
    return next(one.text for one in choices(lines, "") if one.kind == kind)


def choices(lines: Iterable[Line], only: str) -> list[Choice]:
    lines = list(lines)
    return [
        Choice(kind, label, sum(map(is_one, lines)), kind == only)
        for kind, (label, is_one) in KINDS.items()
    ]


def kept(lines: Iterable[Line], only: str) -> list[Line]:
    """Return the lines of a kind; one that comes back with an error or a conflict stays whatever its kind."""
    _, is_one = KINDS[only]
    return [line for line in lines if is_one(line) or is_returned(line)]


def is_returned(line: Line) -> bool:
    return any(one.errors or one.theirs for one in (*line.before, line))
