"""Municipalities that no mail of a 照会 reaches: which they are, and their 回答票 in one ZIP to hand out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.rows.archives import member, plain
from reports.delivery import reach
from reports.inquiry import sheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from municipalities.models import Municipality
    from reports.delivery.reach import Reach
    from reports.inquiry.questions import Asked
    from reports.models import Inquiry, InquiryReply

ONLY = "by_hand"


@dataclass(frozen=True, slots=True)
class Handing:
    """Whom mails of a 照会 reach, and the answers that are shown. `only`: those of towns that no mail reaches alone."""

    shown: tuple[InquiryReply, ...]
    by_hand: frozenset[str]
    mailed: tuple[Municipality, ...]
    only: str


def waiting(inquiry: Inquiry, replies: Iterable[InquiryReply]) -> Reach:
    """Return how far mails reach those who have not answered; nobody is waited for unless it takes answers."""
    open_ones = replies if inquiry.is_open else ()
    return reach.of(one.municipality for one in open_ones if not one.is_answered)


def of(inquiry: Inquiry, replies: Sequence[InquiryReply], *, only: str) -> Handing:
    """Return how an inquiry is handed out; nothing is cut down to towns by hand where there are none, or by another word."""
    reached = waiting(inquiry, replies)
    by_hand = frozenset(one.code for one in reached.by_hand)
    chosen = ONLY if by_hand and only == ONLY else ""
    shown = (one for one in replies if not chosen or one.municipality.code in by_hand)
    return Handing(tuple(shown), by_hand, reached.mailed, chosen)


def packed(
    inquiry: Inquiry, asked: tuple[Asked, ...], towns: Iterable[Municipality], *, at: dt.datetime
) -> bytes:
    """Return the empty forms of these municipalities, by code."""
    buffer, day = io.BytesIO(), timezone.localdate(at)
    with zipfile.ZipFile(buffer, "w") as archive:
        for place in towns:
            content = sheet.make(inquiry, asked, place, {}, day=day)
            name = plain(f"{place.code}_{place.name}_回答票.xlsx")
            archive.writestr(member(name, at), content)
    return buffer.getvalue()
