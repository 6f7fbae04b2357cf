"""Sending an answer from a screen: one press one answer, one code one answer, however often and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from municipalities.kernel import tokens
from surveys.choices import ResponseWay
from surveys.models import Invitee, Response
from surveys.rounds import receiving
from surveys.rounds.receiving import Arrival
from surveys.rounds.visiting import Closed

if TYPE_CHECKING:
    from surveys.models import SurveyRound
    from surveys.rounds.filling import Filled
    from surveys.rounds.visiting import Ticket, Visit

# More than any town asks; whoever posts without end does not fill the disk.
MOST_RESPONSES = 20_000
# So many within an hour are pointed out, unless more were asked than that.
MANY_AN_HOUR = 300
# Whoever reads a question takes longer.
SECONDS_A_QUESTION = 1
MACHINE = "機械が入力した疑い（人には見えない欄に入力がある）"
FAST = "入力がとても速い（{}問を{}秒）"
SAME_DEVICE = "同じ端末からの2回目以降の回答"
MANY = "1時間に{}件を超えて続いた回答"


class Refused(Exception):
    """Nothing was written; `why` says what the visitor is told."""

    def __init__(self, why: Closed) -> None:
        super().__init__(why)
        self.why = why


def send(visit: Visit, filled: Filled, ticket: Ticket, *, remarks: list[str]) -> Response:
    """Write the answer, or return the one that this ticket has brought already. Raises Refused."""
    if earlier := already(visit, ticket):
        return earlier
    counted = pace(visit.round)
    if counted["all"] >= MOST_RESPONSES:
        raise Refused(Closed.FULL)
    way = ResponseWay.LINK if visit.invitee is None else ResponseWay.INVITATION
    said = [*remarks, *remarks_on(visit, filled, ticket, within_the_hour=counted["hour"])]
    arrival = Arrival(way, ticket.nonce, remark="、".join(said))
    rows = receiving.rows_of(visit.round.questionnaire_id)
    try:
        with transaction.atomic():
            if visit.invitee is not None:
                spend(visit)
            return receiving.write(visit.round, filled, arrival, rows=rows)
    except (IntegrityError, Refused):
        # The same press, a moment earlier, in another process.
        if earlier := already(visit, ticket):
            return earlier
        raise


def already(visit: Visit, ticket: Ticket) -> Response | None:
    return Response.objects.filter(round=visit.round, submission=ticket.nonce).first()


def spend(visit: Visit) -> None:
    """Use up the code. Of what was answered nothing stands beside it, and the moment is blurred to the day."""
    midnight = receiving.day_of(timezone.now())
    if not tokens.spend(visit.door, at=midnight):
        raise Refused(Closed.ANSWERED)
    invitee = Invitee.objects.filter(pk=visit.invitee.pk)  # type: ignore[union-attr]
    invitee.update(answered_on=timezone.localdate())


def pace(row: SurveyRound) -> dict[str, int]:
    """Return how many answers there are, and how many came by the link within this hour."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    recent = Q(way=ResponseWay.LINK, received_at__gte=hour)
    found = Response.objects.filter(round=row)
    return found.aggregate(all=Count("pk"), hour=Count("pk", filter=recent))


def remarks_on(visit: Visit, filled: Filled, ticket: Ticket, *, within_the_hour: int) -> list[str]:
    """Return what the owner should look at; none of it refuses an answer."""
    found = []
    asked, seconds = len(filled.path), ticket.seconds
    if seconds < asked * SECONDS_A_QUESTION:
        found.append(FAST.format(asked, seconds))
    expected = max(MANY_AN_HOUR, visit.round.targeted or 0, visit.round.distributed or 0)
    if visit.invitee is None and within_the_hour >= expected:
        found.append(MANY.format(f"{expected:,}"))
    return found
