"""The published copies of a municipality's year: which there are, and what their bytes tell in numbers."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from municipalities.models import Publication
from reports.choices import AdviceResponse, ReportKind
from reports.models import Progress
from reports.numbers import ReportNumber

if TYPE_CHECKING:
    from municipalities.models import Municipality, Prefecture


@dataclass(frozen=True, slots=True)
class Line:
    """One submitted report: where it stands, and its copies, newest version first."""

    progress: Progress
    number: ReportNumber
    copies: tuple[Publication, ...]

    @property
    def title(self) -> str:
        label = f"{ReportKind(self.progress.kind).label}書"
        serial = self.progress.serial
        return label if serial == 1 else f"{label}（{serial}回目）"


def lines(place: Municipality, fiscal_year: int) -> list[Line]:
    """Return the submitted reports of a municipality's year in two queries, without their bytes."""
    submitted = Progress.objects.filter(
        municipality=place, fiscal_year=fiscal_year, submitted_on__isnull=False
    ).order_by("submitted_on", "pk")
    copies = Publication.objects.filter(municipality=place, fiscal_year=fiscal_year)
    found = list(copies.defer("document").order_by("-version"))
    return [_line(place, progress, found) for progress in submitted]


def _line(place: Municipality, progress: Progress, found: list[Publication]) -> Line:
    number = ReportNumber(place.code, progress.fiscal_year, progress.kind, progress.serial)
    return Line(progress, number, tuple(one for one in found if one.number == str(number)))


def newest(prefecture: Prefecture, number: ReportNumber) -> Publication | None:
    """Return the newest copy of this number, if it is of the prefecture."""
    found = Publication.objects.filter(municipality__prefecture=prefecture, number=str(number))
    return found.select_related("municipality").last()


def counts(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a copy tells in numbers, of rows that are shown and of those that are not."""
    items = [one for step in document["support_steps"] for one in step["advice"]]
    responses = Counter(one["response"] for one in items)
    answers = [
        f"{response.label}{responses[response.value]}件"
        for response in AdviceResponse
        if responses[response.value]
    ]
    advice = f"{len(items)}件" + (f"（{'・'.join(answers)}）" if answers else "")
    return [
        ("課題", f"{len(document['issues'])}件"),
        ("取組", f"{len(document['activities'])}件"),
        ("支援前の課題", f"{len(document['support_issues'])}件"),
        ("アドバイス", advice),
        ("これから整えること", f"{len(document['to_come'])}件"),
    ]


def counts_of(copy: Publication) -> list[tuple[str, str]]:
    return counts(json.loads(bytes(copy.document)))
