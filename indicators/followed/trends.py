"""推移の一覧: the trends of all indicators of a year beside each other, by scene, each with its targets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.charts.table import Table, table
from indicators.followed import following
from indicators.measurements import series
from indicators.measurements.values import standing_with_doubt
from municipalities.choices import CARE_SCENES

if TYPE_CHECKING:
    from indicators.charts.structure import Chart
    from indicators.models import Indicator
    from municipalities.choices import Scene
    from municipalities.models import Cycle


@dataclass(frozen=True, slots=True)
class Trend:
    """One indicator; `chart` is None while no number of it is known."""

    indicator: Indicator
    chart: Chart | None

    @property
    def table(self) -> Table | None:
        return None if self.chart is None else table(self.chart)


@dataclass(frozen=True, slots=True)
class Group:
    """The indicators of one scene, or those of several at the end."""

    label: str
    drawn: tuple[Trend, ...]
    # Those without a number, by name.
    bare: tuple[Trend, ...]


def groups(cycle: Cycle, *, scene: Scene | None = None) -> list[Group]:
    """Return the trends of a year, or of one scene with what serves all, in four queries however many there are."""
    found = following.followed(cycle)
    values, targets = following.values_of(found, cycle), following.targets_of(cycle)
    used = following.scenes_in_use(cycle)
    by_scene: dict[Scene | None, list[Trend]] = defaultdict(list)
    for one in found:
        scenes = following.scenes_of(one, used)
        if scene is None or scene in scenes or not scenes:
            chart = chart_of(
                one, standing_with_doubt(values[one.code]), targets[one.pk], cycle=cycle
            )
            by_scene[scene or following.place_of(scenes)].append(Trend(one, chart))
    order: tuple[Scene | None, ...] = (*CARE_SCENES, None)
    return [group(place, by_scene[place]) for place in order if by_scene[place]]


def chart_of(indicator, by_year, targets, *, cycle):
    """Return values and targets of one indicator; what others have published stands on its own page."""
    if not any(value.value is not None for value in by_year.values()):
        return None
    years = series.span(by_year, [target.fiscal_year for target in targets], cycle.fiscal_year)
    return series.trend_chart(
        indicator.defined_by, by_year, targets, years=years, beside=[], datasets=()
    )


def group(scene: Scene | None, trends: list[Trend]) -> Group:
    label = str(scene.label) if scene else "複数の場面・共通"
    drawn = tuple(one for one in trends if one.chart)
    return Group(label, drawn, tuple(one for one in trends if not one.chart))
