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


@dataclass(frozen=True, slots=True)
class Line:
    """A rule over the towns: how many it concerns, how many of them break it, in how many places."""

    rule: Rule
    asked: int
    towns: int
    places: int
    waived: int

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
    """Return the rules that some town breaks, those that most towns break first; two queries."""
    places = Municipality.objects.without_wards().filter(prefecture=prefecture)
    found: dict[str, list[FindingCount]] = defaultdict(list)
    for row in FindingCount.objects.filter(municipality__in=places, fiscal_year=fiscal_year):
        found[row.rule].append(row)
    lines = [line for rule in RULES for line in _line(rule, found[rule.id])]
    return sorted(lines, key=lambda line: (-line.towns, -line.places, line.rule.id))


def _line(rule: Rule, rows: list[FindingCount]) -> Iterator[Line]:
    towns = sum(row.found > 0 for row in rows)
    if towns:
        places, waived = (sum(getattr(row, name) for row in rows) for name in ("found", "waived"))
        yield Line(rule, len(rows), towns, places, waived)
