"""The draft of an evaluation's fact, made from what is recorded: numbers in sentences, no reason and no praise. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.japanese.dates import in_wareki
from municipalities.japanese.numerals import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicators.verdicts.evaluation import Evaluation

# The whole of it stays below what the column holds.
LONGEST = 3900
MOST_RESULTS = 20


@dataclass(frozen=True, slots=True)
class Done:
    """One result of an activity: its day, or `when` it was, what was done, how many took part."""

    held_on: dt.date | None
    text: str
    participants: int | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting that was held: 「第1回」 or its title, its day, how many things it decided."""

    label: str
    held_on: dt.date | None
    decisions: int = 0


def of_outcome(lines: Sequence[tuple[str, Evaluation]]) -> str:
    """Return a sentence for each indicator that has a number this year; nothing without any."""
    return joined(of_indicator(name, one) for name, one in lines if one.has_number)


def of_indicator(name: str, one: Evaluation) -> str:
    progress = f"進捗率は{one.progress}です。" if one.progress else ""
    return f"「{name}」の評価区分は「{one.word}」です。{one.how or one.dated(one.latest) + 'です。'}{progress}"


def of_activity(status: str, results: Sequence[Done], milestones: tuple[int, int] = (0, 0)) -> str:
    """Return what was done, by count and one by one; nothing without any result.

    `milestones` are how many were reached, of how many.
    """
    if not results:
        return ""
    people = sum(one.participants or 0 for one in results)
    counted = f"実績は{len(results)}件"
    counted += f"（参加者は延べ{grouped(people)}人）です。" if people else "です。"
    reached, of = milestones
    told = [f"状況は「{status}」です。", counted, listed(results)]
    if of:
        told.append(f"節目{of}件のうち{reached}件を達成しました。")
    return joined(["".join(told)])


def listed(results: Sequence[Done]) -> str:
    """Return every result with its day or time, as far as a person reads on: those without a day come last."""
    ordered = sorted(results, key=lambda one: (one.held_on is None, one.held_on or dt.date.min))
    told = "、".join(map(done, ordered[:MOST_RESULTS]))
    more = len(ordered) - MOST_RESULTS
    return f"内容は、{told}{f'、ほか{more}件' if more > 0 else ''}です。"


def done(one: Done) -> str:
    when = in_wareki(one.held_on) if one.held_on else one.when
    return f"{when}の「{shortened(one.text)}」" if when else f"「{shortened(one.text)}」"


def of_council(meetings: Sequence[Held], planned: str) -> str:
    """Return how often a council met, and when; nothing without any meeting. `planned` is 「年2回」 or empty."""
    if not meetings:
        return ""
    days = "、".join(
        f"{one.label}（{in_wareki(one.held_on)}）" if one.held_on else one.label for one in meetings
    )
    beside = f"（予定は{planned}）" if planned else ""
    decided = sum(one.decisions for one in meetings)
    more = f"決定事項は{decided}件です。" if decided else ""
    return joined([f"会議を{len(meetings)}回開きました{beside}。{days}。{more}"])


def shortened(text: str) -> str:
    one_line, most = " ".join(text.split()), 60
    return one_line if len(one_line) <= most else f"{one_line[:most]}…"


def joined(sentences: Iterable[str]) -> str:
    """Return the sentences, a line each, as far as they fit."""
    found = ""
    for one in filter(None, sentences):
        longer = f"{found}\n{one}" if found else one
        if len(longer) > LONGEST:
            return found or one[:LONGEST]
        found = longer
    return found
