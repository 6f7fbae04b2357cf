"""What of the tables of a round stays when its answers go, told before: found by the code that keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.questionnaires import form_shape
from surveys.tabulation import kept_crosses, kept_document, tabulating

if TYPE_CHECKING:
    from surveys.models import SurveyRound
    from surveys.tabulation.tabulating import Tabulated


@dataclass(frozen=True, slots=True)
class CrossesBy:
    """What is parted by one question. `partly`: of those that stay, what loses the counts of some options."""

    key: str
    name: str
    stay: tuple[str, ...]
    go: tuple[str, ...]
    partly: tuple[str, ...]

    @property
    def total(self) -> int:
        return len(self.stay) + len(self.go)


@dataclass(frozen=True, slots=True)
class Foretold:
    """`whole`: how many tables stay with all their numbers; `bare`: of which n alone; `meanless`: without mean.

    `crosses`: parted by what is kept; `unchosen`: what parts tables today, all of which go.
    """

    n: int
    whole: int
    bare: tuple[str, ...]
    meanless: tuple[str, ...]
    crosses: tuple[CrossesBy, ...]
    unchosen: tuple[tuple[str, str], ...]


def of(row: SurveyRound) -> Foretold:
    """Count a round as emptying would, and tell by name what stays and what goes."""
    found = tabulating.counted(row, form_shape.read(row.questionnaire))
    tables = [one.table for one in found.counted]
    bare = [one.number for one in tables if kept_document.tells_n_alone(one)]
    meanless = [
        one.number for one in tables if one.number not in bare and kept_document.loses_numbers(one)
    ]
    crosses = _crosses(found, row.pinned)
    chosen = {one.key for one in crosses}
    return Foretold(
        found.n,
        len(tables) - len(bare) - len(meanless),
        tuple(bare),
        tuple(meanless),
        crosses,
        tuple((key, one.table.name) for key, one in found.parting.items() if key not in chosen),
    )


def _crosses(found: Tabulated, pinned: tuple[str, ...]) -> tuple[CrossesBy, ...]:
    kept = kept_crosses.kept(found, pinned)
    return tuple(
        CrossesBy(
            key,
            parter.table.name,
            tuple(stay := kept.get(key, {})),
            tuple(one.table.number for one in others if one.table.number not in stay),
            tuple(number for number, cross in stay.items() if kept_crosses.hides(cross)),
        )
        for key, parter, others in kept_crosses.candidates(found, pinned)
    )
