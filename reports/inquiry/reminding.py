"""Reminding municipalities of a 照会: by an officer's press, and by the clock when the due date comes near."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from municipalities.models import Prefecture
from municipalities.prefecture_tenancy import reading_prefecture
from reports.choices import InquiryState, ReplyState
from reports.delivery import reach
from reports.inquiry import mailing
from reports.models import Inquiry, InquiryReply

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import User
    from reports.delivery.reach import Reach

# So many days before its due date the clock reminds, once.
AHEAD = dt.timedelta(days=3)
# Nobody gets a mail from the clock before the office opens.
FIRST_HOUR = 8


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a press has done: how many municipalities get a mail now, and how far mails reach who has not answered."""

    number: int
    waiting: Reach


def remind(inquiry: Inquiry, *, by: User) -> Reminded:
    """Remind whoever has not answered, is reached by mail and was not told of it today.

    The claim is a conditional update: of two presses one finds nobody left.
    """
    today = timezone.localdate()
    rows = open_replies(inquiry)
    waiting = reached(rows)
    due = rows.filter(Q(reminded_on=None) | Q(reminded_on__lt=today))
    number = _remind(inquiry, due, waiting, by=by, today=today) if inquiry.is_open else 0
    return Reminded(number, waiting)


def reached(rows: QuerySet[InquiryReply]) -> Reach:
    """Return how far mails reach the municipalities of these rows, by code."""
    found = rows.select_related("municipality").order_by("municipality__code", "pk")
    return reach.of(one.municipality for one in found)


def open_replies(inquiry: Inquiry) -> QuerySet[InquiryReply]:
    """Return the rows of those who were asked and have not answered."""
    return InquiryReply.objects.filter(
        inquiry=inquiry.key, municipality__prefecture=inquiry.prefecture_id
    ).exclude(state=ReplyState.ANSWERED)


def _remind(
    inquiry: Inquiry,
    rows: QuerySet[InquiryReply],
    waiting: Reach,
    *,
    by: User | None,
    today: dt.date,
) -> int:
    """Date and mail those rows whose municipality a mail reaches: a day that is noted is a mail that goes out."""
    rows = rows.filter(municipality__in=waiting.mailed)
    with transaction.atomic():
        claimed = [
            pk
            for pk in rows.order_by("pk").values_list("pk", flat=True)
            if rows.filter(pk=pk).update(reminded_on=today)
        ]
        if claimed:
            mailing.ring(mailing.REMINDED, inquiry, by=by, day=today)
    return len(claimed)


def remind_by_clock() -> int:
    """Remind of everything that is due within three days, once for each due date; return how many rows."""
    if timezone.localtime().hour < FIRST_HOUR:
        return 0
    today = timezone.localdate()
    done = 0
    for prefecture in Prefecture.objects.order_by("code"):
        with reading_prefecture(prefecture):
            near = list(
                Inquiry.objects.filter(
                    state=InquiryState.SENT, due_on__gte=today, due_on__lte=today + AHEAD
                )
            )
        for inquiry in near:
            begun = inquiry.due_on - AHEAD
            rows = open_replies(inquiry).filter(Q(reminded_on=None) | Q(reminded_on__lt=begun))
            done += _remind(inquiry, rows, reached(rows), by=None, today=today)
    return done
