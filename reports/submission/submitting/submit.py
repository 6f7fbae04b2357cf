"""Submitting: freeze the document, write deliveries and the job, all in one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.kernel import jobs
from reports.choices import AcceptanceWay, ReportStatus
from reports.document import snapshot
from reports.models import Delivery, OpenedSection, ProgressReport
from reports.submission.advising import accepting
from reports.submission.counting.published_status import publish_status
from reports.submission.drafts import due_dates
from reports.submission.drafts.moving import Overtaken, move
from reports.submission.showing import publishing
from reports.submission.submitting import approving, check

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
    at = timezone.now()
    with transaction.atomic():
        # What is looked at is what is frozen: gathered once, for it is most of the work.
        document = snapshot.report_document(report, submitted_at=at, status=ReportStatus.SUBMITTED)
        if found := [
            *check.blockers(report, document=document),
            *approving.obstacles(report),
        ]:
            raise ValidationError(found)
        _mark(report, at=at, by=by)
        frozen = snapshot.freeze(report, document, at=at)
        approving.require_unchanged(frozen)
        publishing.publish(report, frozen)
        _hand_over(report, frozen)
        OpenedSection.objects.filter(report=report).delete()
        _publish_status(report, frozen)
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


def _publish_status(report, frozen):
    """Write what crosses the fence. A version that was asked for later does not make a report late."""
    late = {}
    if frozen.version == 1:
        days = due_dates.days_late_at(report, frozen.made_at)
        late = {"is_late": days > 0, "days_late": days or None}
    publish_status(report, **late)
    accepting.accept_by_rule(report, AcceptanceWay.WHEN_SUBMITTED, by=report.submitted_by)
