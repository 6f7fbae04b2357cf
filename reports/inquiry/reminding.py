"""Reminding municipalities of a 照会: by an officer's press, and by the clock when the due date comes near."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from municipalities.models import Prefecture
from municipalities.prefecture_tenancy import reading_prefecture
from reports.choices import InquiryState, ReplyState
from reports.inquiry import mailing
from reports.models import Inquiry, InquiryReply

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import User

# So many days before its due date the clock reminds, once.
AHEAD = dt.timedelta(days=3)
# Nobody gets a mail from the clock before the office opens.
FIRST_HOUR = 8


def remind(inquiry: Inquiry, *, by: User) -> int:
    """Remind whoever has not answered and was not told of it today; return how many municipalities.

    The claim is a conditional update: of two presses one finds nobody left.
    """
    today = timezone.localdate()
    rows = open_replies(inquiry).filter(Q(reminded_on=None) | Q(reminded_on__lt=today))
    return _remind(inquiry, rows, by=by, today=today) if inquiry.is_open else 0


def open_replies(inquiry: Inquiry) -> QuerySet[InquiryReply]:
    """Return the rows of those who were asked and have not answered."""
    return InquiryReply.objects.filter(
        inquiry=inquiry.key, municipality__prefecture=inquiry.prefecture_id
    ).exclude(state=ReplyState.ANSWERED)


def _remind(
    inquiry: Inquiry, rows: QuerySet[InquiryReply], *, by: User | None, today: dt.date
) -> int:
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
            done += _remind(inquiry, rows, by=None, today=today)
    return done
