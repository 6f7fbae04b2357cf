"""正誤: writing down what turned out wrong in a submitted version, beside it and never inside."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.kernel import changes, mail
from reports.choices import DeliveryState
from reports.models import Delivery, Erratum

MAIL = "report_erratum"
NOT_SUBMITTED = "正誤は、提出した報告書に追加します。下書きは、そのまま書き直してください。"
# Who has the version already, or is about to have it.
REACHED = (DeliveryState.QUEUED, DeliveryState.SENT)


def add(report, words, *, by):
    """Add a correction (place, wrong, right, reason) to the newest version and write to its recipients."""
    if report.is_open:
        raise ValidationError(NOT_SUBMITTED)
    newest = report.snapshots.defer("document").order_by("-version").first()
    with transaction.atomic():
        erratum = Erratum.objects.create(
            report=report, snapshot=newest, written_at=timezone.now(), written_by=by, **words
        )
        told = {"erratum": erratum.pk}
        changes.record(report, by=by, deed="erratum", before={}, after=told, version=report.version)
        for delivery in _reached(newest):
            mail.post(
                MAIL,
                municipality=report.cycle.municipality,
                recipient=delivery.recipient,
                reference=erratum.pk,
                by=by,
            )
    return erratum


def _reached(version):
    deliveries = Delivery.objects.filter(snapshot=version, state__in=REACHED)
    return deliveries.select_related("recipient")
