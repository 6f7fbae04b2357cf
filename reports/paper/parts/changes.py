"""支援前の課題 → 支援前後の変化 → 今後について: the form's three columns, as far as they are to be told yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.paper.wording.wording import item, items, numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.document.year_review import Effect, Outlook, YearReview

BEFORE = "支援前の課題"
CHANGED = "支援前後の変化（支援の効果）"
AHEAD = "今後について（予定、方向性等）"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a column: what it answers, its lines, and what follows from it (⇒) or when it is due."""

    items: tuple[dict[str, str], ...]
    answers: str = ""
    conclusion: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The columns that are printed; what the support changed is told by the final report at the latest."""

    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """Name the part after what it holds."""
        labels = [column.label for column in self.columns]
        if labels == [BEFORE]:
            return BEFORE
        return "支援前の課題、支援による変化、今後について"

    @property
    def is_list(self) -> bool:
        """Whether one column alone is printed, as a list in a frame."""
        return len(self.columns) == 1


def changes(review: YearReview) -> Changes:
    """Return the columns: the issues always, the others when written or when the report is the final one."""
    is_answered = any(effect.answers in review.issues_before for effect in review.effects)
    columns = [Column(BEFORE, _before(review.issues_before, is_numbered=is_answered))]
    if review.effects or review.head.is_final:
        columns.append(Column(CHANGED, _changed(review.effects, review.issues_before)))
    if review.outlooks or review.head.is_final:
        columns.append(Column(AHEAD, tuple(map(_ahead, review.outlooks))))
    return Changes(tuple(columns))


def _before(issues: Sequence[str], *, is_numbered: bool) -> tuple[Entry, ...]:
    if not is_numbered:
        return tuple(Entry((item(text),)) for text in issues)
    return tuple(
        Entry(({"indent": "", "sign": numbered(place), "text": text},))
        for place, text in enumerate(issues, start=1)
    )


def _changed(effects: Sequence[Effect], issues: Sequence[str]) -> tuple[Entry, ...]:
    return tuple(
        Entry(items(one.text), answers=_answers(one.answers, issues), conclusion=one.conclusion)
        for one in effects
    )


def _answers(answers: str, issues: Sequence[str]) -> str:
    """Name the issue by its number in the first column; one that is not there by its words."""
    if not answers:
        return ""
    name = numbered(issues.index(answers) + 1) if answers in issues else f"「{answers}」"
    return f"課題{name}について"


def _ahead(one: Outlook) -> Entry:
    return Entry(items(one.text), due=one.due)
