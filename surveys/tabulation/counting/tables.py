"""The tables as they are shown, stored and saved. Of how many is said in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.questionnaires.shape.furigana import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from surveys.questionnaires.shape.form_shape import Asked
    from surveys.results import percentages

# Groups smaller than this are marked: what they say is of few people.
SMALL = 5
RULE = (
    "割合は、その設問の回答対象者数（n。「この答えなら○へ」で飛ばした人を除く）を100%とします。"
    "答えのない人と、選び方が設問の指定と合わない人（一つだけ選ぶ設問で二つ以上選ぶ、選べる数の上限を超える、"
    "「特にない」とほかの選択肢を一緒に選ぶ）は「無回答」に数えます。割合は小数第2位を四捨五入しています。"
)
KEPT = "回答を消す前に保存した集計"
KEPT_RULE = (
    "自由記述と、1件ごとの回答は残っていません。回答対象者が5人未満の設問は内訳を、回答が10件未満の数値の設問は平均と中央値を、"
    "数値の最小と最大は、どれも保存していません。クロス集計は、職種と、選んでおいた設問で分けたものだけを、10人より少ない区分をまとめ、"
    "選んだ人が10人より少ない選択肢を除いて保存しています。"
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What numbers have in common; exact but for the rounding of whoever prints them."""

    n: int
    mean: Decimal
    median: Decimal
    # Of entered numbers these are one person's each: they go with the answers.
    smallest: Decimal | None
    largest: Decimal | None
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
    # Kept when the answers went, without what would have told of few.
    is_held_back: bool = False

    @property
    def name(self) -> str:
        """Return 「問1 在宅医療を知っていますか」: a question inside a line bears no full stop."""
        return f"{self.number} {self.title.rstrip('。．？?')}".strip()

    @property
    def part(self) -> str:
        """Return which row or column of a matrix this is of; empty where it is a whole question."""
        return self.title.removeprefix(plain(self.question.text)).strip()

    @property
    def answered(self) -> int:
        return self.asked - self.missing

    @property
    def is_of_nobody(self) -> bool:
        """Say whether there is nothing to draw: nobody was asked, or nobody answered."""
        return not self.answered and not self.is_held_back

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
