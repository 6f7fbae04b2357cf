"""Municipalities that no mail of a 照会 reaches: which they are, and their 回答票 in one ZIP to hand out."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.rows.archives import member, plain
from reports.delivery import reach
from reports.inquiry import sheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from municipalities.models import Municipality
    from reports.delivery.reach import Reach
    from reports.inquiry.questions import Asked
    from reports.models import Inquiry, InquiryReply

ONLY = "by_hand"


def waiting(inquiry: Inquiry, replies: Iterable[InquiryReply]) -> Reach:
    """Return how far mails reach those who have not answered; nobody is waited for unless it takes answers."""
    open_ones = replies if inquiry.is_open else ()
    return reach.of(one.municipality for one in open_ones if not one.is_answered)


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
