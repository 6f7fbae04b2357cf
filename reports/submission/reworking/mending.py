"""直しはじめる: after 「もう一度見たい」 only the opened sections are mended; the others stay as they were read.

Which sections are open are rows beside the report; without a row every section is open.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.text import Truncator

from municipalities.japanese import dates
from reports.choices import DecisionKind, ReportStatus
from reports.document import snapshot
from reports.models import Comment, Decision, OpenedSection
from reports.submission.contents import sections
from reports.submission.contents.sections import Standing
from reports.submission.drafts.moving import move
from reports.submission.drafts.recipients import NO_DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import User
    from reports.document.year_review import YearReview
    from reports.models import ProgressReport
    from reports.submission.advising.deciding import AdviserStanding
    from reports.submission.contents.sections import Definition, Section

OPENING = "open_section"
# Of an adviser's word in the reason of a reopening; the whole stands on the page of the comments.
LONGEST_WORD = 200


def begin(report: ProgressReport, *, was: str) -> None:
    """Keep the opened sections for a report that an adviser wants again; else all are open."""
    if was != ReportStatus.REVISIT:
        OpenedSection.objects.filter(report=report).delete()


def give_up(report: ProgressReport) -> None:
    """Drop what the municipality has opened itself; what an adviser asked for is still asked for."""
    rows = OpenedSection.objects.filter(report=report)
    rows.exclude(opened_by__in=_asking(report).values("adviser")).delete()


def _asking(report: ProgressReport):
    """Return the decisions 「もう一度見たい」 on the newest version."""
    newest = report.snapshots.order_by("-version").values("pk")[:1]
    return Decision.objects.filter(snapshot__in=newest, kind=DecisionKind.REVISIT)


def opened(report: ProgressReport) -> frozenset[str]:
    """Return the sections of a draft that may be mended; empty where all may."""
    if report.submitted_at is None:
        return frozenset()
    rows = OpenedSection.objects.filter(report=report)
    return frozenset(rows.values_list("section", flat=True))


def is_closed(report: ProgressReport, definition: Definition) -> bool:
    """Say whether a section of a draft stays as it was submitted until somebody opens it."""
    found = opened(report)
    return bool(found) and definition.code not in found


def open_also(report: ProgressReport, definition: Definition, *, by: User) -> bool:
    """この節も直す: open a section that no adviser asked about. Returns whether it was closed.

    Raises ValidationError for a report that is no draft.
    """
    if not report.is_draft:
        raise ValidationError(NO_DRAFT)
    if not is_closed(report, definition):
        return False
    with transaction.atomic():
        move(report, {}, by=by, deed=OPENING, told={"section": definition.label})
        OpenedSection.objects.create(report=report, section=definition.code, opened_by=by)
    return True


def reason_for(wishes: Iterable[AdviserStanding]) -> str:
    """Return why a report is reopened: which advisers want to see it again, until when, in their words."""
    return "\n".join(_wish(one.decision) for one in wishes if one.decision)


def _wish(decision: Decision) -> str:
    until = f"{dates.in_wareki(decision.wanted_on)}まで" if decision.wanted_on else ""
    wish = f"{decision.adviser}の判断：もう一度見たい（{until}）"
    return f"{wish}\n{Truncator(decision.text).chars(LONGEST_WORD)}".strip()


def unanswered_by_section(report: ProgressReport) -> dict[str, int]:
    """Return how many comments of each section still wait for the municipality."""
    asking = Comment.objects.filter(report=report).unanswered()
    return dict(asking.values_list("section").annotate(Count("pk")).order_by("section"))


def sections_of(report: ProgressReport, review: YearReview) -> tuple[Section, ...]:
    """Return the sections of a report with their standing, as far as comments or their closing bear on it."""
    found = sections.of(report, review)
    if report.submitted_at is None or not report.is_open:
        return found
    is_open, asked = opened(report), unanswered_by_section(report)
    before = snapshot.review_of(report.snapshot) if is_open else None
    return tuple(
        _mended(one, before=before, is_open=is_open, comments=asked.get(one.definition.code, 0))
        for one in found
    )


def _mended(
    section: Section, *, before: YearReview | None, is_open: frozenset[str], comments: int
) -> Section:
    if not section.is_ours:
        return section
    if before is not None and section.definition.code not in is_open:
        was = sections.digest_of(sections.content_of(before, section.definition))
        standing = Standing.KEPT if was == section.digest else section.standing
        return replace(section, standing=standing, is_closed=True)
    if comments and section.standing is not Standing.UNWRITTEN:
        return replace(section, standing=Standing.ASKED, comments=comments)
    return section
