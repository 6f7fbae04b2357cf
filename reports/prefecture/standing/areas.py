"""Cutting a prefecture's table to one 二次医療圏: which there are, and which one a query asks for. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.prefecture.standing.lines import Line

ALL = "すべて"


@dataclass(frozen=True, slots=True)
class Areas:
    """Code and name of the areas of the lines, and the code of the chosen one; empty is all of them."""

    known: tuple[tuple[str, str], ...] = ()
    chosen: str = ""

    @property
    def name(self) -> str:
        return dict(self.known).get(self.chosen, "")

    @property
    def told(self) -> str:
        """What the Excel says of it."""
        return self.name or ALL

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """Return what may be chosen, all of them first; nothing where no area is known."""
        return (("", ALL), *self.known) if self.known else ()

    def keeps(self, line: Line) -> bool:
        return not self.chosen or self.chosen in dict(line.areas)


def asked_of(lines: Iterable[Line], asked: Mapping[str, str]) -> Areas:
    """Return the areas of these lines with the one that is asked for.

    Without lines whatever is asked for is believed: only the address is wanted.
    """
    every = list(lines)
    known = tuple(sorted({area for line in every for area in line.areas}))
    code = asked.get("area", "")
    return Areas(known, code if code in dict(known) or not every else "")
