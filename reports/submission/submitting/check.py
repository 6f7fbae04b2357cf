"""What stands between a draft and its submission: blockers, and what is still thin.

Only missing form parts block. Everything else is said, and printed as 「これから整えること」.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.rules.reading import definition_rows
from reports.choices import ReportStatus
from reports.document import assembly, snapshot, weak
from reports.document.findings import telling
from reports.document.reading import gather
from reports.submission.contents import sections as listed
from reports.submission.contents.sections import Standing
from reports.submission.reworking import mending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from municipalities.kernel.changes import Versioned
    from reports.document.year_review import YearReview
    from reports.models import ProgressReport
    from reports.submission.contents.sections import Section

# Where what is still thin is mended.
PAGES = {
    "profile": ("municipalities:profile", ""),
    "goals": ("logicmodels:plan", "#goals"),
    "issues": ("logicmodels:plan", "#issues"),
    "logic_models": ("logicmodels:logic_models", ""),
    "indicators": ("indicators:indicator_list", ""),
    "support": ("reports:support", "#steps"),
    "effects": ("reports:effects", "#effects"),
}
NO_RECIPIENT = "提出先が選ばれていません。"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to be said about a draft, and where it is mended."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Look:
    """A draft looked over: its sections, what blocks, what nobody has looked at, what is left out."""

    review: YearReview
    sections: tuple[Section, ...]
    blockers: tuple[Point, ...]
    kept_inside: tuple[Versioned, ...] = ()
    to_come: tuple[Point, ...] = ()

    @property
    def ours(self) -> tuple[Section, ...]:
        """The sections that the municipality answers for."""
        return tuple(one for one in self.sections if one.is_ours)

    @property
    def written(self) -> int:
        unwritten = (Standing.UNWRITTEN, Standing.WRITING)
        return sum(one.standing not in unwritten for one in self.ours)

    @property
    def unread(self) -> tuple[Section, ...]:
        """Sections that nobody has looked at as they are now, or that are to be continued."""
        return tuple(
            one
            for one in self.ours
            if one.standing in listed.OPEN and one.standing is not Standing.UNWRITTEN
        )

    @property
    def unwritten(self) -> tuple[Section, ...]:
        """Sections that are empty and may be: they are printed as 「未記入」."""
        blocking = {point.url for point in self.blockers}
        todo = (one for one in self.ours if one.standing is Standing.UNWRITTEN)
        return tuple(one for one in todo if one.url not in blocking)

    @property
    def next(self) -> Section | None:
        return listed.next_open(self.sections)


def look_over(report: ProgressReport) -> Look:
    """Return a draft with everything its pages say of it; the document is assembled once."""
    stored = assembly.stored_rows(report.cycle)
    document = snapshot.report_document(
        report, submitted_at=None, status=ReportStatus.DRAFT, stored=stored
    )
    review = gather(document)
    sections = mending.sections_of(report, review)
    inside = assembly.kept_inside(report.cycle, stored)
    blocking = tuple(_blockers(report, sections))
    return Look(review, sections, blocking, tuple(inside), tuple(_to_come(report, document)))


def _to_come(report: ProgressReport, document: dict[str, Any]) -> Iterator[Point]:
    for part, sentence in weak.located(document):
        page, anchor = PAGES[part]
        yield Point(sentence, f"{report.cycle.url(page)}{anchor}")
    for rule, sentence in telling.located(document, definition_rows(document)):
        yield Point(sentence, f"{report.cycle.url('reports:findings')}#{rule.lower()}")


def blockers(report: ProgressReport, *, document: dict[str, Any] | None = None) -> list[str]:
    """Return in sentences what must be mended before submission: missing form parts only.

    `document` is the report's own as it would be submitted, for who has gathered it already.
    """
    review = gather(document) if document else snapshot.preview_of(report)
    sections = listed.of(report, review)
    return [point.text for point in _blockers(report, sections)]


def _blockers(report: ProgressReport, sections: tuple[Section, ...]) -> list[Point]:
    found = [
        Point(f"{one.label}がまだ書かれていません。", one.url)
        for one in sections
        if report.kind in one.definition.required_in and one.standing is Standing.UNWRITTEN
    ]
    if report.needs_recipients and not report.recipients.exists():
        found.append(Point(NO_RECIPIENT, report.cycle.url("reports:recipients", report.pk)))
    return found
