"""From which year to which numbers are compared, and which indicators cannot be, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from indicators import national_versions
from indicators.arithmetic import breaks
from indicators.arithmetic.derivation import RATIOS
from indicators.choices import Direction, PlaceKind, ValueKind
from indicators.comparison.judging import basis
from indicators.comparison.reading.prefecture_columns import defined_by
from indicators.comparison.reading.published import asked_for, known
from indicators.comparison.shape import Origin
from indicators.models import PublishedValue, SubmittedValue
from indicators.models.definitions import PREFECTURE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from indicators.comparison.reading.published import Known
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Comparison, Place

# A statistic, or a version of what was submitted, with the series of the definition.
Series = tuple[int, int]
# Of each indicator its years by series.
Years = dict[str, dict[Series, set[int]]]
# What the year has in which a span ends: 「…最も新しい年度」.
BOTH_PARTS = "期間の最初と最後の両方に、分子と分母が分かる値がある"
BOTH_ENDS = "期間の最初と最後の両方に値がある"
ANY_VALUE = "値がある"
NO_DIRECTION = "高い方がよいか低い方がよいかが決まっていないため、改善とも悪化ともいえない指標"
NO_YEARS = "最初と最後の両方の年度に、同じ統計・同じ定義の値がない指標"
OTHER_POPULATION = "割る人口の統計が、最初と最後の年度で違う指標（国勢調査と住民基本台帳など。比べると、統計の違いが混じります）"
NO_PARTS = "分子と分母（割る人口を含みます）が分からないか、数が少ないため、偶然と区別できない指標"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why these indicators, by name, are not judged."""

    reason: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The year in which a span ends, and what it is the newest to have."""

    year: int
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """The indicators asked for that have any value up to a year; of each the years by statistic or version."""

    known: Known
    definitions: tuple[Any, ...]
    years: Years
    # Those of which a value may be told from chance.
    with_parts: Years

    def end(self, span: int, *, until: int) -> End:
        """Return the newest year that can be compared; where none can, the newest that comes nearest to it.

        An indicator that no direction makes better or worse is asked only where there is no other.
        """
        ranked = [one for one in self.definitions if one.direction != Direction.NEUTRAL]
        ways = (
            (BOTH_PARTS, _ends(ranked, self.with_parts, span)),
            (BOTH_ENDS, _ends(ranked, self.years, span)),
            (ANY_VALUE, _ends(ranked, self.years, 1)),
            (ANY_VALUE, _ends(self.definitions, self.years, 1)),
        )
        return next((End(max(found), why) for why, found in ways if found), End(until, ANY_VALUE))

    def left_out(
        self, before: Comparison, after: Comparison, judged: Collection[str]
    ) -> tuple[LeftOut, ...]:
        """Say of those that are not among the codes judged why, the reasons in a fixed order."""
        found: dict[str, list[str]] = {
            reason: [] for reason in (NO_YEARS, OTHER_POPULATION, NO_PARTS, NO_DIRECTION)
        }
        for one in self.definitions:
            if one.code not in judged:
                found[_reason(one, before, after)].append(one.name)
        return tuple(LeftOut(reason, tuple(names)) for reason, names in found.items() if names)


def _ends(definitions: Iterable[Any], years: Years, span: int) -> set[int]:
    """Return the years that an indicator has together with the first of a span."""
    return {
        year
        for one in definitions
        for there in years.get(one.code, {}).values()
        for year in there
        if year - span + 1 in there
    }


def _reason(definition: Any, before: Comparison, after: Comparison) -> str:
    if definition.direction == Direction.NEUTRAL:
        return NO_DIRECTION
    first, last = before.column(definition.code), after.column(definition.code)
    if first is None or last is None or first.series != last.series:
        return NO_YEARS
    return NO_PARTS if first.divided_by == last.divided_by else OTHER_POPULATION


def told(selection: Selection, places: Sequence[Place], *, prefecture: str, until: int) -> Told:
    """Read which indicators have values of these places, in two queries; four for what was submitted."""
    is_own = selection.origin is Origin.SUBMITTED
    kinds = {PlaceKind.MUNICIPALITY.value}
    definitions = known(kinds, prefecture="" if is_own else prefecture)
    asked = asked_for(selection, definitions.rows)
    if is_own:
        asked += asked_for(selection, defined_by(prefecture))
    counted = {one.code: national_versions.counted_by(one) for one in definitions.rows}
    by_code = {one.code: one for one in asked}
    codes = [place.code for place in places]
    years: Years = defaultdict(lambda: defaultdict(set))
    with_parts: Years = defaultdict(lambda: defaultdict(set))
    for code, statistic, year, parts in (_submitted if is_own else _published)(codes, until):
        changes = counted.get(code) or national_versions.counted(code)
        series = statistic, breaks.series(changes, year)
        years[code][series].add(year)
        if code in by_code and _may_be_judged(by_code[code], parts, is_own=is_own):
            with_parts[code][series].add(year)
    return Told(definitions, tuple(one for one in asked if one.code in years), years, with_parts)


def _may_be_judged(definition: Any, parts: int, *, is_own: bool) -> bool:
    """Say whether numerators and denominators of a year are known, so many of them beside its values."""
    if definition.value_kind == ValueKind.COUNT:
        return bool(basis.of(definition.code).denominators)
    if not is_own and definition.code in RATIOS:
        return True
    # Of a national rate a statistic's own numerators are not read (`reading/parts`).
    return parts > 0 and (is_own or definition.code.startswith(PREFECTURE_PREFIX))


def _published(codes: list[str], until: int) -> Iterable[tuple[str, int, int, int]]:
    rows = PublishedValue.objects.of_towns(codes, until=until).order_by()
    found = rows.values_list("definition__code", "dataset", "fiscal_year")
    return found.annotate(parts=Count("numerator"))


def _submitted(codes: list[str], until: int) -> Iterable[tuple[str, int, int, int]]:
    rows = SubmittedValue.objects.of_towns(codes, until=until).known().order_by()
    found = rows.values_list("code", "definition_version", "fiscal_year")
    return found.annotate(parts=Count("numerator"))
