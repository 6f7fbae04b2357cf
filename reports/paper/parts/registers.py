"""課題整理表 and 取組整理表: their lines and the columns in which anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.paper.wording.wording import Letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.document.year_review import ActivityLine, IssueLine

LETTERS = Letters("", 8.0, 1.45)
# Millimetres: the narrowest a column of texts becomes, and a row that is always kept on one page.
COLUMN, WHOLE = 27.0, 85.0


@dataclass(frozen=True, slots=True)
class Issue:
    line: IssueLine
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Issues:
    """All lines; a column that nobody has written in is left out."""

    lines: tuple[Issue, ...]
    has_current: bool
    has_gap: bool
    has_cause: bool


@dataclass(frozen=True, slots=True)
class Activity:
    line: ActivityLine
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Activities:
    """All lines; a column that nobody has written in is left out."""

    lines: tuple[Activity, ...]
    has_people: bool
    has_period: bool
    has_results: bool


def issues(lines: Sequence[IssueLine]) -> Issues:
    """Return the lines of 課題整理表; the current state stands in a column of twice the width."""
    return Issues(
        tuple(
            Issue(
                one,
                _fits(one.text, one.gap, one.cause)
                and _height("\n".join((one.current_state, *one.figures)), 2 * COLUMN) <= WHOLE,
            )
            for one in lines
        ),
        has_current=any(one.current_state or one.figures for one in lines),
        has_gap=any(one.gap for one in lines),
        has_cause=any(one.cause for one in lines),
    )


def activities(lines: Sequence[ActivityLine]) -> Activities:
    """Return the lines of 取組整理表."""
    return Activities(
        tuple(Activity(one, _is_whole(one)) for one in lines),
        has_people=any(one.executor or one.partners for one in lines),
        has_period=any(one.period for one in lines),
        has_results=any(one.results for one in lines),
    )


def _is_whole(one: ActivityLine) -> bool:
    return _fits(
        f"{one.name}\n{one.description}",
        f"{one.executor}\n{'、'.join(one.partners)}",
        "\n".join(one.results),
    )


def _fits(*texts: str) -> bool:
    return all(_height(text, COLUMN) <= WHOLE for text in texts)


def _height(text: str, width: float) -> float:
    return LETTERS.height(text, width)
