"""The percentages of a published table and what does not add up in it; pure, without Django.

Where counts are known they are the truth, and percentages follow from them; else what was printed stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The line of those who left a question out, as tables of a round call it.
NO_ANSWER = "無回答"


@dataclass(frozen=True, slots=True)
class Answer:
    """A line as it was published; each number may be unknown."""

    label: str
    count: int | None = None
    percent: Decimal | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is shown: `percent` is computed, or as printed."""

    label: str
    count: int | None
    percent: Decimal | None
    rank: int | None

    @property
    def percent_text(self) -> str:
        """Return 「51.0」 or 「51.25」: one decimal, two only where two were printed."""
        return "" if self.percent is None else f"{self.percent:.{places(self.percent)}f}"


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of a question, and in sentences what does not fit."""

    lines: tuple[Line, ...]
    remarks: tuple[str, ...]

    @property
    def has_counts(self) -> bool:
        return any(line.count is not None for line in self.lines)

    @property
    def has_percents(self) -> bool:
        return any(line.percent is not None for line in self.lines)

    @property
    def has_ranks(self) -> bool:
        return any(line.rank is not None for line in self.lines)

    @property
    def decimals(self) -> int:
        """Return how many decimals the percentages of the table have."""
        return max(
            (places(line.percent) for line in self.lines if line.percent is not None), default=1
        )


def places(percent: Decimal) -> int:
    """Return how many decimals a percentage is printed with: one, or two where it has two."""
    return 1 if percent == round(percent, 1) else 2


def share(count: int, respondents: int) -> Decimal | None:
    """Return count of respondents in percent, half-up to one decimal; None of nobody."""
    if respondents <= 0:
        return None
    tenths = (2000 * count + respondents) // (2 * respondents)
    return Decimal(tenths).scaleb(-1)


def table(answers: Sequence[Answer], *, respondents: int | None, is_single: bool) -> Table:
    """Return the lines with their percentages. `respondents`: those who answered this question."""
    lines = tuple(line_of(answer, respondents) for answer in answers)
    remarks = (
        () if respondents is None else tuple(doubts(answers, respondents, is_single=is_single))
    )
    return Table(lines, remarks)


def line_of(answer: Answer, respondents: int | None) -> Line:
    computed = None
    if answer.count is not None and respondents is not None:
        computed = share(answer.count, respondents)
    percent = answer.percent if computed is None else computed
    return Line(answer.label, answer.count, percent, answer.rank)


def doubts(answers: Sequence[Answer], respondents: int, *, is_single: bool) -> Iterator[str]:
    """Yield what a reader should look up again in the source; nothing of it is refused."""
    counts = [answer.count for answer in answers if answer.count is not None]
    total = sum(counts)
    if is_single and counts and len(counts) == len(answers) and total != respondents:
        yield f"回答数の合計 {total:,} が回答者数（n） {respondents:,} と合っていません。"
    for answer in answers:
        if answer.count is not None:
            yield from doubts_of(answer, answer.count, respondents)


def doubts_of(answer: Answer, count: int, respondents: int) -> Iterator[str]:
    if count > respondents:
        yield f"「{answer.label}」の回答数 {count:,} が、回答者数（n） {respondents:,} より多くなっています。"
    computed = share(count, respondents)
    if answer.percent is None or computed is None:
        return
    # A table printed in whole percents, or in hundredths, agrees where it rounds to the same.
    if abs(answer.percent - computed) >= Decimal("0.1") and answer.percent != whole(
        count, respondents
    ):
        printed = Line(answer.label, count, answer.percent, None).percent_text
        yield f"「{answer.label}」の割合は、出典では{printed}%、回答数から計算すると{computed}%です。"


def whole(count: int, respondents: int) -> Decimal:
    """Return the same share in whole percents, half-up."""
    return Decimal((200 * count + respondents) // (2 * respondents))
