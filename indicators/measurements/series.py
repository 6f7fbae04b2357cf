"""Charts of the numbers: the trend of one indicator, and the population as statistics tell it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from indicators.arithmetic import accumulating, breaks
from indicators.arithmetic.intervals import smallness
from indicators.arithmetic.printing import STATE_MARKS
from indicators.charts.structure import ABSENT, BREAK_MARK, Chart, Point, Series
from indicators.choices import (
    Direction,
    PlaceKind,
    ValueKind,
    ValueState,
)
from indicators.measurements import part_years
from indicators.measurements.values import standing_with_doubt, unsettled
from indicators.models import PublishedValue
from indicators.models.definitions import OWN_PREFIX
from municipalities.japanese import fiscal
from municipalities.models.people import NATION_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indicators.models import Measurement, Target
    from municipalities.models import Cycle, Municipality

LONGEST_LOOK_BACK = 10
# Of a count of some months beside whole years, and of a stock of a day within its year beside those of a year's end.
UNJOINED = "{}ため、前後の年度と線で結んでいません。"
# What may stand beside a town's number: shares and rates. A count of the whole nation says nothing there.
COMPARABLE = frozenset({ValueKind.RATIO, ValueKind.RATE, ValueKind.SURVEY_RATIO, ValueKind.SCORE})
# Census and resident register count differently: a series is of one family and one dataset.
POPULATION = (
    ("population_total", "population_65plus", "population_75plus"),
    (
        "registry_population_total",
        "registry_population_65plus",
        "registry_population_75plus",
    ),
)


def tick(year: int) -> str:
    """Return the short name of a fiscal year for an axis, in both calendars."""
    return f"{fiscal.era_year(year).removesuffix('年度')}\n{year}"


def point_of(value: Any) -> Point:
    if value.state != ValueState.VALUE or value.value is None:
        return Point(None, STATE_MARKS[ValueState(value.state)])
    return Point(value.value, unsettled(value))


def trend(
    definition: Any, values: list[Measurement], targets: list[Target], *, cycle: Cycle
) -> Chart | None:
    """Return the chart of an indicator's years with its targets; None while no number is known."""
    by_year = standing_with_doubt(values)
    if not any(value.value is not None for value in by_year.values()):
        return None
    years = span(by_year, [target.fiscal_year for target in targets], cycle.fiscal_year)
    beside, datasets = published(definition, years, cycle.municipality)
    return trend_chart(definition, by_year, targets, years=years, beside=beside, datasets=datasets)


def trend_chart(  # noqa: PLR0913 -- what a chart is drawn from
    definition: Any,
    by_year: Mapping[int, Any],
    targets: Iterable[Any],
    *,
    years: range,
    beside: list[Series],
    datasets: Iterable[str],
) -> Chart:
    """Return the chart of values and targets that are read already, live or from a document."""
    aims = {target.fiscal_year: target for target in targets}
    own = tuple(point_of(by_year[year]) if year in by_year else ABSENT for year in years)
    parts = part_years.of(definition, by_year)
    broken = [year for year in years if year in parts]
    series = [Series("実績", own, partial=tuple(year - years[0] for year in broken))]
    if any(year in aims for year in years):
        goal = tuple(Point(aims[year].value) if year in aims else ABSENT for year in years)
        series.append(Series("目標", goal, "target"))
    sources = dict.fromkeys(by_year[year].source for year in years if year in by_year)
    return Chart(
        title=f"{definition.name}の推移",
        unit=definition.unit,
        decimals=max(
            (accumulating.digits(definition, row.value) for row in by_year.values()),
            default=definition.decimals,
        ),
        category="年度",
        categories=tuple(fiscal.label(year) for year in years),
        ticks=tuple(tick(year) for year in years),
        series=(*series, *beside),
        reading=reading(definition, has_target=len(series) > 1, beside=beside),
        sources=(*sources, *dict.fromkeys(datasets)),
        breaks=breaks.places(definition, years),
        notes=(
            *(f"{BREAK_MARK} {breaks.sentence(one)}" for one in breaks.within(definition, years)),
            *(
                f"{fiscal.label(year)}の実績（図の白抜きの印）は、{unsettled(by_year[year])}の値です。"
                f"{unjoined(definition) if year in parts else ''}"
                for year in years
                if year in by_year and unsettled(by_year[year])
            ),
            *small(definition, by_year, years),
            *still_open(by_year, years),
        ),
    )


def small(definition: Any, by_year: Mapping[int, Any], years: range) -> tuple[str, ...]:
    """Return the note on the years whose value is a 参考値; nothing where there is none."""
    found = [year for year in years if year in by_year and smallness(definition, by_year[year])]
    if not found:
        return ()
    told = "、".join(fiscal.label(year) for year in found)
    return (f"{told}の実績は、件数か母数が少ない参考値です。偶然だけでも大きく動きます。",)


def still_open(by_year: Mapping[int, Any], years: range) -> Iterator[str]:
    """Yield a note on each year of which nobody has said which of several values counts."""
    found = (getattr(by_year.get(year), "undecided", None) for year in years)
    yield from (one.sentence for one in found if one)


def unjoined(definition: Any) -> str:
    """Say why no line leads to a number that is not yet that of its year."""
    is_part = accumulating.grows(definition)
    return UNJOINED.format("1年分ではない" if is_part else "年度末の値ではない")


def span(values: Iterable[int], targets: Iterable[int], year: int) -> range:
    """Return the years of a chart without a hole, so that equal steps are equal times."""
    first = max(min(values), year - LONGEST_LOOK_BACK)
    return range(first, max(year, first, *targets) + 1)


def reading(definition: Any, *, has_target: bool, beside: list[Series]) -> str:
    sentences = ["実線は本市町村の実績です。"]
    if has_target:
        sentences.append("ひし形は目標です。")
    if beside:
        names = "と".join(dict.fromkeys(series.name.partition("（")[0] for series in beside))
        sentences.append(f"{names}の公表値を並べています。")
    if definition.direction == Direction.NEUTRAL:
        sentences.append("良し悪しを付けずに変化を見守る指標です。")
    else:
        sentences.append(f"{Direction(definition.direction).label}指標です。")
    return "".join(sentences)


def published(
    definition: Any, years: range, municipality: Municipality
) -> tuple[list[Series], list[str]]:
    """Return the published values of prefecture and nation for shares and rates, and their datasets."""
    code = getattr(definition, "code", "")
    if definition.value_kind not in COMPARABLE or code.startswith(OWN_PREFIX):
        return [], []
    places = {
        (PlaceKind.PREFECTURE, municipality.prefecture.code): municipality.prefecture.name,
        (PlaceKind.NATION, NATION_CODE): "全国",
    }
    rows = PublishedValue.objects.filter(
        definition__code=code,
        place_kind__in=[kind for kind, _ in places],
        place_code__in=[place for _, place in places],
        fiscal_year__in=years,
    ).select_related("dataset")
    found: dict[tuple[str, str], dict[int, PublishedValue]] = defaultdict(dict)
    for row in rows.order_by("place_kind", "dataset_id", "fiscal_year"):
        place = (PlaceKind(row.place_kind), row.place_code)
        if place in places:
            found[places[place], row.dataset.title][row.fiscal_year] = row
    series = [
        Series(f"{place}（{title}）", tuple(published_point(row.get(year)) for year in years))
        for (place, title), row in sorted(found.items(), key=lambda one: one[0][0] == "全国")
    ]
    return series, list(dict.fromkeys(title for _, title in found))


def published_point(row: PublishedValue | None) -> Point:
    if row is None:
        return ABSENT
    if row.value is None:
        return Point(None, STATE_MARKS[ValueState(row.state)])
    return Point(row.value)


def population(municipality: Municipality) -> list[Chart]:
    """Return a chart for each dataset that tells the population of at least two years, in one query."""
    rows = PublishedValue.objects.filter(
        definition__code__in=[code for family in POPULATION for code in family],
        place_kind__in=(PlaceKind.MUNICIPALITY, PlaceKind.WARD),
        place_code=municipality.code,
    ).select_related("definition", "dataset")
    by_dataset: dict[tuple[int, str], list[PublishedValue]] = defaultdict(list)
    for row in rows.order_by("dataset__code", "fiscal_year"):
        number = next(at for at, family in enumerate(POPULATION) if row.definition.code in family)
        by_dataset[number, row.dataset.title].append(row)
    found = sorted(by_dataset.items(), key=lambda one: one[0])
    charts = [population_of(family, title, values) for (family, title), values in found]
    return [chart for chart in charts if chart]


def population_of(family: int, title: str, rows: list[PublishedValue]) -> Chart | None:
    """Return one dataset's chart; None for a single year, which is no trend."""
    years = sorted({row.fiscal_year for row in rows})
    if len(years) < 2:  # noqa: PLR2004 -- one point is no trend
        return None
    numbers = {(row.definition.code, row.fiscal_year): row for row in rows}
    names = {row.definition.code: row.definition.name for row in rows}
    series = tuple(
        Series(names[code], tuple(published_point(numbers.get((code, year))) for year in years))
        for code in POPULATION[family]
        if code in names
    )
    return Chart(
        title="人口の推移",
        unit="人",
        decimals=0,
        category="年度",
        categories=tuple(fiscal.label(year) for year in years),
        ticks=tuple(tick(year) for year in years),
        series=series,
        reading="総人口と高齢者の人数が、どの方向へ動いているかを見ます。",
        sources=(title,),
    )
