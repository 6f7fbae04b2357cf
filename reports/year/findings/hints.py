"""What is to be looked at in one row, for the page on which it is edited: its findings, and that it is last year's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.models import Cycle
from reports.choices import CarriedPart
from reports.document.findings import looking, reading
from reports.year.april import taken_over
from reports.year.findings import findings_page

if TYPE_CHECKING:
    from reports.year.findings.findings_page import Place

# What is edited row by row, by its name in the document, and what people call it.
PARTS = {
    "desired_states": "目指す姿",
    "indicators": "指標",
    "outcomes": "成果",
    "issues": "課題",
    "activities": "取組",
}


@dataclass(frozen=True, slots=True)
class Hints:
    """Of one row. `same_url` leads to where one says that it was looked at; empty where it is not last year's."""

    label: str
    places: tuple[Place, ...]
    same_url: str


def of(cycle: Cycle, part: str, key: str) -> Hints:
    """Return the hints of a row. Reads the year as 点検 does: for what is loaded after a page, not with it."""
    looked = looking.look_over(reading.year_of(cycle))
    found = (one for one in looked.open if one.place.key == key)
    places = tuple(findings_page.place(cycle, one) for one in found)
    return Hints(PARTS[part], places, _same_url(cycle, part, key))


def _same_url(cycle: Cycle, part: str, key: str) -> str:
    if part not in list(CarriedPart):
        return ""
    old = Cycle.objects.filter(fiscal_year=cycle.fiscal_year - 1).first()
    if old is None:
        return ""
    old.municipality = cycle.municipality
    lines = (line for group in taken_over.of(old, cycle) for line in group.lines)
    found = next((one for one in lines if (one.part, one.key) == (part, key)), None)
    return f"{old.url('reports:next_year')}#{found.place}" if found and found.is_same else ""
