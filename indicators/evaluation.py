"""The verdict on an indicator's year in words, with one sentence on how it was come to. Pure.

Definition, values and targets are rows, or the same frozen in a document: page and paper say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from indicators import verdicts
from indicators.choices import Direction, Finality, ValueKind, ValueState, Verdict
from indicators.intervals import reference
from indicators.printing import half_up, printed
from indicators.values import finality
from indicators.verdicts import Course, Judged, Mark, Why
from municipalities import fiscal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOTHING, HUNDRED = Fraction(0), Fraction(100)
DIGITS, PERCENT = 1, "％"
NO_VERDICT = {Why.WATCHED: "監視", Why.NO_TARGET: "目標値なし", Why.NO_FORECAST: "評価なし"}
# Whose numbers are never below zero; the shares among them never above a hundred per cent.
SHARES = (ValueKind.RATIO, ValueKind.SURVEY_RATIO)
NEVER_NEGATIVE = (*SHARES, ValueKind.RATE, ValueKind.COUNT)
LOOKS = {
    Verdict.ACHIEVED: "success",
    Verdict.LIKELY: "success",
    Verdict.UNLIKELY: "warning",
    Verdict.MISSED: "check",
    Verdict.WORSENED: "check",
    Verdict.UNCOLLECTED: "todo",
}
BASIS = "評価区分は、現状値・目標値・実績の数字から計算したものです。価値判断は、協議体で行ってください。"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One line of the 評価シート. Texts are empty where there is nothing to say."""

    definition: Any
    year: int
    judged: Judged
    values: Mapping[int, Any]
    baseline: Mark | None
    latest: Mark | None

    @property
    def word(self) -> str:
        """Return the verdict, with the reason where no value is there; else why there is none."""
        verdict = self.judged.verdict
        if verdict is None:
            return NO_VERDICT[self.judged.why]
        if verdict == Verdict.UNCOLLECTED:
            return f"{verdict.label}（{self.state.label}）"
        return str(verdict.label)

    @property
    def look(self) -> str:
        """Return the look of the tag; it only repeats what the word says."""
        return LOOKS[self.judged.verdict] if self.judged.verdict else "blocked"

    @property
    def state(self) -> ValueState:
        value = self.values.get(self.year)
        return ValueState(value.state) if value else ValueState.NOT_ENTERED

    @property
    def ratio(self) -> str:
        return percent(self.judged.ratio)

    @property
    def progress(self) -> str:
        return percent(self.judged.progress)

    @property
    def forecast(self) -> str:
        """Return 最終年度見込 with its unit."""
        return self.number(self.judged.forecast)

    @property
    def forecast_year(self) -> str:
        return fiscal.label(self.judged.forecast.year) if self.judged.forecast else ""

    @property
    def reference(self) -> str:
        """Return the sentence on a value of the year that is a 参考値."""
        value = self.values.get(self.year)
        return reference(self.definition, value) if value else ""

    @property
    def how(self) -> str:
        """Return how the verdict was come to."""
        return SENTENCES[self.judged.why](self)

    @property
    def sum(self) -> str:
        """Return the calculation of 進捗率 with its numbers; empty where there is none."""
        if self.judged.progress is None:
            return self.no_progress
        now, start, aim = (self.number(one) for one in (self.latest, self.baseline, self.target))
        return f"進捗率＝（実績{now}－現状値{start}）÷（目標値{aim}－現状値{start}）＝{self.progress}。"

    @property
    def no_progress(self) -> str:
        """Return why a year with number and target has no 進捗率."""
        if not self.has_number or self.judged.target is None:
            return ""
        if self.baseline is None:
            return "現状値がないので、進捗率は計算しません。"
        if self.baseline.number == self.judged.target.number:
            return "目標値が現状値と同じなので、進捗率は計算しません。"
        return "目標値が現状値より望ましい側にないので、進捗率は計算しません。"

    @property
    def has_number(self) -> bool:
        return self.latest is not None and self.latest.year == self.year

    @property
    def target(self) -> Mark | None:
        return self.judged.target

    def number(self, mark: Mark | None) -> str:
        """Return a number as it is printed, a forecast within what is possible."""
        if mark is None:
            return ""
        value = half_up(self.possible(mark).number, self.definition.decimals)
        unit, decimals = self.definition.unit, self.definition.decimals
        return printed(value, state=ValueState.VALUE, unit=unit, decimals=decimals)

    def possible(self, mark: Mark) -> Mark:
        """Return a forecast not below nothing nor above everything, where it was drawn between such numbers."""
        known = [one.number for one in (self.baseline, self.latest, self.target) if one]
        kind, number = ValueKind(self.definition.value_kind), mark.number
        if kind in NEVER_NEGATIVE and min(known) >= NOTHING:
            number = max(number, NOTHING)
        if kind in SHARES and self.definition.unit == PERCENT and max(known) <= HUNDRED:
            number = min(number, HUNDRED)
        return replace(mark, number=number)

    def dated(self, mark: Mark | None) -> str:
        """Return 「31.5％（令和8年度・速報）」."""
        if mark is None:
            return ""
        value = None if mark is self.target else self.values.get(mark.year)
        parts = (fiscal.era_year(mark.year), finality(value) if value else "")
        return f"{self.number(mark)}（{'・'.join(filter(None, parts))}）"

    def rounded(self, mark: Mark | None) -> str:
        """Say that numbers differ that are printed alike."""
        alike = self.number(mark) == self.number(self.latest)
        return "四捨五入する前の値で比べています。" if alike else ""


def percent(share: Fraction | None) -> str:
    return "" if share is None else f"{half_up(share * HUNDRED, DIGITS):,f}％"


def evaluate(
    definition: Any,
    values: Mapping[int, Any],
    targets: Sequence[Any],
    *,
    baseline_year: int | None,
    year: int,
) -> Evaluation:
    """Judge a year. `values` stand each for its year, `targets` are in the order of their years."""
    known = {one: mark_of(definition, row) for one, row in values.items() if has_number(row)}
    past = [one for one in known if one <= year]
    latest = known[max(past)] if past else None
    start = known.get(baseline_year) if baseline_year in past else None
    aims = [Mark(one.fiscal_year, Fraction(one.value)) for one in targets]
    course = Course(Direction(definition.direction), latest, baseline=start, targets=aims)
    judged = verdicts.judge(course, year=year)
    return Evaluation(definition, year, judged, values, start, latest)


def has_number(row: Any) -> bool:
    return row.state == ValueState.VALUE and row.value is not None


def mark_of(definition: Any, row: Any) -> Mark:
    unit, decimals = definition.unit, definition.decimals
    number = verdicts.exact(row.value, row.numerator, row.denominator, unit=unit, decimals=decimals)
    return Mark(row.fiscal_year, number, is_final=row.finality == Finality.FINAL)


def _watched(_one: Evaluation) -> str:
    return "監視する指標なので、評価区分を付けません。"


def _no_target(_one: Evaluation) -> str:
    return "目標値がないので、評価区分を付けません。"


def _no_number(one: Evaluation) -> str:
    said = f"{fiscal.era_year(one.year)}の値がありません（{one.state.label}）。"
    return f"{said}最新は{one.dated(one.latest)}です。" if one.latest else said


def _compared(one: Evaluation) -> str:
    is_past = one.target is not None and one.target.year < one.year
    late = "目標の年度を過ぎています。" if is_past else ""
    if one.judged.verdict == Verdict.ACHIEVED:
        return f"{late}{_beside_target(one)}満たしています。"
    return f"{late}{_beside_target(one)}満たしていません。{one.rounded(one.target)}"


def _not_final(one: Evaluation) -> str:
    meets = "います" if one.judged.verdict == Verdict.LIKELY else "いません"
    return f"{_beside_target(one)}満たして{meets}。確定した値ではないので、見込みとします。"


def _beside_target(one: Evaluation) -> str:
    return f"{one.dated(one.latest)}は、目標値{one.dated(one.target)}を"


def _worse(one: Evaluation) -> str:
    start, now = one.dated(one.baseline), one.dated(one.latest)
    return f"{now}は、現状値{start}より悪くなっています。{one.rounded(one.baseline)}"


def _forecast(one: Evaluation) -> str:
    start, now, then = one.dated(one.baseline), one.dated(one.latest), one.judged.expected
    meets = "満たす" if one.judged.verdict == Verdict.LIKELY else "満たさない"
    year = fiscal.era_year(then.year) if then else ""
    return (
        f"現状値{start}と{now}を結んだ直線を延ばすと、{year}は{one.number(then)}になり、"
        f"目標値{one.number(one.target)}を{meets}見込みです。"
    )


def _early(one: Evaluation) -> str:
    return f"目標の年度の前に、{_beside_target(one)}満たしています。"


def _no_forecast(one: Evaluation) -> str:
    why = "現状値がない" if one.baseline is None else "現状値の年度より後の値がない"
    return f"目標の年度の前で、{why}ので、見込みを計算できません。"


SENTENCES = {
    Why.WATCHED: _watched,
    Why.NO_TARGET: _no_target,
    Why.NO_NUMBER: _no_number,
    Why.COMPARED: _compared,
    Why.NOT_FINAL: _not_final,
    Why.WORSE: _worse,
    Why.FORECAST: _forecast,
    Why.EARLY: _early,
    Why.NO_FORECAST: _no_forecast,
}
