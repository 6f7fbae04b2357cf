"""Submitting: freeze the document, write deliveries and the job, all in one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.kernel import changes, jobs
from reports.choices import ReportStatus
from reports.document import snapshot
from reports.models import Delivery, Progress
from reports.submission import check, publishing

MAKE_PDF = "make_report_pdf"


class AlreadySubmitted(Exception):
    """Somebody else submitted this report first; nothing was written."""


def submit(report, *, by):
    """Submit a draft. Raises ValidationError naming blockers, or AlreadySubmitted.

    After the commit the report no longer depends on this process: the job row is there, and the
    bell may ring or not.
    """
    if found := check.blockers(report):
        raise ValidationError(found)
    at = timezone.now()
    with transaction.atomic():
        _mark(report, at=at, by=by)
        frozen = snapshot.freeze(report, at=at)
        publishing.publish(report, frozen)
        for recipient in report.recipients.select_related("user"):
            Delivery.objects.create(
                report=report, snapshot=frozen, recipient=recipient.user, part=recipient.part
            )
        _publish_progress(report)
        jobs.enqueue(MAKE_PDF, municipality=report.cycle.municipality, actor=by, snapshot=frozen.pk)
    return report


def _mark(report, *, at, by):
    """Move the report on by a conditional UPDATE: of two presses one finds nothing to move."""
    before = changes.values_of(report, ["status"])
    try:
        report.status, report.submitted_at, report.submitted_by = ReportStatus.SUBMITTED, at, by
        changes.save_versioned(
            report,
            by=by,
            expected_version=report.version,
            fields=["status", "submitted_at", "submitted_by"],
            deed="submit",
        )
    except changes.StaleVersion as stale:
        raise AlreadySubmitted from stale
    if before["status"] != ReportStatus.DRAFT:
        raise AlreadySubmitted


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
