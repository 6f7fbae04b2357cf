"""Handing deliveries over to the outbox, in the transaction of the deed that made their paper."""

from municipalities.kernel import mail
from reports.delivery.mailing import MAIL


def post(deliveries, *, municipality, by):
    """Queue a mail for each delivery."""
    for delivery in deliveries:
        mail.post(
            MAIL,
            municipality=municipality,
            recipient=delivery.recipient,
            reference=delivery.pk,
            by=by,
        )
