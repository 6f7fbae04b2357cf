"""Handing deliveries over to the outbox, in the transaction of the deed that made their paper."""

from django.conf import settings
from django.db import transaction
from django.db.models import F

from municipalities.kernel import changes, gathering, mail
from municipalities.models import OutgoingMail
from reports.choices import DeliveryState
from reports.delivery import mailing, rights
from reports.delivery.digest import DIGEST
from reports.models import Delivery

SENT_ANEW = "別のメールで送り直しました。"


def post(deliveries, *, municipality, by):
    """Queue a mail for each delivery; copies for one officer are gathered instead of flooding.

    By recipient: whoever posts to several officers takes them in the same order.
    """
    for delivery in sorted(deliveries, key=lambda one: one.recipient_id):
        one = {
            "municipality": municipality,
            "recipient": delivery.recipient,
            "reference": delivery.pk,
            "by": by,
        }
        if mailing.kind_of(delivery) == mailing.COPY:
            seconds = settings.REPORT_DIGEST_MINUTES * 60
            gathering.post(mailing.COPY, carrier=DIGEST, seconds=seconds, **one)
        else:
            mail.post(mailing.MAIL, **one)


def may_resend(delivery):
    """Say whether a press may send it once more: it has ended, and its reader may (again) read it."""
    if delivery.state in {DeliveryState.SENT, DeliveryState.FAILED}:
        return True
    return delivery.state == DeliveryState.WITHHELD and not rights.refusal(delivery)


def resend(delivery, *, seen, by):
    """Send a delivery that has ended once more, as a mail of its own; its paper stays as it is.

    `seen` is the count of resendings that the pressed page showed: of two presses one finds another.
    Returns whether it was queued.
    """
    if not may_resend(delivery):
        return False
    kind, place = mailing.kind_of(delivery), delivery.report.cycle.municipality
    with transaction.atomic():
        ended = Delivery.objects.filter(pk=delivery.pk, resent=seen).exclude(
            state=DeliveryState.QUEUED
        )
        if not ended.update(state=DeliveryState.QUEUED, reason="", resent=F("resent") + 1):
            return False
        # What failed before is not sent beside it by the operator.
        former = OutgoingMail.objects.filter(kind=kind, municipality=place, reference=delivery.pk)
        former.filter(state=mail.MailState.FAILED).update(
            state=mail.MailState.WITHHELD, error=SENT_ANEW
        )
        mail.post(
            kind, municipality=place, recipient=delivery.recipient, reference=delivery.pk, by=by
        )
        _record(delivery, by=by)
    return True


def _record(delivery, *, by):
    report = delivery.report
    changes.record(
        report,
        by=by,
        deed="resend",
        before={},
        after={"recipients": [delivery.recipient_id]},
        version=report.version,
    )
