"""Who stands at a door: which round it opens, and whether an answer is taken now."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core import signing
from django.utils import timezone

from municipalities.kernel.tokens import TokenKind
from surveys.choices import RoundState
from surveys.models import Invitee, SurveyRound

if TYPE_CHECKING:
    from municipalities.kernel.tokens import Token

# Part of the seal: with another name, pages that stand open could no longer be sent.
SALT = "surveys.rounds.visiting"
# Who had the page open at the end may still send it.
GRACE = dt.timedelta(minutes=10)


class Closed(StrEnum):
    """Why no answer is taken; the template has the words."""

    BEFORE = "before"
    OVER = "over"
    ANSWERED = "answered"
    FULL = "full"


@dataclass(frozen=True)
class Visit:
    """A round as one visitor meets it. `invitee` is who the code was given to, where it is a code."""

    door: Token
    round: SurveyRound
    invitee: Invitee | None = None


@dataclass(frozen=True)
class Ticket:
    """When the form was opened, and the key under which it may be sent once. Signed, for one door."""

    nonce: str
    begun: int

    @property
    def seconds(self) -> int:
        """How long ago it was opened."""
        return max(0, int(time.time()) - self.begun)


def of(door: Token) -> Visit | None:
    """Return the visit, or None where the round or the invitation is no more. Runs within the municipality."""
    if door.kind == TokenKind.SURVEY:
        rounds = SurveyRound.objects.filter(token=door)
        return _visit(door, rounds.select_related("questionnaire", "cycle").first())
    invitees = Invitee.objects.filter(token=door)
    invitee = invitees.select_related("round__questionnaire", "round__cycle").first()
    return _visit(door, invitee.round, invitee) if invitee else None


def _visit(door: Token, row: SurveyRound | None, invitee: Invitee | None = None) -> Visit | None:
    if row is None or row.is_emptied or door.municipality is None:
        return None
    row.cycle.municipality = door.municipality
    return Visit(door, row, invitee)


def refusal(visit: Visit, ticket: Ticket | None) -> Closed | None:
    """Return why nothing is taken now, or None."""
    if visit.invitee is not None and visit.invitee.answered_on is not None and ticket is None:
        return Closed.ANSWERED
    row, today = visit.round, timezone.localdate()
    if row.state == RoundState.DRAFT or (row.opens_on and row.opens_on > today):
        return Closed.BEFORE
    if not row.is_asking or row.closes_on is None:
        return Closed.OVER
    return None if is_in_time(row.closes_on, ticket) else Closed.OVER


def is_in_time(closes_on: dt.date, ticket: Ticket | None) -> bool:
    """Say whether the last day has not ended, or has just ended while the form was open."""
    end = timezone.make_aware(dt.datetime.combine(closes_on + dt.timedelta(days=1), dt.time.min))
    now = timezone.now()
    if now < end:
        return True
    return ticket is not None and ticket.begun < end.timestamp() and now < end + GRACE


def new_ticket(door: Token, *, begun: int | None = None) -> tuple[Ticket, str]:
    """Return a ticket and what the form carries of it; `begun` where the form was opened earlier."""
    ticket = Ticket(secrets.token_urlsafe(16), int(time.time()) if begun is None else begun)
    return ticket, signing.dumps([door.pk, ticket.nonce, ticket.begun], salt=SALT)


def read_ticket(text: str, door: Token) -> Ticket | None:
    """Return the ticket that a form of this door carries; None for any other text."""
    try:
        pk, nonce, begun = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Ticket(nonce, begun) if pk == door.pk else None
