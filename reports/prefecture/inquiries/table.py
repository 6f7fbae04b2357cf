"""The answers to a 照会 side by side: municipalities × questions, each choice counted, numbers summed up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from indicators.arithmetic.warnings import PERCENT
from municipalities.japanese import numerals
from reports.choices import QuestionKind, ReplyState
from reports.inquiry.questions import YES_NO, Asked, shown, value_of
from reports.inquiry.reading import days_late
from reports.models import Inquiry, InquiryReply, InquiryReplyLine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

ONLY = {"answered": "回答済み", "waiting": "まだ回答していない市町村"}
TOWNS = "市町村"
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
    lines: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that were given to a question by those who have answered, and how many gave none."""

    asked: Asked
    values: tuple[Decimal, ...]
    unanswered: int

    @property
    def lines(self) -> tuple[tuple[str, Decimal | int, str], ...]:
        """Each measure with its number and unit; of shares there is no sum that would mean anything."""
        unit = self.asked.row.unit
        counts = (("回答した市町村", len(self.values), TOWNS), ("未回答", self.unanswered, TOWNS))
        if not self.values:
            return counts
        total = () if unit.startswith((PERCENT, "%")) else (("合計", sum(self.values), unit),)
        parts = (
            ("最小", min(self.values), unit),
            ("中央値", median(self.values), unit),
            ("最大", max(self.values), unit),
        )
        return (*counts, *total, *parts)

    @property
    def shown(self) -> list[tuple[str, str]]:
        return [
            (label, f"{numerals.grouped(Decimal(value).normalize())}{unit}")
            for label, value, unit in self.lines
        ]


@dataclass(frozen=True, slots=True)
class Table:
    """The table as it is shown: `only` is what it was cut to, empty for all."""

    inquiry: Inquiry
    asked: tuple[Asked, ...]
    rows: tuple[Row, ...]
    total: int
    only: str
    choices: tuple[Choices, ...]
    numbers: tuple[Numbers, ...]


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
    counts, numbers = tuple(counted(asked, rows)), tuple(summed(asked, rows))
    return Table(inquiry, asked, tuple(kept), len(rows), only, counts, numbers)


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
        lines = [(label, values[value], TOWNS) for value, label in options.items()]
        yield Choices(one, (*lines, ("未回答", values[""], TOWNS)))


def summed(asked: tuple[Asked, ...], rows: Sequence[Row]) -> Iterable[Numbers]:
    """Yield what was answered to each question for a number, over all that have answered."""
    answered = [one for one in rows if one.reply.is_answered]
    for place, one in enumerate(asked):
        if one.row.kind == QuestionKind.NUMBER:
            found = [value_of(one.row, row.texts[place]) for row in answered]
            values = tuple(value for value in found if isinstance(value, Decimal))
            yield Numbers(one, values, len(found) - len(values))
