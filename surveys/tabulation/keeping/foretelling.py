"""What of the tables of a round stays when its answers go, told before: found by the code that keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.models import Response
from surveys.questionnaires.shape import form_shape
from surveys.tabulation.counting import same_people
from surveys.tabulation.keeping import kept_crosses
from surveys.tabulation.reading import kept_document, tabulating

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from surveys.models import SurveyRound
    from surveys.tabulation.reading.tabulating import Tabulated


@dataclass(frozen=True, slots=True)
class CrossesBy:
    """What is parted by one question. `partly`: of those that stay, what loses the counts of some options.

    `is_divided`: whether there are two groups of enough people; where nothing stays, why.
    """

    key: str
    name: str
    stay: tuple[str, ...]
    go: tuple[str, ...]
    partly: tuple[str, ...]
    is_divided: bool = True

    @property
    def total(self) -> int:
        return len(self.stay) + len(self.go)


@dataclass(frozen=True, slots=True)
class Foretold:
    """`whole`: how many tables stay with all their numbers; `bare`: of which n alone; `meanless`: without mean.

    `pairs`: rounds with how many people of this one, joined by their own codes, who can be compared no more.

    `crosses`: parted by what is kept; `unchosen`: what parts tables today, all of which go.
    """

    n: int
    whole: int
    bare: tuple[str, ...]
    meanless: tuple[str, ...]
    crosses: tuple[CrossesBy, ...]
    unchosen: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[str, int], ...]


def of(row: SurveyRound) -> Foretold:
    """Count a round as emptying would, and tell by name what stays and what goes."""
    found = tabulating.counted(row, form_shape.read(row.questionnaire))
    tables = [one.table for one in found.counted]
    bare = [one.number for one in tables if kept_document.tells_n_alone(one)]
    meanless = [
        one.number for one in tables if one.number not in bare and kept_document.loses_numbers(one)
    ]
    crosses = tuple(_crosses(found, row.pinned))
    chosen = {one.key for one in crosses}
    return Foretold(
        found.n,
        len(tables) - len(bare) - len(meanless),
        tuple(bare),
        tuple(meanless),
        crosses,
        tuple((key, one.table.name) for key, one in found.parting.items() if key not in chosen),
        _pairs(row, found.codes),
    )


def _pairs(row: SurveyRound, codes: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return the other rounds in which the same people answered, with their number, the most first."""
    own = {code for code in codes if code}
    if not own:
        return ()
    others = (
        Response.objects.counted()
        .exclude(round=row)
        .exclude(pair="")
        .order_by("round__cycle__fiscal_year", "round_id", "pk")
        .values_list("round_id", "round__title", "pair")
    )
    theirs: dict[tuple[int, str], list[str]] = {}
    for number, title, code in others:
        if code in own:
            theirs.setdefault((number, title), []).append(code)
    found = ((title, same_people.joined(codes, their).n) for (_, title), their in theirs.items())
    return tuple(sorted((one for one in found if one[1]), key=lambda one: -one[1]))


def of_one(found: Tabulated, pinned: tuple[str, ...], by: str) -> CrossesBy | None:
    """Tell what stays of the tables parted by one question, if it is kept; None where it parts none."""
    chosen = pinned if by in pinned else (*pinned, by)
    return next(_crosses(found, chosen, only=by), None)


def _crosses(found: Tabulated, pinned: tuple[str, ...], *, only: str = "") -> Iterator[CrossesBy]:
    kept = kept_crosses.kept(found, pinned, only=only)
    for key, parter, others in kept_crosses.candidates(found, pinned):
        if only not in ("", key):
            continue
        stay = kept.get(key, {})
        yield CrossesBy(
            key,
            parter.table.name,
            tuple(stay),
            tuple(one.table.number for one in others if one.table.number not in stay),
            tuple(number for number, cross in stay.items() if kept_crosses.hides(cross)),
            kept_crosses.is_divided(parter),
        )
