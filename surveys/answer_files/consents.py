"""What of a readable file its owner has to look at, and say yes to, before it is taken in; pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.answer_files.cells import cell_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from surveys.answer_files.answer_file import Checked

SHOWN, TOLD = 20, 5
SKIPPED = (
    "前の設問の答えで飛ばす設問に、記入のある行が{:,}行あります。その記入は取り込みません。"
    "打ち間違いのときは、表を直してください。"
)
SKIPPED_YES = "飛ばす設問の記入は取り込まずに、ほかの回答を取り込む"
PERSONAL = "個人が分かることが書かれているようなセルが{:,}か所あります。名前や電話番号のときは、表から消してください。"
PERSONAL_YES = "個人が分かる内容ではないことを確かめたので、このまま取り込む"
LEFT_OUT = "前の設問の答えで飛ばす設問の記入は、取り込んでいません（{}）。"


@dataclass(frozen=True)
class Ask:
    """Something to look at: `lines` name the rows; `label` is what is agreed to; `value` is of these lines alone."""

    name: str
    lead: str
    label: str
    lines: tuple[str, ...]

    @property
    def value(self) -> str:
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()[:16]

    @property
    def shown(self) -> tuple[str, ...]:
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.lines) - len(self.shown)


def of(checked: Checked) -> tuple[Ask, ...]:
    return tuple(_asks(checked))


def _asks(checked: Checked) -> Iterator[Ask]:
    if lines := _left_out(checked):
        yield Ask("left_out", SKIPPED.format(len(lines)), SKIPPED_YES, tuple(lines))
    if checked.noticed:
        told = tuple(
            f"{cell_name(row, column)}：{signs}が書かれているようです。"
            for row, column, signs in checked.noticed
        )
        yield Ask("personal", PERSONAL.format(len(told)), PERSONAL_YES, told)


def _left_out(checked: Checked) -> Sequence[str]:
    return [f"{row:,}行目：{questions}" for row, questions in checked.left_out]


def told_left_out(checked: Checked) -> str:
    """Say which entries were not taken in, or nothing."""
    lines = _left_out(checked)
    if not lines:
        return ""
    more = f"、ほか{len(lines) - TOLD:,}行" if len(lines) > TOLD else ""
    return LEFT_OUT.format("、".join(lines[:TOLD]) + more)
