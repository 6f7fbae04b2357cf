"""From which year to which numbers are compared, and which indicators cannot be, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators import national_versions
from indicators.arithmetic import breaks
from indicators.choices import Direction, PlaceKind
from indicators.comparison.reading.prefecture_columns import defined_by
from indicators.comparison.reading.published import asked_for, known
from indicators.comparison.shape import Origin
from indicators.models import PublishedValue, SubmittedValue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from indicators.comparison.reading.published import Known
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Comparison, Place

# A statistic, or a version of what was submitted, with the series of the definition.
Series = tuple[int, int]
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
class Told:
    """The indicators asked for that have any value up to a year; of each the years by statistic or version."""

    known: Known
    definitions: tuple[Any, ...]
    years: dict[str, dict[Series, set[int]]]

    def last(self, span: int, *, until: int) -> int:
        """Return the newest year that some indicator with a direction has together with the first of the span."""
        ends = (
            year
            for one in self.definitions
            if one.direction != Direction.NEUTRAL
            for years in self.years[one.code].values()
            for year in years
            if year - span + 1 in years
        )
        return max(ends, default=until)

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
    codes = [place.code for place in places]
    years: dict[str, dict[Series, set[int]]] = defaultdict(lambda: defaultdict(set))
    for code, statistic, year in (_submitted if is_own else _published)(codes, until):
        changes = counted.get(code) or national_versions.counted(code)
        years[code][statistic, breaks.series(changes, year)].add(year)
    return Told(definitions, tuple(one for one in asked if one.code in years), years)


def _published(codes: list[str], until: int) -> Iterable[tuple[str, int, int]]:
    rows = PublishedValue.objects.of_towns(codes, until=until).order_by()
    return rows.values_list("definition__code", "dataset", "fiscal_year").distinct()


def _submitted(codes: list[str], until: int) -> Iterable[tuple[str, int, int]]:
    rows = SubmittedValue.objects.of_towns(codes, until=until).known().order_by()
    return rows.values_list("code", "definition_version", "fiscal_year").distinct()
