"""Why a municipality needs a hand, in words and by weight; from states and dates alone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.choices import Phase, PhaseState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.prefecture.standing.lines import Line
    from reports.submission.advising.papers import Papers

# From when on a date that comes is said to be near, in days.
NEAR = 30
OVERDUE, REVISIT, ABSENT, SOON, BEHIND = 5, 4, 3, 2, 1
NEEDED, NEEDED_TOWNS = "支援が要る理由がある", "支援が要る理由がある市町村"
ORDER_IN_WORDS = (
    "期限を過ぎて未提出、「もう一度見たい」、年度を始めていない（システムを使っていない）、期限が近い、"
    "計画や指標が進んでいない、の順に並べています。"
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; of two of one weight the one with more days comes first."""

    weight: int
    text: str
    days: int = 0


def of(line: Line) -> tuple[Reason, ...]:
    """Return why this municipality needs a hand, the gravest first; empty where nothing is known."""
    found = [*_of_papers(line.interim), *_of_papers(line.final), *_of_year(line)]
    return tuple(sorted(found, key=lambda one: (-one.weight, -one.days)))


def rank(line: Line) -> tuple[int, int, int, str]:
    """Return by what municipalities are put in order of need: gravest reason, days, number, code."""
    first = line.reasons[0] if line.reasons else Reason(0, "")
    return -first.weight, -first.days, -len(line.reasons), line.place.code


def has_any(line: Line) -> bool:
    """Say whether a municipality counts as one that needs a hand: one rule for every list."""
    return bool(line.reasons)


def is_overdue(line: Line) -> bool:
    return any(papers.is_overdue for papers in line.kinds)


def _of_papers(papers: Papers) -> Iterator[Reason]:
    label = papers.label
    if papers.is_overdue:
        yield Reason(OVERDUE, f"{label}の期限を{papers.days_over}日過ぎています", papers.days_over)
    elif papers.is_due_within(NEAR):
        yield Reason(SOON, _coming(label, -papers.days_over), papers.days_over)
    if papers.is_wanted_again:
        yield Reason(REVISIT, f"{label}を、アドバイザーがもう一度見たいとしています")


def _coming(label: str, days: int) -> str:
    return f"{label}の期限まで{days}日です" if days else f"{label}の期限は今日です"


def _of_year(line: Line) -> Iterator[Reason]:
    if line.final.is_submitted:
        return
    if line.has_begun:
        yield from _of_plan(line)
    elif not line.interim.is_submitted:
        yield Reason(ABSENT, line.absence)


def _of_plan(line: Line) -> Iterator[Reason]:
    untouched = [one for one in line.states(Phase.PLAN) if one is PhaseState.NOT_STARTED]
    if untouched:
        yield Reason(BEHIND, f"計画が未着手の場面が{len(untouched)}つあります")
    if line.counts and not line.counts.indicators:
        yield Reason(BEHIND, "指標がまだありません")
    elif line.counts and not line.counts.values_known:
        yield Reason(BEHIND, "今年の値がまだありません")
