"""All rules in layer order, and what they find in a year: open, waived, and how much of each theme is passed.

There is no total and no rank: a share belongs to its theme, and says how many of the rules that had anything to
look at found nothing. What was waived with a reason counts as passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import coordinators.rules
import councils.rules
import indicators.rules
import logicmodels.rules
from municipalities.kernel.findings import Theme, look
from reports.document.findings import evidence, judged, support
from reports.models.findings import WHOLE_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from municipalities.kernel.findings import Finding, Row, Rule, Year

RULES: tuple[Rule, ...] = (
    *logicmodels.rules.RULES,
    *indicators.rules.RULES,
    *councils.rules.RULES,
    *coordinators.rules.RULES,
    *evidence.RULES,
    *judged.RULES,
    *support.RULES,
)
THEMES = {
    Theme.GOALS: "目指す姿",
    Theme.ISSUES: "課題",
    Theme.LINKS: "取組と成果のつながり",
    Theme.INDICATORS: "指標",
    Theme.VALUES: "数値",
    Theme.EVALUATION: "評価とふりかえり",
    Theme.BODIES: "協議体と委託",
}


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding and the row that waives it."""

    finding: Finding
    row: Row


@dataclass(frozen=True, slots=True)
class Share:
    """Of how many rules of a theme that had something to look at nothing is open."""

    theme: Theme
    passed: int
    asked: int

    @property
    def label(self) -> str:
        return THEMES[self.theme]


@dataclass(frozen=True, slots=True)
class Looked:
    """A year looked over. `rules` are those that had something to look at, with the number of places."""

    open: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    rules: dict[str, int]

    def shares(self) -> Iterator[Share]:
        broken = {one.rule.id for one in self.open}
        for theme in THEMES:
            asked = {rule.id for rule in RULES if rule.theme == theme and self.rules.get(rule.id)}
            if asked:
                yield Share(theme, len(asked - broken), len(asked))


def place_of(finding: Finding) -> str:
    """Return by what a waiver knows the finding's place: findings of the year as a whole share one."""
    return finding.place.key or WHOLE_YEAR


def look_over(year: Year, *, rules: Iterable[Rule] = RULES) -> Looked:
    """Return what these rules find in a year, without what its rows waive."""
    waivers = {(row["rule"], row["place"]): row for row in year.rows("waivers")}
    asked = list(rules)
    open_, waived = [], []
    for finding in look(asked, year):
        row = waivers.get((finding.rule.id, place_of(finding)))
        if row is None:
            open_.append(finding)
        else:
            waived.append(Waived(finding, row))
    counts = {rule.id: int(rule.counts(year)) for rule in asked}
    return Looked(tuple(open_), tuple(waived), counts)
