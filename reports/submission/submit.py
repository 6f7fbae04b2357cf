"""Submitting: freeze the document, write deliveries and the job, all in one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.kernel import jobs
from reports.choices import ReportStatus
from reports.document import snapshot
from reports.models import Delivery, Progress, ProgressReport
from reports.submission import approving, check, progress, publishing
from reports.submission.moving import Overtaken, move

MAKE_PDF = "make_report_pdf"


class AlreadySubmitted(Exception):
    """Somebody else submitted this report first; nothing was written."""


def submit(report, *, by):
    """Submit a report as its next version. Raises ValidationError naming blockers, or AlreadySubmitted.

    After the commit the report no longer depends on this process: the job row is there, and the
    bell may ring or not.
    """
    if not report.is_open:
        raise AlreadySubmitted
    if found := [*check.blockers(report), *approving.obstacles(report)]:
        raise ValidationError(found)
    at = timezone.now()
    with transaction.atomic():
        _mark(report, at=at, by=by)
        frozen = snapshot.freeze(report, at=at)
        approving.require_unchanged(frozen)
        publishing.publish(report, frozen)
        _hand_over(report, frozen)
        _publish_progress(report)
        progress.publish(report.cycle)
        jobs.enqueue(MAKE_PDF, municipality=report.cycle.municipality, actor=by, snapshot=frozen.pk)
    return report


def _mark(report, *, at, by):
    """Move the report on; of two presses one finds nothing to move."""
    values = {"status": ReportStatus.SUBMITTED, "submitted_at": at, "submitted_by": by}
    try:
        move(report, values, by=by, deed="submit")
    except Overtaken as overtaken:
        if ProgressReport.objects.get(pk=report.pk).is_open:
            raise
        raise AlreadySubmitted from overtaken


def _hand_over(report, frozen):
    """Write a delivery of this version for each recipient; a paper of the council has none."""
    for recipient in report.recipients.select_related("user"):
        Delivery.objects.create(
            report=report, snapshot=frozen, recipient=recipient.user, part=recipient.part
        )


def _publish_progress(report):
    """Write what crosses the fence: state and date, no text."""
    Progress.objects.update_or_create(
        municipality=report.cycle.municipality,
        fiscal_year=report.cycle.fiscal_year,
        kind=report.kind,
        serial=report.serial,
        defaults={
            "status": report.status,
            "submitted_on": timezone.localdate(report.submitted_at),
        },
    )
