"""出し直し: a submitted report becomes a draft again for a new version; the earlier ones stay as they are."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.kernel import changes
from municipalities.models import Change
from reports.choices import ReportStatus
from reports.models import SupportStep
from reports.submission.counting.published_status import last_acceptance, publish_status
from reports.submission.drafts import recipients
from reports.submission.drafts.moving import move
from reports.submission.reworking import mending

DEED = "reopen"
NOT_SUBMITTED = "提出していない報告書は、出し直せません。下書きの続きを書いてください。"
NOT_REOPENED = "この報告書は、出し直しの途中ではありません。いまの状態を確かめてください。"
# What of the report itself the submitted version tells.
SUBMITTED_WITH = ("step", "is_council_paper", "is_for_prefecture_alone")


def reopen(report, *, reason, by):
    """Make a submitted report a draft of its next version. Raises ValidationError."""
    if report.is_open:
        raise ValidationError(NOT_SUBMITTED)
    with transaction.atomic():
        was, values = report.status, {"status": ReportStatus.DRAFT}
        move(report, values, by=by, deed=DEED, told={"reason": reason})
        mending.begin(report, was=was)
        if was == ReportStatus.ACCEPTED:
            # What was accepted is being changed: outside it counts as submitted until it is out again.
            publish_status(report, status=ReportStatus.SUBMITTED)
        # They were of the version that is out; it keeps them in its frozen head.
        report.approvals.all().delete()


def reopenings(report):
    """Return the Changes by which a report was reopened, the newest first."""
    return Change.objects.of(report).filter(deed=DEED).select_related("actor")


def is_reopened(report):
    """Say whether a new version of a submitted report is in the making."""
    return report.is_open and report.submitted_at is not None


def give_up(report, *, by):
    """出し直しをやめる: the report stands again as it was submitted. Raises ValidationError."""
    if not (report.is_draft and is_reopened(report)):
        raise ValidationError(NOT_REOPENED)
    began = reopenings(report).first()
    was = changes.values_at(report, began.version, SUBMITTED_WITH)
    values = {
        "status": began.before["status"],
        "step": SupportStep.objects.filter(pk=was["step"]).first(),
        "is_council_paper": was["is_council_paper"],
        "is_for_prefecture_alone": was["is_for_prefecture_alone"],
    }
    with transaction.atomic():
        move(report, values, by=by, deed="reopen_undo")
        report.approvals.all().delete()
        recipients.put(report, _sent_to(report))
        mending.give_up(report)
        _publish_as_before(report)


def _publish_as_before(report):
    is_accepted = report.status == ReportStatus.ACCEPTED
    accepted_on = timezone.localdate(last_acceptance(report).at) if is_accepted else None
    publish_status(report, accepted_on=accepted_on)


def _sent_to(report):
    """Return to whom the newest version went: key of the account → part."""
    newest = report.snapshots.order_by("-version").values("pk")[:1]
    deliveries = report.deliveries.filter(snapshot__in=newest)
    return dict(deliveries.values_list("recipient", "part"))
