"""The verdict on an indicator's year in words, with one sentence on how it was come to. Pure.

Definition, values and targets are rows, or the same frozen in a document: page and paper say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from indicators.arithmetic import accumulating, breaks
from indicators.arithmetic.intervals import reference, smallness
from indicators.arithmetic.printing import KEPT, half_up, printed
from indicators.choices import Direction, Finality, ValueKind, ValueState, Verdict
from indicators.measurements import part_years
from indicators.measurements.values import open_note, unsettled
from indicators.verdicts import verdicts
from indicators.verdicts.verdict_sentences import SENTENCES, chance_in_words
from indicators.verdicts.verdicts import Course, Judged, Mark, Why
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Beside a verdict from small numbers, and from a value that nobody has adopted among others; both in one bracket.
SMALL, OPEN = "参考値", "採用値が未決定"
MARKS = tuple(f"（{told}）" for told in (SMALL, OPEN, f"{SMALL}・{OPEN}"))
# Beside 目標比 where less is better.
LOWER_RATIO = "100％以下で達成"
# Where the year is compared with 現状値, and not with the target alone.
FROM_THE_BASELINE = (Why.FORECAST, Why.WORSE)
NOTHING, HUNDRED = Fraction(0), Fraction(100)
DIGITS, PERCENT, MINUS = 1, "％", "−"
NO_VERDICT = {
    Why.WATCHED: "監視",
    Why.NO_TARGET: "目標値なし",
    Why.NO_FORECAST: "評価なし",
    Why.PARTIAL: "年度の途中",
    Why.REDEFINED: "評価なし",
}
# Of a number that is there, but not to be told. Why it is hidden nobody outside may read.
HIDDEN = str(ValueState.SUPPRESSED.label)
# Every word there is, from the best to those that judge nothing.
WORDS = (*map(str, Verdict.labels), HIDDEN, *dict.fromkeys(NO_VERDICT.values()))
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
OTHER_BASELINE = "定義が変わったため、現状値と比べられません。"
UNROUNDED = "四捨五入する前の値で計算しています。"
LIMITED_ABOVE = "直線は100％を超えるため、100％で止めています"
LIMITED_BELOW = "直線は0を下回るため、0で止めています"
BASIS = (
    "評価区分・目標比・進捗率・最終年度見込は、現状値・目標値・実績の四捨五入する前の数字から計算したものです。"
    "この結果をどう受け止めるかは、協議体で話し合います。"
)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One line of the 評価シート. Texts are empty where there is nothing to say."""

    definition: Any
    year: int
    judged: Judged
    values: Mapping[int, Any]
    baseline: Mark | None
    latest: Mark | None
    # Whether 現状値 is of another definition than the year's.
    is_broken: bool = False

    basis = BASIS

    @property
    def kind(self) -> str:
        """Return one of WORDS."""
        verdict = self.judged.verdict
        if self.is_hidden:
            return HIDDEN
        return str(verdict.label) if verdict else NO_VERDICT[self.judged.why]

    @property
    def word(self) -> str:
        """Return the verdict, with the reason where no value is there or with its marks; else why there is none."""
        if self.judged.verdict == Verdict.UNCOLLECTED and not self.is_hidden:
            return f"{self.kind}（{self.state.label}）"
        marks = (SMALL * self.is_tempered, OPEN * self.is_open)
        told = "・".join(filter(None, marks))
        return f"{self.kind}（{told}）" if told else self.kind

    @property
    def look(self) -> str:
        """Return the look of the tag; it only repeats what the word says. What chance may have made has no colour."""
        verdict = self.judged.verdict
        if verdict is None or self.is_tempered or self.is_hidden:
            return "blocked"
        return LOOKS[verdict]

    @property
    def is_hidden(self) -> bool:
        """Say whether the year has no verdict because its number is not told, rather than not collected."""
        is_missing = self.judged.verdict == Verdict.UNCOLLECTED
        return is_missing and self.state == ValueState.SUPPRESSED

    @property
    def state(self) -> ValueState:
        value = self.values.get(self.year)
        return ValueState(value.state) if value else ValueState.NOT_ENTERED

    @property
    def ratio(self) -> str:
        return percent(self.judged.ratio)

    @property
    def ratio_note(self) -> str:
        """Say which way 目標比 is read where it is not the usual one."""
        is_turned = self.ratio and self.definition.direction == Direction.LOWER
        return LOWER_RATIO if is_turned else ""

    @property
    def ratio_told(self) -> str:
        """Return 「88.0％（100％以下で達成）」."""
        return f"{self.ratio}（{self.ratio_note}）" if self.ratio_note else self.ratio

    @property
    def progress(self) -> str:
        return percent(self.judged.progress)

    @property
    def forecast(self) -> str:
        """Return 最終年度見込 with its unit."""
        return self.number(self.judged.forecast)

    @property
    def forecast_limit(self) -> str:
        """Say that the line leads beyond what is possible, where 最終年度見込 was held there."""
        mark = self.judged.forecast
        if mark is None or (held := self.possible(mark).number) == mark.number:
            return ""
        return LIMITED_ABOVE if held < mark.number else LIMITED_BELOW

    @property
    def forecast_year(self) -> str:
        return fiscal.label(self.judged.forecast.year) if self.judged.forecast else ""

    @property
    def reference(self) -> str:
        """Return the sentences on what is a 参考値 here: of the year, of 現状値, and whether chance makes such a difference."""
        value = self.values.get(self.year)
        told = reference(self.definition, value) if value else ""
        if self.is_tempered and not told:
            told = f"現状値は、{reference(self.definition, self.compared[0])}"
        return f"{told}{chance_in_words(self)}" if self.is_tempered else told

    @property
    def compared(self) -> tuple[Any, ...]:
        """Return the values that the verdict rests on besides that of the year: 現状値, where a line starts from it."""
        start = self.baseline if self.judged.why in FROM_THE_BASELINE else None
        value = self.values.get(start.year) if start else None
        return (value,) if value else ()

    @property
    def is_tempered(self) -> bool:
        """Say whether there is a verdict that rests on small numbers."""
        return any(smallness(self.definition, one) for one in self.grounds)

    @property
    def is_open(self) -> bool:
        """Say whether there is a verdict that rests on a year of which nobody has said which value counts."""
        return any(open_note(one) for one in self.grounds)

    @property
    def grounds(self) -> tuple[Any, ...]:
        """Return the values that a verdict rests on: that of the year, and what it is compared with; none without one."""
        if self.judged.verdict in (None, Verdict.UNCOLLECTED):
            return ()
        return tuple(one for one in (self.values.get(self.year), *self.compared) if one)

    @property
    def how(self) -> str:
        """Return how the verdict was come to; nothing where its word says why there is none."""
        told = SENTENCES[self.judged.why](self)
        return f"{told}{OTHER_BASELINE}" if told and self.is_broken else told

    @property
    def sum(self) -> str:
        """Return the calculation of 進捗率 with its numbers; empty where there is none."""
        if self.judged.progress is None:
            return self.no_progress
        now, start, aim = (self.number(one) for one in (self.latest, self.baseline, self.target))
        told = f"進捗率＝（実績{now}－現状値{start}）÷（目標値{aim}－現状値{start}）＝{self.progress}。"
        return f"{told}{self.unrounded}"

    @property
    def unrounded(self) -> str:
        """Say that 進捗率 comes out otherwise from the numbers as they are printed (adr/0023: it is exact)."""
        marks = (self.latest, self.baseline, self.target)
        known = [one.number for one in marks if one is not None]
        if self.judged.progress is None or len(known) < len(marks):
            return ""
        now, start, aim = (
            Fraction(half_up(one, accumulating.digits(self.definition, one))) for one in known
        )
        is_told = start != aim and percent((now - start) / (aim - start)) == self.progress
        return "" if is_told else UNROUNDED

    @property
    def no_progress(self) -> str:
        """Return why a year with number and target has no 進捗率."""
        if not self.has_number or self.judged.target is None:
            return ""
        if self.latest and self.latest.is_partial:
            return f"{self.latest.part_told}なので、進捗率は計算しません。"
        if self.is_broken:
            return f"{OTHER_BASELINE}進捗率は計算しません。"
        if self.baseline is None:
            return "現状値がないので、進捗率は計算しません。"
        if self.baseline.number == self.judged.target.number:
            return "目標値が現状値と同じなので、進捗率は計算しません。"
        return "目標値が現状値より望ましい側にないので、進捗率は計算しません。"

    @property
    def has_line(self) -> bool:
        return has_line(self.definition)

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
        decimals = self.digits(mark)
        value = half_up(self.possible(mark).number, decimals)
        unit = self.definition.unit
        return printed(value, state=ValueState.VALUE, unit=unit, decimals=decimals)

    def digits(self, mark: Mark) -> int:
        """Return how many decimals a number has: a forecast so many that it lies on its own side of the target as printed."""
        least, aim = self.definition.decimals, self.aim_of(mark)
        number = self.possible(mark).number
        if aim is None:
            return accumulating.digits(self.definition, number)
        if number == aim.number:
            return int(least)
        shown, is_above = half_up(aim.number, least), number > aim.number
        found = ((digits, half_up(number, digits)) for digits in range(least, KEPT + 1))
        apart = (digits for digits, one in found if one != shown and (one > shown) == is_above)
        return next(apart, int(least))

    def aim_of(self, mark: Mark) -> Mark | None:
        """Return the target beside which a forecast stands; of any other number none."""
        if mark is self.judged.expected:
            return self.judged.target
        return self.judged.last if mark is self.judged.forecast else None

    def possible(self, mark: Mark) -> Mark:
        """Return a forecast not below nothing nor above everything, where it was drawn between such numbers."""
        known = [one.number for one in (self.baseline, self.latest, self.target) if one]
        kind, number = ValueKind(self.definition.value_kind), mark.number
        if kind in NEVER_NEGATIVE and min(known) >= NOTHING:
            number = max(number, NOTHING)
        if kind in SHARES and self.definition.unit == PERCENT and max(known) <= HUNDRED:
            number = min(number, HUNDRED)
        return replace(mark, number=number)

    def dated(self, mark: Mark | None, name: str = "") -> str:
        """Return 「令和8年度（2026年度）の31.5％（令和8年12月末現在・速報）」, or 「…の現状値24.6％」 with its name."""
        if mark is None:
            return ""
        value = None if mark is self.target else self.values.get(mark.year)
        more = "・".join(filter(None, (unsettled(value), open_note(value)))) if value else ""
        told = f"{fiscal.label(mark.year)}の{name}{self.number(mark)}"
        return f"{told}（{more}）" if more else told

    def rounded(self, mark: Mark | None, beside: Mark | None = None) -> str:
        """Say that a number and the latest one, or the one `beside` it, differ though they are printed alike."""
        other = beside or self.latest
        differ = mark is not None and other is not None and mark.number != other.number
        alike = differ and self.number(mark) == self.number(other)
        return "四捨五入する前の値で比べています。" if alike else ""


def bare(word: str) -> str:
    """Return the word of a verdict without its marks."""
    return next((word.removesuffix(mark) for mark in MARKS if word.endswith(mark)), word)


def percent(share: Fraction | None) -> str:
    """Return 「98.5％」; what only rounds to a hundred is told as being below or above it."""
    if share is None:
        return ""
    number = half_up(share * HUNDRED, DIGITS)
    if number == HUNDRED and share != 1:
        return "100％未満" if share < 1 else "100％超"
    return f"{number:,f}％".replace("-", MINUS)


def evaluate(
    definition: Any,
    values: Mapping[int, Any],
    targets: Sequence[Any],
    *,
    baseline_year: int | None,
    year: int,
) -> Evaluation:
    """Judge a year. `values` stand each for its year, `targets` are in the order of their years.

    Numbers and targets of another definition than the year's take no part in it.
    """
    numbers = {one: row for one, row in sorted(values.items()) if has_number(row) and one <= year}
    parts = part_years.of(definition, values)
    past = [
        mark_of(definition, row, is_partial=one in parts)
        for one, row in numbers.items()
        if breaks.comparable(definition, one, year)
    ]
    whole = [one for one in past if not one.is_partial]
    latest = past[-1] if past else None
    start = next((one for one in whole if one.year == baseline_year), None)
    aims = breaks.kept(definition, targets, year=year)
    course = Course(
        Direction(definition.direction),
        latest,
        before=whole[-1] if whole else None,
        baseline=start,
        targets=[Mark(one.fiscal_year, Fraction(one.value)) for one in aims],
        has_line=has_line(definition),
    )
    judged = verdicts.judge(course, year=year)
    if targets and judged.why == Why.NO_TARGET:
        judged = Judged(None, Why.REDEFINED)
    is_broken = baseline_year in numbers and not breaks.comparable(definition, baseline_year, year)
    return Evaluation(definition, year, judged, values, start, latest, is_broken=is_broken)


def has_number(row: Any) -> bool:
    return row.state == ValueState.VALUE and row.value is not None


def has_line(definition: Any) -> bool:
    """Say whether numbers lie on a line: stages are an order, and two and a half of them is nothing."""
    return bool(definition.value_kind != ValueKind.STAGE)


def mark_of(definition: Any, row: Any, *, is_partial: bool = False) -> Mark:
    unit, decimals = definition.unit, definition.decimals
    number = verdicts.exact(row.value, row.numerator, row.denominator, unit=unit, decimals=decimals)
    return Mark(
        row.fiscal_year,
        number,
        is_final=row.finality == Finality.FINAL,
        is_partial=is_partial,
        is_stock=not accumulating.grows(definition),
    )
