"""What stands between a draft and its submission: blockers, and what is still thin.

Only missing form parts block. Everything else is said, and printed as 「これから整えること」.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.document import assembly, snapshot
from reports.submission import sections as listed
from reports.submission.sections import Standing

if TYPE_CHECKING:
    from municipalities.kernel.changes import Versioned
    from reports.document.year_review import YearReview
    from reports.models import ProgressReport
    from reports.submission.sections import Section

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

    @property
    def ours(self) -> tuple[Section, ...]:
        """The sections that the municipality answers for."""
        return tuple(one for one in self.sections if one.is_ours)

    @property
    def written(self) -> int:
        unwritten = (Standing.TODO, Standing.WRITING)
        return sum(one.standing not in unwritten for one in self.ours)

    @property
    def unread(self) -> tuple[Section, ...]:
        """Sections that nobody has looked at as they are now, or that are to be continued."""
        return tuple(
            one
            for one in self.ours
            if one.standing in listed.OPEN and one.standing is not Standing.TODO
        )

    @property
    def unwritten(self) -> tuple[Section, ...]:
        """Sections that are empty and may be: they are printed as 「（記載なし）」."""
        blocking = {point.url for point in self.blockers}
        todo = (one for one in self.ours if one.standing is Standing.TODO)
        return tuple(one for one in todo if one.url not in blocking)

    @property
    def next(self) -> Section | None:
        return listed.next_open(self.sections)


def look_over(report: ProgressReport) -> Look:
    """Return a draft with everything its pages say of it; the document is assembled once."""
    stored = assembly.stored_rows(report.cycle)
    review = snapshot.preview_of(report, stored=stored)
    sections = listed.of(report, review)
    inside = assembly.kept_inside(report.cycle, stored)
    return Look(review, sections, tuple(_blockers(report, sections)), tuple(inside))


def blockers(report: ProgressReport) -> list[str]:
    """Return in sentences what must be mended before submission: missing form parts only."""
    sections = listed.of(report, snapshot.preview_of(report))
    return [point.text for point in _blockers(report, sections)]


def _blockers(report: ProgressReport, sections: tuple[Section, ...]) -> list[Point]:
    found = [
        Point(f"{one.label}がまだ書かれていません。", one.url)
        for one in sections
        if report.kind in one.definition.required_in and one.standing is Standing.TODO
    ]
    if not report.is_council_paper and not report.recipients.exists():
        found.append(Point(NO_RECIPIENT, report.cycle.url("reports:recipients", report.pk)))
    return found
