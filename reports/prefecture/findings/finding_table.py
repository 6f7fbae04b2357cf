"""研修の手がかり: which rules the towns of a prefecture break most, from published counts alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.kernel.findings import Severity
from municipalities.models import Municipality
from reports.document.findings.looking import RULES, THEMES
from reports.models import FindingCount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from municipalities.kernel.findings import Rule
    from municipalities.models import Prefecture


# Of fewer towns a count tells which of them it is: 「1／1」 names the town.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A rule over the towns: how many it concerns, how many of them break it, in how many places."""

    rule: Rule
    asked: int
    towns: int
    places: int
    waived: int

    @property
    def is_told(self) -> bool:
        """So many towns are asked that the count points at none of them."""
        return self.asked >= FEWEST

    @property
    def title(self) -> str:
        return self.rule.title

    @property
    def theme(self) -> str:
        return THEMES[self.rule.theme]

    @property
    def weight(self) -> str:
        return "これから整えること" if self.rule.severity == Severity.ERROR else "気づき"


def of(prefecture: Prefecture, fiscal_year: int) -> list[Line]:
    """Return the rules that some town breaks, those that most towns break first; two queries.

    Rules that few towns are asked about come last by their numbers, broken or not: neither that they
    are there nor their order tells anything of these towns.
    """
    places = Municipality.objects.without_wards().filter(prefecture=prefecture)
    found: dict[str, list[FindingCount]] = defaultdict(list)
    for row in FindingCount.objects.filter(municipality__in=places, fiscal_year=fiscal_year):
        found[row.rule].append(row)
    lines = [line for rule in RULES for line in _line(rule, found[rule.id])]
    return sorted(lines, key=lambda line: (*_rank(line), line.rule.id))


def _rank(line: Line) -> tuple[int, int]:
    return (-line.towns, -line.places) if line.is_told else (0, 0)


def _line(rule: Rule, rows: list[FindingCount]) -> Iterator[Line]:
    towns = sum(row.found > 0 for row in rows)
    if towns or 0 < len(rows) < FEWEST:
        places, waived = (sum(getattr(row, name) for row in rows) for name in ("found", "waived"))
        yield Line(rule, len(rows), towns, places, waived)
