"""One mail in place of many: what follows shortly on another mail to the same person goes out together.

Each gathered mail keeps its row, has no job of its own and ends as the mail that carries it does. Who
joins what is decided under the lock of the person's row (`mail.lock_mails_to`), so that no mail joins
one that is already on its way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from municipalities.kernel import jobs, mail
from municipalities.kernel.mail import MailState, OutgoingMail
from municipalities.kernel.queue import after
from municipalities.tenancy import within_or_outside

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import Municipality, User

ON_ITS_WAY = (MailState.QUEUED, MailState.SENDING)
ENDED_FOR_ITSELF = (MailState.SENT, MailState.WITHHELD)


def post(  # noqa: PLR0913 -- a mail has these parts, and two more to be gathered
    kind: str,
    *,
    carrier: str,
    seconds: float,
    municipality: Municipality,
    recipient: User,
    reference: int,
    by: User | None,
) -> OutgoingMail:
    """Post a mail, or let it wait for the next `carrier` if one went to this person lately.

    Lately: within so many `seconds`, or it is still on its way. The caller holds the transaction.
    """
    mail.lock_mails_to(recipient.pk)
    if not _lately(recipient, kinds=(kind, carrier), seconds=seconds):
        return mail.post(
            kind, municipality=municipality, recipient=recipient, reference=reference, by=by
        )
    waiting = _waiting(carrier, recipient)
    if waiting is None:
        waiting = mail.write(
            carrier,
            municipality=municipality,
            recipient=recipient,
            reference=recipient.pk,
            takes_more=True,
        )
        jobs.enqueue(mail.JOB, municipality=municipality, actor=by, delay=seconds, mail=waiting.pk)
    return mail.write(
        kind,
        municipality=municipality,
        recipient=recipient,
        reference=reference,
        gathered_by=waiting,
    )


def _waiting(carrier: str, recipient: User) -> OutgoingMail | None:
    """Return the list to this person that has not left yet."""
    lists = OutgoingMail.objects.filter(kind=carrier, recipient=recipient, takes_more=True)
    return lists.filter(state=MailState.QUEUED).first()


def _lately(recipient: User, *, kinds: tuple[str, ...], seconds: float) -> bool:
    own = OutgoingMail.objects.filter(kind__in=kinds, recipient=recipient, gathered_by=None)
    return own.filter(Q(state__in=ON_ITS_WAY) | Q(sent_at__gt=after(-seconds))).exists()


def gathered(carrier: OutgoingMail) -> QuerySet[OutgoingMail]:
    """Return the mails that this one goes out for, by municipality, as far as they have not ended."""
    rows = carrier.gathered.exclude(state__in=ENDED_FOR_ITSELF)
    return rows.select_related("municipality", "recipient").order_by("municipality__code", "pk")


def spread(carrier: OutgoingMail) -> None:
    """End each gathered mail, within its own municipality, as the one that carried it ended."""
    for row in gathered(carrier):
        row.maybe_twice = carrier.maybe_twice
        with within_or_outside(row.municipality):
            mail.end(row, state=MailState(carrier.state), error=carrier.error)
