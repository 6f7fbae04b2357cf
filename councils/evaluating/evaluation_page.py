"""The list of 評価 as its page shows it: narrowed to a scene and to what is still open, cut into pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.paginator import Paginator

from councils.evaluating.evaluating import by_scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.paginator import Page

    from councils.evaluating.evaluating import Case, SceneCases
    from municipalities.choices import Scene

CASES_PER_PAGE = 30


class Open(StrEnum):
    """What is still to be done of one thing."""

    FACT = "fact"
    DRAFT = "draft"
    JUDGEMENT = "judgement"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Open.FACT: "事実がまだ",
    Open.DRAFT: "下書きのまま",
    Open.JUDGEMENT: "協議体の判断がまだ",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things wait for the same."""

    open: Open
    number: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list. `tallies` count what waits in the chosen scene, on whatever page."""

    scenes: tuple[SceneCases, ...]
    page: Page
    tallies: tuple[Tally, ...]
    wanted: Open | None

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return what stays in the address while another scene is chosen."""
        return [("open", self.wanted.value)] if self.wanted else []


def waits_for(case: Case, wanted: Open) -> bool:
    """Say whether a thing waits for this; a council can judge only what was written."""
    if wanted is Open.FACT:
        return case.evaluation is None
    if case.evaluation is None:
        return False
    return case.evaluation.is_drafted if wanted is Open.DRAFT else not case.is_judged


def of(
    scenes: Sequence[SceneCases],
    *,
    scene: Scene | None = None,
    wanted: str = "",
    at: str = "",
    number: str = "",
) -> Listed:
    """Return a page of these scenes: the one with this number, or the one on which the thing `at` stands."""
    cases = [case for one in scenes if scene in {None, one.scene} for case in one.cases]
    known = Open(wanted) if wanted in list(Open) else None
    shown = [case for case in cases if known is None or waits_for(case, known)]
    pages = Paginator(shown, CASES_PER_PAGE)
    page = pages.get_page(number or _number_of(shown, at))
    return Listed(by_scene(list(page.object_list)), page, tuple(_tallies(cases)), known)


def _number_of(cases: list[Case], at: str) -> int:
    places = (n for n, case in enumerate(cases) if case.subject.anchor == at)
    return next(places, 0) // CASES_PER_PAGE + 1


def _tallies(cases: list[Case]) -> list[Tally]:
    counted = (Tally(one, sum(waits_for(case, one) for case in cases)) for one in Open)
    return [one for one in counted if one.number]
