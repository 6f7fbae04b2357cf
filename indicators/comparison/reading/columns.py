"""From values as they were read to the figures of a column: rates of sums, counts per population, zeros. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from indicators import national_versions
from indicators.arithmetic import accumulating, breaks
from indicators.choices import ValueKind, ValueState
from indicators.comparison.judging import basis, pooling, telling
from indicators.comparison.judging.judging import Figures
from indicators.comparison.judging.pooling import SCALE
from indicators.comparison.reading import choosing
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from indicators.comparison.judging.pooling import Part
    from indicators.comparison.reading.published import Key, Table

# Between the title of a statistic and its year, where the title does not tell it.
BEFORE_YEAR = "　"
NOT_APPLICABLE, UNKNOWN = ValueState.NOT_APPLICABLE.value, ValueState.UNKNOWN.value
SUPPRESSED = ValueState.SUPPRESSED.value
HIDDEN_BY_SOURCE, HIDDEN_HERE = "出典による秘匿", "人数が少ないための秘匿"
NO_POPULATION = "割る人口が分からないため、実数のまま表示し、四分位と順位は付けていません。"
WHERE_TO_LOAD = "人口の統計は、都道府県の画面の「統計の取り込み」で取り込めます。"
SOME_WITHOUT = (
    f"割る人口が登録されていない地域は、「{telling.STATES[telling.NO_POPULATION]}」としています。"
)
NOT_POOLED = "分子と分母が公表されていないため、まとめずに最も新しい年度の値を表示しています。"
NO_STOCK = "毎年同じ施設や人を数える指標のため、まとめずに最も新しい年度の値を表示しています。"
NOT_OVER_A_BREAK = "それより前の年度は数え方が違うため、まとめていません。"
# In a series a population of another statistic divides where it is nearer by so many years: it does not go to and fro.
NEARER = 2
NO_PROVIDER = "提供する所がない地域の0は表示だけとし、四分位・順位・最小・「値のある数」に入れていません（平均には入れています）。"

NOT_PUBLIC = (
    "公表されている場所が登録されていない表の値で、少ない人数は秘匿しています。"
    "庁外に出す前に、出どころの利用の条件を確かめてください。"
)


@dataclass(slots=True)
class Counts:
    """What stands behind the values of a column, one mapping for each year, and what is said of it."""

    above: Sequence[Mapping[str, int]] = ()
    below: Sequence[Mapping[str, int]] = ()
    notes: tuple[str, ...] = ()


def hidden_in(figures: Figures) -> set[str]:
    """Return the places whose value is 秘匿."""
    return suppressed(figures.states) - figures.values.keys()


def suppressed(states: Mapping[str, str]) -> set[str]:
    return {place for place, state in states.items() if state == SUPPRESSED}


def who_hides(places: Iterable[str], ours: Container[str]) -> dict[str, str]:
    """Return for each place with a hidden value why; `ours`: those whose number is hidden here."""
    return {place: HIDDEN_HERE if place in ours else HIDDEN_BY_SOURCE for place in places}


def source(title: str, key: Key) -> str:
    return fiscal.with_year(title, key.fiscal_year, between=BEFORE_YEAR)


def years_of(definition: Any, key: Key, pool: int, table: Table) -> tuple[int, ...]:
    """Return the years that are pooled and there, oldest first; none from before another definition began.

    Of what is there year after year the newest alone: the same hospital in five years is no five hospitals.
    """
    pool = 1 if basis.of(definition.code).is_stock else pool
    years = range(key.fiscal_year - pool + 1, key.fiscal_year + 1)
    changes = national_versions.counted_by(definition)
    return tuple(
        year
        for year in years
        if key._replace(fiscal_year=year) in table.values
        and breaks.comparable(changes, year, key.fiscal_year)
    )


def not_pooled_over(definition: Any, key: Key, pool: int) -> tuple[str, ...]:
    """Say what keeps years out of a pool; nothing where nothing does."""
    if pool > 1 and basis.of(definition.code).is_stock:
        return (NO_STOCK,)
    changes = national_versions.counted_by(definition)
    change = breaks.between(changes, key.fiscal_year - pool + 1, key.fiscal_year)
    return (f"{breaks.sentence(change)}。{NOT_OVER_A_BREAK}",) if change else ()


def made(
    definition: Any, key: Key, table: Table, *, years: Sequence[int], counts: Counts | None
) -> Figures:
    """Put a column together: from its counts where they are known, else as it is published."""
    if counts is None or not any(counts.below):
        return as_published(definition, key, table, is_pooled=len(years) > 1)
    own = basis.of(definition.code)
    is_count = definition.value_kind == ValueKind.COUNT
    times = own.times if is_count else definition.multiplier
    places = {place for year in counts.above for place in year}
    parts = pooling.pooled(counts.above, counts.below, places)
    rates = {place: pooling.rate(part, times) for place, part in parts.items()}
    # Who tells a share without its counts is compared by what is told.
    values = {} if is_count else dict(table.values.get(key, {}))
    alone = values.keys() - parts.keys()
    values |= {place: value for place, value in rates.items() if value is not None}
    missing = telling.NO_POPULATION if is_count else UNKNOWN
    states = {
        place: NOT_APPLICABLE if place in parts else missing for place in places - values.keys()
    }
    lacking = (SOME_WITHOUT, WHERE_TO_LOAD) if telling.NO_POPULATION in states.values() else ()
    return Figures(
        definition=definition,
        years=tuple(years),
        values=values,
        states=table.states.get(key, {}) | states,
        parts={place: part for place, part in parts.items() if place in values},
        times=times,
        per=own.words if is_count else "",
        decimals=own.decimals if is_count else None,
        words=_years_missing(parts, len(years)) | _not_pooled(alone, len(years)),
        notes=(*counts.notes, *lacking, *_pooled(years)),
    )


def as_published(definition: Any, key: Key, table: Table, *, is_pooled: bool) -> Figures:
    """Take the values of the newest year as they are."""
    lacks_population = bool(basis.of(definition.code).denominators)
    notes = [NO_POPULATION, WHERE_TO_LOAD] if lacks_population else []
    return Figures(
        definition=definition,
        years=(key.fiscal_year,),
        values=dict(table.values[key]),
        states=dict(table.states.get(key, {})),
        decimals=_decimals(definition, table.values[key].values()),
        is_classed=not lacks_population,
        notes=(*notes, *([NOT_POOLED] if is_pooled else [])),
    )


def _decimals(definition: Any, values: Iterable[int]) -> int | None:
    """Return with how many decimals a column is printed that is a mean of months somewhere no whole number; else None."""
    if not accumulating.is_mean(definition) or all(one % SCALE == 0 for one in values):
        return None
    return accumulating.most_digits(definition)


def _years_missing(parts: Mapping[str, Part], years: int) -> dict[str, str]:
    return {
        place: f"{years}年度のうち{part.years}年度"
        for place, part in parts.items()
        if part.years < years
    }


def _not_pooled(places: Iterable[str], years: int) -> dict[str, str]:
    return dict.fromkeys(places, "最新の年度だけ") if years > 1 else {}


def _pooled(years: Sequence[int]) -> tuple[str, ...]:
    if len(years) == 1:
        return ()
    named = "、".join(fiscal.label(year) for year in years)
    return (f"{named}の分子と分母をそれぞれ合計して計算しています。",)


@dataclass(frozen=True, slots=True)
class Divisors:
    """The populations that may divide a count: their values, and the keys of their definitions, the preferred first.

    `stay`: the definition of the year before this one in a series, left only for another that is `NEARER`.
    """

    table: Table
    order: Sequence[int]
    stay: int | None = None

    def nearest(self, known: Sequence[Key], year: int) -> Key | None:
        """Return the population of the statistic that divides this year."""
        found = choosing.nearest(known, year, self.order)
        own = choosing.nearest(
            (one for one in known if one.definition == self.stay), year, self.order
        )
        if own is None or found is None:
            return found
        is_nearer = abs(own.fiscal_year - year) - abs(found.fiscal_year - year) >= NEARER
        return found if is_nearer else own


def per_population(
    key: Key, years: Sequence[int], table: Table, divisors: Divisors
) -> tuple[Counts, tuple[Key, ...]] | None:
    """Return a count of some years with the population that divides each, and which those are.

    From the newest year back, as in a series: years that are summed are divided by what divides each of them alone.
    Populations of none of the places that the count is told of divide nothing.
    """
    told = {place for year in years for place in table.values[key._replace(fiscal_year=year)]}
    values = divisors.table.values
    known = [
        one
        for definition in divisors.order
        for one in divisors.table.keys_of(definition)
        if told & values[one].keys()
    ]
    found: list[Key] = []
    for year in reversed(years):
        stay = found[-1].definition if found else divisors.stay
        near = replace(divisors, stay=stay).nearest(known, year)
        if near is None:
            return None
        found.append(near)
    if not found:
        return None
    found.reverse()
    above = [table.values[key._replace(fiscal_year=year)] for year in years]
    return Counts(above, [values[one] for one in found]), tuple(found)
