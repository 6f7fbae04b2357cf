"""The published copies of a municipality's year: which there are, and what their bytes tell in numbers."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from municipalities.models import Publication
from reports.choices import AdviceResponse
from reports.models import Progress
from reports.numbers import ReportNumber
from reports.submission.advising.papers import paper_from

if TYPE_CHECKING:
    from municipalities.models import Municipality, Prefecture
    from reports.submission.advising.papers import Paper


@dataclass(frozen=True, slots=True)
class Line:
    """One submitted report: where it stands, and its copies, newest version first."""

    paper: Paper
    copies: tuple[Publication, ...]


def lines(place: Municipality, fiscal_year: int) -> list[Line]:
    """Return the submitted reports of a municipality's year in two queries, without their bytes."""
    submitted = Progress.objects.filter(
        municipality=place, fiscal_year=fiscal_year, submitted_on__isnull=False
    ).order_by("submitted_on", "pk")
    copies = Publication.objects.filter(municipality=place, fiscal_year=fiscal_year)
    found = list(copies.defer("document").order_by("-version"))
    return [_line(paper_from(one, place.code), found) for one in submitted]


def _line(paper: Paper, found: list[Publication]) -> Line:
    return Line(paper, tuple(one for one in found if one.number == str(paper.number)))


def paper_of(copy: Publication) -> Paper | None:
    """Return where the report of a copy stands now."""
    number = ReportNumber.parse(copy.number)
    row = Progress.objects.filter(
        municipality=copy.municipality,
        fiscal_year=number.fiscal_year,
        kind=number.kind,
        serial=number.serial,
        submitted_on__isnull=False,
    ).first()
    return paper_from(row, number.municipality_code) if row else None


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
