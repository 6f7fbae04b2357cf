"""The indicators of a year with their values, targets and places: read-models of the list and of one page."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from indicators.arithmetic import accumulating, breaks
from indicators.arithmetic.distance import distance
from indicators.arithmetic.printing import printed
from indicators.arithmetic.warnings import Doubt, doubts, of_period
from indicators.charts.spark import Spark, spark
from indicators.charts.structure import apart
from indicators.choices import Direction, ValueState
from indicators.followed import veiling
from indicators.measurements import part_years, told_with
from indicators.measurements.values import (
    Told,
    Undecided,
    standing,
    standing_with_doubt,
    undecided,
)
from indicators.models import Indicator, IndicatorUse, IssueFigure, Measurement, Target
from indicators.parts import parts
from indicators.publishing import filling, quoted
from indicators.verdicts.evaluation import Evaluation, evaluate, mark_of
from municipalities.choices import CARE_SCENES, Scene
from municipalities.japanese import fiscal, numerals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from municipalities.models import Cycle, Municipality

TREND_YEARS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of the year as the list shows it."""

    indicator: Indicator
    scenes: tuple[Scene, ...]
    baseline: Told | None
    last: Told
    this: Told
    target: Target | None
    target_text: str
    distance: str
    trend: Spark | None
    newest: Told | None
    evaluation: Evaluation

    @property
    def definition(self) -> Any:
        return self.indicator.defined_by

    @property
    def direction(self) -> str:
        return str(Direction(self.definition.direction).label)

    @property
    def is_baseline_broken(self) -> bool:
        """Whether 現状値 is of another definition than the year's."""
        return self.evaluation.is_broken

    @property
    def source(self) -> str:
        """Return where the newest of the shown values comes from."""
        shown = (self.this, self.last, self.baseline)
        return next((told.measurement.source for told in shown if told and told.measurement), "")


@dataclass(frozen=True, slots=True)
class Group:
    """The indicators of one scene, or those of several at the end."""

    scene: Scene | None
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        return str(self.scene.label) if self.scene else "複数の場面・共通"


def followed(cycle: Cycle) -> list[Indicator]:
    """Return the indicators of a year in their order, each with its definition."""
    rows = Indicator.objects.filter(cycle=cycle).select_related("definition", "own_definition")
    return told_with.versions(rows.order_by("position", "pk"))


def lines(cycle: Cycle) -> list[Line]:
    """Return every indicator of the year in its order, in four queries."""
    return lines_of(followed(cycle), cycle, used=scenes_in_use(cycle))


def lines_of(
    indicators: list[Indicator],
    cycle: Cycle,
    *,
    used: dict[int, set[str]],
    is_for_outside: bool = False,
) -> list[Line]:
    """Return these indicators of the year in their order, in two queries; for people outside in three."""
    beside = veiling.BESIDE if is_for_outside else ()
    values, targets = values_of(indicators, cycle, beside), targets_of(cycle)
    if is_for_outside:
        values = veiling.veiled(indicators, values, cycle)
    return [
        line(
            indicator,
            cycle,
            standing_with_doubt(values[indicator.code]),
            targets=targets[indicator.pk],
            scenes=scenes_of(indicator, used),
        )
        for indicator in indicators
    ]


def one(
    indicator: Indicator, cycle: Cycle, values: list[Measurement], *, targets: list[Target]
) -> Line:
    """Return one indicator's line from what its page has read."""
    scenes = scenes_of(indicator, {})
    return line(indicator, cycle, standing_with_doubt(values), targets=targets, scenes=scenes)


def neighbours(cycle: Cycle, key: str) -> list[str]:
    """Return the keys of the indicators that stand under the same scene, in their order."""
    used = scenes_in_use(cycle)
    places = {row.key: place_of(scenes_of(row, used)) for row in followed(cycle)}
    return [other for other, place in places.items() if key in places and place == places[key]]


def place_of(scenes: tuple[Scene, ...]) -> Scene | None:
    """Return the scene under which an indicator of these scenes stands; None for the common ones."""
    return scenes[0] if len(scenes) == 1 else None


def values_of(
    indicators: Iterable[Indicator], cycle: Cycle, beside: Iterable[str] = ()
) -> dict[str, list[Measurement]]:
    """Return the values up to the year by code, and those of the codes `beside`."""
    codes = {*beside, *(indicator.code for indicator in indicators)}
    rows = Measurement.objects.filter(code__in=codes, fiscal_year__lte=cycle.fiscal_year)
    found: dict[str, list[Measurement]] = defaultdict(list)
    for row in rows.order_by("fiscal_year", "key"):
        found[row.code].append(row)
    return found


def targets_of(cycle: Cycle) -> dict[int, list[Target]]:
    found = defaultdict(list)
    for target in Target.objects.filter(cycle=cycle).order_by("fiscal_year", "pk"):
        found[target.indicator_id].append(target)
    return found


def scenes_in_use(cycle: Cycle) -> dict[int, set[str]]:
    """Return the scenes of the outcomes at which each indicator stands."""
    found = defaultdict(set)
    uses = IndicatorUse.objects.filter(cycle=cycle).select_related("outcome").order_by()
    for use in uses:
        found[use.indicator_id].add(use.outcome.scene)
    return found


def scenes_of(indicator: Indicator, used: dict[int, set[str]]) -> tuple[Scene, ...]:
    """Return the scenes of an indicator: of its outcomes, or where it has none of its definition."""
    marks = used.get(indicator.pk) or scenes_named(indicator.defined_by)
    if Scene.ALL in marks:
        return ()
    return tuple(scene for scene in CARE_SCENES if scene in marks)


def scenes_named(definition: Any) -> set[str]:
    return set(getattr(definition, "scenes", "").split(";"))


def nearest(targets: list[Any], year: int) -> Any:
    """Return the target that comes next, else the last one. They are in the order of their years."""
    return next(
        (one for one in targets if one.fiscal_year >= year), targets[-1] if targets else None
    )


def line(
    indicator: Indicator,
    cycle: Cycle,
    values: dict[int, Measurement],
    *,
    targets: list[Target],
    scenes: tuple[Scene, ...],
) -> Line:
    definition, year = indicator.defined_by, cycle.fiscal_year
    target = nearest(targets, year)
    first = indicator.baseline_year

    def told(of: int | None) -> Told | None:
        return None if of is None else Told(definition, of, values.get(of))

    return Line(
        indicator=indicator,
        scenes=scenes,
        baseline=told(first),
        last=Told(definition, year - 1, values.get(year - 1)),
        this=Told(definition, year, values.get(year)),
        newest=told(max(values, default=None)),
        evaluation=evaluate(definition, values, targets, baseline_year=first, year=year),
        target=target,
        target_text=target_in_words(definition, target),
        distance=distance_of(definition, values, target, year=year),
        trend=trend_of(definition, values, year),
    )


def target_in_words(definition: Any, target: Any) -> str:
    if target is None:
        return ""
    return printed(
        target.value, state=ValueState.VALUE, unit=definition.unit, decimals=definition.decimals
    )


def distance_of(definition: Any, values: Mapping[int, Any], target: Any, *, year: int) -> str:
    """Return how far the newest number is from the target; of an earlier year it says which.

    Nothing where either is of another definition than the year's.
    """
    numbers = {
        one: value
        for one, value in values.items()
        if value.value is not None and breaks.comparable(definition, one, year)
    }
    is_apart = target is None or not breaks.comparable(definition, target.fiscal_year, year)
    if is_apart or not numbers:
        return ""
    newest = max(numbers)
    mark = mark_of(definition, numbers[newest])
    words = distance(
        numbers[newest].value,
        target.value,
        exact=mark.number,
        unit=definition.unit,
        decimals=accumulating.digits(definition, numbers[newest].value),
        direction=definition.direction,
    )
    if newest in part_years.of(definition, values):
        words = f"{words}（{mark.part_told}）"
    return words if newest == year else f"{fiscal.label(newest)}の値は、{words}"


def trend_of(definition: Any, values: dict[int, Measurement], year: int) -> Spark | None:
    years = range(year - TREND_YEARS + 1, year + 1)
    numbers = [values[one].value if one in values else None for one in years]
    parts = part_years.of(definition, values)
    partial = [place for place, one in enumerate(years) if one in parts]
    return spark(numbers, breaks={*breaks.places(definition, years), *apart(partial)})


def groups(found: list[Line], *, scene: Scene | None = None) -> list[Group]:
    """Put lines under their scenes, those of several or none at the end; or keep one scene's."""
    if scene:
        kept = tuple(each for each in found if scene in each.scenes or not each.scenes)
        return [Group(scene, kept)] if kept else []
    by_scene = defaultdict(list)
    for each in found:
        by_scene[place_of(each.scenes)].append(each)
    order: tuple[Scene | None, ...] = (*CARE_SCENES, None)
    return [Group(key, tuple(by_scene[key])) for key in order if by_scene[key]]


@dataclass(frozen=True, slots=True)
class ToldValue:
    """One value on the page of its indicator, with what is strange about it."""

    told: Told
    doubts: tuple[Doubt, ...]
    # Other sources tell this year too.
    has_rivals: bool = False
    # None of them was adopted: what stands for the year meanwhile, and why.
    undecided: Undecided | None = None
    # A statistic has filled it in, and nobody has touched it since.
    is_filled: bool = False
    # From which months, quarters or areas it is computed, and where they tell another number.
    composed: tuple[str, ...] = ()

    @property
    def row(self) -> Any:
        return self.told.measurement

    @property
    def parts(self) -> str:
        """Return 「41／130」, or nothing of a value that was typed as such."""
        numbers = (self.row.numerator, self.row.denominator)
        if None in numbers:
            return ""
        return "／".join(numerals.grouped(number.normalize()) for number in numbers)


def told_values(definition: Any, values: list[Measurement], town: Municipality) -> list[ToldValue]:
    """Return all values, newest first, each compared with those of the years before."""
    numbers: list[Any] = list(standing(values).values())
    pieces = parts.stored_parts(values)
    places = parts.areas() if pieces else []
    newest_first = sorted(values, key=lambda one: (-one.fiscal_year, one.key))
    years = Counter(value.fiscal_year for value in values)
    filled = filling.untouched_of(values)
    open_years = undecided(values)
    told = quoted.statistics(
        town, [definition.code], since=min(years, default=0), until=max(years, default=0)
    )
    today = timezone.localdate()
    return [
        ToldValue(
            Told(definition, value.fiscal_year, value),
            (
                *doubts(
                    definition,
                    value,
                    numbers,
                    is_partial=part_years.is_partial(definition, value),
                ),
                *of_period(definition, value, today),
                *quoted.of_source(definition, value, told),
            ),
            has_rivals=years[value.fiscal_year] > 1,
            undecided=open_years.get(value.fiscal_year),
            is_filled=value.pk in filled,
            composed=tuple(
                parts.sentences_of(
                    parts.sheets_of(definition, value, pieces.get(value.pk, ()), places)
                )
            ),
        )
        for value in newest_first
    ]


@dataclass(frozen=True, slots=True)
class ToldTarget:
    """One target with its number in words."""

    row: Target
    text: str

    @property
    def year_label(self) -> str:
        return fiscal.label(self.row.fiscal_year)


def told_targets(definition: Any, targets: list[Target]) -> list[ToldTarget]:
    return [ToldTarget(one, target_in_words(definition, one)) for one in targets]


def places_of(indicator: Indicator) -> tuple[list[IndicatorUse], list[IssueFigure]]:
    """Return where an indicator is used: at which outcomes, for which issues."""
    uses = IndicatorUse.objects.filter(indicator=indicator)
    issues = IssueFigure.objects.filter(indicator=indicator)
    return (
        list(uses.select_related("outcome__logic_model").order_by("outcome_id", "pk")),
        list(issues.select_related("issue").order_by("issue_id", "pk")),
    )
