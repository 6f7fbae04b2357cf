"""連携支援の経過: the steps side by side as in the form where they fit a sheet, else one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.paper.wording.wording import Letters, is_whole, items, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.document.year_review import Advice, SupportStep

SIZES = (
    Letters("size-95", 9.5, 1.5),
    Letters("size-85", 8.5, 1.5),
    Letters("size-75", 7.5, 1.45),
)
SMALL = Letters("", 7.5, 1.5)
FEWEST, MOST = 3, 5
# Millimetres of a sheet on its side: width, and what title, heads and paddings leave for texts.
WIDTH, ROOM, PADDING = 269.0, 128.0, 5.2
UNANSWERED = "未回答"


@dataclass(frozen=True, slots=True)
class AdviceItem:
    """One piece of advice as it is printed: what it is about, its lines, what became of it."""

    about: str
    items: tuple[dict[str, str], ...]
    answer: str

    @property
    def text(self) -> str:
        return "\n".join((self.about, *(one["text"] for one in self.items)))


@dataclass(frozen=True, slots=True)
class Step:
    """One step with both its texts cut into lines."""

    title: str
    small: tuple[str, ...]
    label: str
    situation: tuple[dict[str, str], ...]
    advice: tuple[AdviceItem, ...]
    keywords: tuple[str, ...]
    is_whole: bool
    situation_text: str

    def heights(self, letters: Letters, width: float) -> tuple[float, float, float]:
        """Millimetres of head, situation and advice in a column."""
        small = sum(SMALL.height(line, width) for line in self.small)
        advice = sum(
            letters.height(one.text, width) + SMALL.height(one.answer, width) for one in self.advice
        )
        words = sum(letters.height(word, width) for word in self.keywords)
        head = letters.height(self.title, width) + small
        return head, letters.height(self.situation_text, width), advice + words


@dataclass(frozen=True, slots=True)
class Course:
    """All steps; `size` names the letters of columns side by side, empty where they do not fit."""

    steps: tuple[Step, ...]
    size: str

    @property
    def is_wide(self) -> bool:
        return bool(self.size)


def course(steps: Sequence[SupportStep]) -> Course:
    """Return the steps, side by side in the largest letters with which they fit one sheet."""
    found = tuple(map(_step, steps))
    written = sum(bool(step.situation or step.advice) for step in found)
    if written < FEWEST or len(found) > MOST:
        return Course(found, "")
    width = WIDTH / len(found) - PADDING
    for letters in SIZES:
        columns = [step.heights(letters, width) for step in found]
        if sum(map(max, zip(*columns, strict=True))) <= ROOM:
            return Course(found, letters.name)
    return Course(found, "")


def _step(step: SupportStep) -> Step:
    advice = tuple(map(_advice, step.advice))
    written = "\n".join([*(f"{one.text}\n{one.answer}" for one in advice), *step.keywords])
    people = f"参加者：{step.participants}" if step.participants else ""
    return Step(
        title=step.title,
        small=tuple(filter(None, ("　".join(filter(None, (step.held_on, step.style))), people))),
        label=step.situation_label,
        situation=items(step.situation),
        advice=advice,
        keywords=step.keywords,
        is_whole=is_whole(step.situation, written),
        situation_text="\n".join(lines(step.situation)),
    )


def _advice(one: Advice) -> AdviceItem:
    about = "　".join(filter(None, (one.scene, one.about)))
    return AdviceItem(f"〔{about}〕" if about else "", items(one.text), _answer(one))


def _answer(one: Advice) -> str:
    """Return 「採用（令和5年11月6日）　理由」; an answer that is still to come needs no word here."""
    day = f"（{one.responded_on}）" if one.responded_on else ""
    answer = "" if one.response in ("", UNANSWERED) else f"対応：{one.response}{day}"
    confirmed = "アドバイザー確認済み" if one.is_confirmed else ""
    return "　".join(filter(None, (answer, one.response_note, confirmed)))
