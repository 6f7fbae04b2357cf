"""Saying that one has looked at a section, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from reports.models import SectionMark

if TYPE_CHECKING:
    from municipalities.models import User
    from reports.models import ProgressReport

TO_BE_CONTINUED = ""


def mark(report: ProgressReport, code: str, *, digest: str, by: User) -> None:
    """Keep that this content of a section was looked at; the last look counts."""
    SectionMark.objects.update_or_create(
        report=report,
        section=code,
        defaults={"digest": digest, "marked_at": timezone.now(), "marked_by": by},
    )


def put_off(report: ProgressReport, code: str, *, by: User) -> None:
    """Keep that a section is to be continued."""
    mark(report, code, digest=TO_BE_CONTINUED, by=by)


def unmark(report: ProgressReport, code: str) -> None:
    """Take the look back: the section asks for one again."""
    SectionMark.objects.filter(report=report, section=code).delete()
