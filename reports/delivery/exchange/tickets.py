"""The ticket in an exchange file: for which report, version and adviser it was made; only we can read or make one."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.utils import timezone

from municipalities.kernel import signing

# An answer after a season would be about a year that has moved on.
VALID_DAYS = 90


@dataclass(frozen=True, slots=True)
class Ticket:
    """`adviser` is the key of an account; valid through `expires_on`, a day in Japan."""

    number: str
    version: int
    sha256: str
    adviser: int
    expires_on: dt.date

    @property
    def has_expired(self) -> bool:
        return self.expires_on < timezone.localdate()


def last_day() -> dt.date:
    """Return the last day on which a file that is made today may be answered."""
    return timezone.localdate() + dt.timedelta(days=VALID_DAYS)


def issue(ticket: Ticket) -> str:
    """Return the text that stands for a ticket in a file."""
    day = ticket.expires_on.isoformat()
    told = [ticket.number, ticket.version, ticket.sha256, ticket.adviser, day]
    return signing.seal(json.dumps(told).encode())


def read(text: str) -> Ticket:
    """Return the ticket behind a text. Raises signing.NotOurs for one that was not made here."""
    number, version, sha256, adviser, day = json.loads(signing.unseal(text))
    return Ticket(number, version, sha256, adviser, dt.date.fromisoformat(day))
