"""One question asked twice: side by side, how far apart, and whether chance alone may explain it; pure.

Shares of two surveys are compared as those of two independent groups, by Newcombe's interval of their
difference (R. G. Newcombe, 1998, method 10), which is made of Wilson's two.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from difflib import SequenceMatcher
from fractions import Fraction
from typing import TYPE_CHECKING

from indicators.arithmetic.intervals import wilson
from indicators.arithmetic.printing import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from surveys.results.percentages import Line

RISEN, FALLEN, CHANCE = "増えたといえます", "減ったといえます", "偶然の範囲です"
NOBODY = "選んだ人がいません"
# An own table of options is another question to those who answer it, whatever its text says.
OTHER_OPTIONS = "選択肢が違うため、増減は判断しません。"
OTHER_WAY = "答え方が違うため、増減は判断しません。"
OTHER_TARGET = "調査の対象が違うため、増減は判断しません。"
OTHER_WORDS = "聞き方が変わっているため、増減は判断しません。"
NO_NUMBER = "回答者数（n）の分からない回があるため、増減は判断しません。"
NO_COUNTS = "人数の分からない選択肢は、増減を判断しません。"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked once. `year` and `name`: when and in what; `way` and `target` as coded; `change`: what has changed since."""

    year: str
    name: str
    text: str
    respondents: int | None
    lines: tuple[Line, ...]
    way: str
    target: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """From one time to the next: difference in points, its 95 % interval and what that says, where known."""

    points: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    verdict: str = ""

    @property
    def text(self) -> str:
        """Return 「＋3.2ポイント（-5.0～11.4）」; empty where either is unknown."""
        if self.points is None:
            return ""
        wide = (
            "" if self.low is None else f"（{signed(self.low)}～{signed(self.high or Decimal(0))}）"
        )
        return f"{signed(self.points)}ポイント{wide}"


@dataclass(frozen=True, slots=True)
class Row:
    """One option: its line at each time (None: it was no option then), and the step of the last two times."""

    label: str
    lines: tuple[Line | None, ...]
    step: Step


@dataclass(frozen=True, slots=True)
class Comparison:
    """The times, oldest first; a row for each option; in sentences what is not the same."""

    times: tuple[Asked, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...]

    @property
    def has_verdicts(self) -> bool:
        return any(row.step.verdict for row in self.rows)


def signed(number: Decimal) -> str:
    """Return 「＋3.2」, 「－3.2」 or 「0.0」."""
    sign = "＋" if number > 0 else "－" if number < 0 else ""
    return f"{sign}{abs(number):.{1 if number == round(number, 1) else 2}f}"


def same(text: str) -> str:
    """Return a text as it is compared: widths, spaces and marks at its end do not tell texts apart."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return folded.rstrip("。.?")


def likeness(one: str, other: str) -> float:
    """Return between 0 and 1 how alike two questions are worded."""
    return SequenceMatcher(None, same(one), same(other), autojunk=False).ratio()


def compared(times: Sequence[Asked]) -> Comparison:
    """Compare a question over its times, oldest first; the last two are tested where nothing stands against it."""
    before, now = times[-2:]
    by_label = [{same(line.label): line for line in one.lines} for one in times]
    reasons = tuple(against(before, now))
    rows = []
    for key, label in labels_of(reversed(times)).items():
        lines = tuple(found.get(key) for found in by_label)
        rows.append(Row(label, lines, step_of(before, now, lines[-2:], is_tested=not reasons)))
    return Comparison(tuple(times), tuple(rows), (*reasons, *uncounted(rows, reasons)))


def labels_of(times: Iterable[Asked]) -> dict[str, str]:
    """Return the options in the order of the newest time, behind them those that are options no more."""
    found: dict[str, str] = {}
    for one in times:
        for line in one.lines:
            found.setdefault(same(line.label), line.label)
    return found


def against(before: Asked, now: Asked) -> Iterable[str]:
    """Yield why the last two times cannot be tested against each other."""
    if {same(line.label) for line in before.lines} != {same(line.label) for line in now.lines}:
        yield OTHER_OPTIONS
    if before.way != now.way:
        yield OTHER_WAY
    if before.target != now.target:
        yield OTHER_TARGET
    if now.change or same(before.text) != same(now.text):
        yield OTHER_WORDS
    if not before.respondents or not now.respondents:
        yield NO_NUMBER


def uncounted(rows: Iterable[Row], reasons: Sequence[str]) -> Iterable[str]:
    if not reasons and not all(row.step.verdict for row in rows):
        yield NO_COUNTS


def step_of(before: Asked, now: Asked, lines: Sequence[Line | None], *, is_tested: bool) -> Step:
    """Return how far apart the exact shares are, half-up once, and the interval where it can be told.

    Of what was printed without counts the difference is that of the percentages.
    """
    old, new = lines
    if old is None or new is None or old.percent is None or new.percent is None:
        return Step(None)
    points = points_of((old, before.respondents), (new, now.respondents))
    parts = counted(new, now.respondents), counted(old, before.respondents)
    if not is_tested or None in parts:
        return Step(points)
    (above, base), (above_before, base_before) = (part for part in parts if part)
    if not above and not above_before:
        return Step(points, verdict=NOBODY)
    low, high = newcombe(above, base, above_before, base_before)
    least, most = (half_up(Fraction(end) * 100, 1) for end in (low, high))
    return Step(points, least, most, verdict(low, high))


def points_of(before: tuple[Line, int | None], now: tuple[Line, int | None]) -> Decimal:
    """Return the difference of two lines, each with the n of its question, in points with one decimal."""
    (old, base_before), (new, base) = before, now
    if old.count is not None and new.count is not None and base_before and base:
        return half_up(Fraction(100 * new.count, base) - Fraction(100 * old.count, base_before), 1)
    return (new.percent or Decimal(0)) - (old.percent or Decimal(0))


def counted(line: Line, respondents: int | None) -> tuple[int, int] | None:
    """Return how many of how many gave an answer; from a printed percentage only where one number alone fits it."""
    count = line.count
    if not respondents:
        return None
    if count is None and line.percent is not None:
        count = only_count(line.percent, respondents)
    return None if count is None or count > respondents else (count, respondents)


def only_count(percent: Decimal, respondents: int) -> int | None:
    """Return the one count that rounds to a percentage printed with one decimal (two where it has two), or None."""
    half = Decimal("0.05") if percent == round(percent, 1) else Decimal("0.005")
    least, most = ((percent + step) * respondents / 100 for step in (-half, half))
    low = int(least.to_integral_value(ROUND_CEILING))
    high = int(most.to_integral_value(ROUND_FLOOR))
    return low if low == high and 0 <= low <= respondents else None


def newcombe(above: int, base: int, above_before: int, base_before: int) -> tuple[float, float]:
    """Return the 95 % interval of above ÷ base − above_before ÷ base_before."""
    now, before = above / base, above_before / base_before
    low, high = wilson(above, base)
    low_before, high_before = wilson(above_before, base_before)
    difference = now - before
    return (
        difference - math.hypot(now - low, high_before - before),
        difference + math.hypot(high - now, before - low_before),
    )


def verdict(low: float, high: float) -> str:
    """Say in a layman's words what an interval of a difference tells."""
    if low > 0:
        return RISEN
    return FALLEN if high < 0 else CHANCE
