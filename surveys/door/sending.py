"""Sending an answer from a screen: one press one answer, one code one answer, however often and from where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from municipalities.kernel import tokens
from surveys.answers import comparing, receiving
from surveys.answers.receiving import Arrival
from surveys.choices import ResponseWay
from surveys.door import visiting
from surveys.door.visiting import Closed
from surveys.models import Invitee, Response, SurveyRound

if TYPE_CHECKING:
    from surveys.answers.filling import Filled
    from surveys.door.visiting import Ticket, Visit
    from surveys.questionnaires.shape.form_shape import Form

# With those that the owner has left out: whoever posts without end does not fill the disk.
MOST_STORED = 100_000
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


@dataclass(frozen=True)
class Delivery:
    """What a form brings: `replaces` where its sender has said that it takes the place of what it brought before."""

    form: Form
    filled: Filled
    ticket: Ticket
    replaces: bool = False


@dataclass(frozen=True)
class Sent:
    """What is stored now. `differing`: what the form says otherwise than before; it waits for its sender's word."""

    response: Response
    differing: tuple[str, ...] = ()


def send(visit: Visit, delivery: Delivery, *, remarks: list[str]) -> Sent:
    """Write the answer, or return the one that this ticket has brought already. Raises Refused.

    Under the lock of the round: of twenty presses the first writes, and none comes after closing or emptying.
    """
    rows = receiving.rows_of(visit.round.questionnaire_id)
    counted = pace(visit.round)
    said = [*remarks, *remarks_on(visit, delivery, within_the_hour=counted["hour"])]
    way = ResponseWay.LINK if visit.invitee is None else ResponseWay.INVITATION
    arrival = Arrival(way, delivery.ticket.nonce, remark="、".join(said))
    with transaction.atomic():
        hold(visit, delivery.ticket)
        if stored := already(visit, delivery.ticket):
            return _again(stored, delivery, rows)
        refuse_flood(counted)
        if visit.invitee is not None:
            spend(visit)
        return Sent(receiving.write(visit.round, delivery.filled, arrival, rows=rows))


def hold(visit: Visit, ticket: Ticket) -> None:
    """Keep the round as it is until the transaction ends. Raises Refused where it takes no answer any more."""
    try:
        held = SurveyRound.objects.hold(visit.round)
    except SurveyRound.DoesNotExist:
        raise Refused(Closed.OVER) from None
    if why := visiting.refusal(replace(visit, round=held), ticket):
        raise Refused(why)


def _again(stored: Response, delivery: Delivery, rows: receiving.Rows) -> Sent:
    """The same press once more, or the form changed after it was sent: that is written where its sender says so."""
    found = comparing.differing(stored, delivery.form, delivery.filled, rows)
    if found and not delivery.replaces:
        return Sent(stored, found)
    if found:
        receiving.rewrite(stored, delivery.filled, rows=rows)
    return Sent(stored)


def already(visit: Visit, ticket: Ticket) -> Response | None:
    """Return what this ticket has brought."""
    stored = Response.objects.filter(round=visit.round, submission=ticket.nonce).first()
    if stored is not None:
        stored.round = visit.round
    return stored


def refuse_flood(counted: dict[str, int]) -> None:
    """Raise Refused where more came than any town asks; what the owner has left out does not count."""
    if counted["valid"] >= receiving.MOST_RESPONSES or counted["all"] >= MOST_STORED:
        raise Refused(Closed.FULL)


def spend(visit: Visit) -> None:
    """Use up the code. Of what was answered nothing stands beside it, and the moment is blurred to the day."""
    midnight = receiving.day_of(timezone.now())
    if not tokens.spend(visit.door, at=midnight):
        raise Refused(Closed.ANSWERED)
    invitee = Invitee.objects.filter(pk=visit.invitee.pk)  # type: ignore[union-attr]
    invitee.update(answered_on=timezone.localdate())


def pace(row: SurveyRound) -> dict[str, int]:
    """Return how many answers there are, how many count, and how many came by the link within this hour."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    recent = Q(way=ResponseWay.LINK, received_at__gte=hour)
    found = Response.objects.filter(round=row)
    return found.aggregate(
        all=Count("pk"),
        valid=Count("pk", filter=Q(is_excluded=False)),
        hour=Count("pk", filter=recent),
    )


def remarks_on(visit: Visit, delivery: Delivery, *, within_the_hour: int) -> list[str]:
    """Return what the owner should look at; none of it refuses an answer."""
    found = []
    asked, seconds = len(delivery.filled.path), delivery.ticket.seconds
    if seconds < asked * SECONDS_A_QUESTION:
        found.append(FAST.format(asked, seconds))
    expected = max(MANY_AN_HOUR, visit.round.targeted or 0, visit.round.distributed or 0)
    if visit.invitee is None and within_the_hour >= expected:
        found.append(MANY.format(f"{expected:,}"))
    return found
