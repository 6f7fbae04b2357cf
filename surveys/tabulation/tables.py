"""The tables as they are shown, stored and saved. Of how many is said in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.questionnaires.furigana import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from surveys.questionnaires.form_shape import Asked
    from surveys.results import percentages

NO_ANSWER = "無回答"
# Groups smaller than this are marked: what they say is of few people.
SMALL = 5
RULE = (
    "割合は、その設問を聞いた人（「この答えなら○へ」で飛ばした人を除く）を100%とします。"
    "答えのない人と、選び方が設問の指定と合わない人（一つだけ選ぶ設問で二つ以上選ぶ、選べる数の上限を超える、"
    "「特にない」とほかの選択肢を一緒に選ぶ）は「無回答」に数えます。割合は小数第2位を四捨五入しています。"
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What numbers have in common; exact but for the rounding of whoever prints them."""

    n: int
    mean: Decimal
    median: Decimal
    smallest: Decimal
    largest: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Table:
    """One question, a row or an extra column of a matrix.

    `asked`: whom it was asked after skips; `missing` of them gave no answer. `numbers`: of entered
    numbers, or of the points of the options.
    """

    question: Asked
    number: str
    title: str
    is_single: bool
    asked: int
    missing: int
    lines: tuple[percentages.Line, ...]
    numbers: Numbers | None = None

    @property
    def part(self) -> str:
        """Return which row or column of a matrix this is of; empty where it is a whole question."""
        return self.title.removeprefix(plain(self.question.text)).strip()

    @property
    def answered(self) -> int:
        return self.asked - self.missing

    @property
    def is_small(self) -> bool:
        return self.asked < SMALL


@dataclass(frozen=True, slots=True)
class Group:
    """Those who gave one answer to the question that parts the table; `n` of them were asked."""

    label: str
    n: int
    lines: tuple[percentages.Line, ...]

    @property
    def is_small(self) -> bool:
        return self.n < SMALL


@dataclass(frozen=True, slots=True)
class Cross:
    """A table parted by another question; groups in which nobody was asked are left out."""

    table: Table
    by: str
    groups: tuple[Group, ...]
