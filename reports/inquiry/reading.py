"""照会 as a municipality reads them: what its prefecture has sent to it, and how far its answer is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from municipalities.prefecture_tenancy import reading_prefecture
from reports.choices import InquiryState, ReplyState
from reports.inquiry.questions import Asked, numbered
from reports.models import Inquiry, InquiryAnswer, InquiryReply

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.models import Cycle, Municipality


@dataclass(frozen=True, slots=True)
class Received:
    """A 照会 that came to a municipality, and the state of its own answer."""

    inquiry: Inquiry
    reply: InquiryReply

    @property
    def is_waiting(self) -> bool:
        return self.inquiry.is_open and not self.reply.is_answered

    @property
    def days_late(self) -> int:
        return days_late(self.inquiry, self.reply, timezone.localdate())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One 照会 with its questions and what is written to each, by the key of the question."""

    received: Received
    asked: tuple[Asked, ...]
    # What the municipality has written, and the copy that its prefecture reads.
    rows: dict[str, InquiryAnswer]
    sent: dict[str, str]

    @property
    def inquiry(self) -> Inquiry:
        return self.received.inquiry

    @property
    def reply(self) -> InquiryReply:
        return self.received.reply

    @property
    def texts(self) -> dict[str, str]:
        """What is to be answered: as written here, or as the prefecture has entered it where nothing is."""
        if self.rows:
            return {key: row.text for key, row in self.rows.items()}
        return dict(self.sent) if self.reply.is_by_prefecture else {}

    @property
    def missing(self) -> list[Asked]:
        """The questions that must be answered and are not."""
        return [one for one in self.asked if one.row.is_required and not self.texts.get(one.key)]

    @property
    def is_changed(self) -> bool:
        """It was answered, and something was written since then that the prefecture does not know."""
        return self.reply.is_answered and bool(self.rows) and known(self.texts) != known(self.sent)

    @property
    def is_to_answer(self) -> bool:
        """There is something to let out: nobody here has answered yet, or it was written again since."""
        return not self.reply.is_answered or self.reply.is_by_prefecture or self.is_changed


def known(texts: dict[str, str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if text}


def days_late(inquiry: Inquiry, reply: InquiryReply, today: dt.date) -> int:
    """Return how many days after the due date it was answered, or is by now; 0 in time."""
    day = timezone.localdate(reply.first_answered_at) if reply.first_answered_at else today
    return max(0, (day - inquiry.due_on).days)


def of_town(place: Municipality, fiscal_year: int) -> list[Received]:
    """Return what a municipality was asked in a year, the latest first, in two queries."""
    rows = InquiryReply.objects.filter(municipality=place, fiscal_year=fiscal_year)
    replies = {row.inquiry: row for row in rows}
    with reading_prefecture(place.prefecture_id):
        found = list(Inquiry.objects.filter(key__in=replies).exclude(state=InquiryState.DRAFT))
    return [Received(one, replies[one.key]) for one in found]


def waiting(place: Municipality, fiscal_year: int) -> list[Received]:
    """Return what is open and unanswered, by due date; in one query where there is nothing."""
    rows = InquiryReply.objects.filter(municipality=place, fiscal_year=fiscal_year)
    replies = {row.inquiry: row for row in rows.exclude(state=ReplyState.ANSWERED)}
    if not replies:
        return []
    with reading_prefecture(place.prefecture_id):
        found = Inquiry.objects.filter(key__in=replies, state=InquiryState.SENT)
        return [Received(one, replies[one.key]) for one in found.order_by("due_on", "pk")]


def one(cycle: Cycle, key: str) -> Sheet:
    """Return one 照会 with the year's answers. Raises Http404 where the municipality was not asked."""
    place = cycle.municipality
    reply = InquiryReply.objects.filter(
        municipality=place, fiscal_year=cycle.fiscal_year, inquiry=key
    ).first()
    if reply is None:
        raise Http404
    with reading_prefecture(place.prefecture_id):
        inquiry = Inquiry.objects.filter(key=key).exclude(state=InquiryState.DRAFT).first()
        if inquiry is None:
            raise Http404
        asked = numbered(inquiry.questions.all())
    rows = {row.key: row for row in InquiryAnswer.objects.filter(cycle=cycle, inquiry=key)}
    sent = dict(reply.lines.values_list("question", "text"))
    return Sheet(Received(inquiry, reply), asked, rows, sent)
