"""One municipality in its year as its prefecture sees it. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from municipalities.choices import CARE_SCENES
from reports.choices import Phase, PhaseState
from reports.prefecture.standing import need
from reports.prefecture.standing.signs import SHORT, SIGNS

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.choices import Scene
    from municipalities.models import Municipality
    from reports.choices import ReportKind
    from reports.models import PhaseProgress
    from reports.submission.advising.papers import Papers

OUTSIDE = "システムを使っていません"
NOT_BEGUN = "この年度をまだ始めていません"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a year holds, and when it was counted."""

    issues: int
    activities: int
    indicators: int
    values_known: int
    steps: int
    steps_held: int
    counted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StateGroup:
    """The scenes that are in one state."""

    state: PhaseState
    scenes: tuple[Scene, ...]

    @property
    def look(self) -> str:
        return self.state.look

    @property
    def names(self) -> list[str]:
        if len(self.scenes) == len(CARE_SCENES):
            return ["4つの場面"]
        return [SHORT[scene] for scene in self.scenes]


@dataclass(frozen=True)
class Line:
    """One municipality in its year. `is_user`: it has used the system in this or another year."""

    place: Municipality
    interim: Papers
    final: Papers
    phases: dict[tuple[str, str], PhaseProgress]
    counts: Counts | None
    is_user: bool
    # The 二次医療圏 in which it lies, code and name: of a city by wards there may be several.
    areas: tuple[tuple[str, str], ...] = ()

    @property
    def kinds(self) -> tuple[Papers, Papers]:
        return self.interim, self.final

    @property
    def interim_left(self) -> str:
        """How the interim report stands that a final one has overtaken: 「未提出」; empty where none was."""
        is_overtaken = self.final.is_accepted or not self.interim.is_submitted
        if self.interim.is_accepted or not (self.final.is_submitted and is_overtaken):
            return ""
        return self.interim.word

    @property
    def area_names(self) -> str:
        return "、".join(name for _, name in self.areas)

    @property
    def has_begun(self) -> bool:
        """The year is in the system: it has been counted, or something was submitted."""
        submitted = any(not paper.is_entry for one in self.kinds for paper in one.papers)
        return self.counts is not None or submitted

    @property
    def is_at_work(self) -> bool:
        """The town itself has opened the year in the system: what is known of it comes from there."""
        return self.counts is not None

    @property
    def is_known_by_entry(self) -> bool:
        """All that is known of the year is what the officer entered."""
        return not self.has_begun and any(one.is_entered for one in self.kinds)

    @property
    def kinds_to_enter(self) -> list[ReportKind]:
        """What 県入力 may say. Of a town at work only what was entered before, to be put right or taken away."""
        return [
            one.kind for one in self.kinds if one.is_entered or not (one.papers or self.is_at_work)
        ]

    @property
    def is_all_in_system(self) -> bool:
        """Both kinds were submitted in the system: there is nothing to enter by hand."""
        return all(one.last is not None and not one.last.is_entry for one in self.kinds)

    @property
    def absence(self) -> str:
        return NOT_BEGUN if self.is_user else OUTSIDE

    @property
    def remark(self) -> str:
        """What is to be said of a town that needs no hand: that it goes other ways."""
        return "" if self.has_begun else self.absence

    @cached_property
    def reasons(self) -> tuple[need.Reason, ...]:
        return need.of(self)

    def states(self, phase: Phase) -> list[PhaseState]:
        """Return the states of the care scenes in their order, as far as they are known."""
        found = (self.phases.get((scene, phase)) for scene in CARE_SCENES)
        return [PhaseState(one.state) for one in found if one]

    def groups(self, phase: Phase) -> list[StateGroup]:
        """Return which scenes are in which state, what is done first."""
        by_state = defaultdict(list)
        for scene in CARE_SCENES:
            if known := self.phases.get((scene, phase)):
                by_state[known.state].append(scene)
        return [StateGroup(one, tuple(by_state[one])) for one in SIGNS if by_state[one]]

    @property
    def plan(self) -> list[StateGroup]:
        return self.groups(Phase.PLAN)

    @property
    def do(self) -> list[StateGroup]:
        return self.groups(Phase.DO)
