"""The answers to a 照会 side by side: municipalities × questions, and how often each choice was taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.choices import QuestionKind, ReplyState
from reports.inquiry.questions import YES_NO, Asked, shown
from reports.inquiry.reading import days_late
from reports.models import Inquiry, InquiryReply, InquiryReplyLine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

ONLY = {"answered": "回答済み", "waiting": "まだ回答していない市町村"}
TICKED = (QuestionKind.YES_NO, QuestionKind.CHOICE)


@dataclass(frozen=True, slots=True)
class Count:
    """How many municipalities were asked, and how many are how far."""

    inquiry: Inquiry
    asked: int
    answered: int
    drafts: int

    @property
    def untouched(self) -> int:
        return self.asked - self.answered - self.drafts

    @property
    def waiting(self) -> int:
        return self.asked - self.answered


def count(inquiry: Inquiry, replies: Iterable[InquiryReply]) -> Count:
    states = Counter(one.state for one in replies if one.inquiry == inquiry.key)
    return Count(
        inquiry, sum(states.values()), states[ReplyState.ANSWERED], states[ReplyState.DRAFT]
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality with its answers as they are stored, in the order of the questions."""

    reply: InquiryReply
    days_late: int
    texts: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """How often each choice of a question was taken by those who have answered."""

    asked: Asked
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The table as it is shown: `only` is what it was cut to, empty for all."""

    inquiry: Inquiry
    asked: tuple[Asked, ...]
    rows: tuple[Row, ...]
    total: int
    only: str
    choices: tuple[Choices, ...]


def table(
    inquiry: Inquiry,
    asked: tuple[Asked, ...],
    replies: Sequence[InquiryReply],
    *,
    only: str,
    today: dt.date,
) -> Table:
    """Return the table, in one query: answers are read from the copies that the municipalities sent."""
    told: dict[int, dict[str, str]] = {}
    lines = InquiryReplyLine.objects.filter(reply__in=[one.pk for one in replies])
    for reply, question, text in lines.values_list("reply_id", "question", "text"):
        told.setdefault(reply, {})[question] = text
    rows = [_row(inquiry, asked, one, told.get(one.pk, {}), today) for one in replies]
    only = only if only in ONLY else ""
    kept = [one for one in rows if not only or (only == "answered") == one.reply.is_answered]
    return Table(inquiry, asked, tuple(kept), len(rows), only, tuple(counted(asked, rows)))


def _row(
    inquiry: Inquiry,
    asked: tuple[Asked, ...],
    reply: InquiryReply,
    told: dict[str, str],
    today: dt.date,
) -> Row:
    texts = tuple(told.get(one.key, "") for one in asked)
    cells = tuple(shown(one.row, text) for one, text in zip(asked, texts, strict=True))
    return Row(reply, days_late(inquiry, reply, today), texts, cells)


def counted(asked: tuple[Asked, ...], rows: Sequence[Row]) -> Iterable[Choices]:
    """Yield the counts of each question that is ticked, over all that have answered; no answer is counted too."""
    answered = [one for one in rows if one.reply.is_answered]
    for place, one in enumerate(asked):
        if one.row.kind not in TICKED:
            continue
        values = Counter(row.texts[place] for row in answered)
        is_yes_no = one.row.kind == QuestionKind.YES_NO
        options = YES_NO if is_yes_no else {option: option for option in one.row.options}
        lines = [(label, values[value]) for value, label in options.items()]
        yield Choices(one, (*lines, ("未回答", values[""])))
