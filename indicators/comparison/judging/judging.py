"""One indicator of many places, judged once: summary, quarters, ranks, chance. Exact, and pure.

All numbers are integers, ten thousand times as large (`pooling.SCALE`): what the database keeps. A
`Judged` holds one list each, in the order of the places; `cells` makes cells of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from indicators.arithmetic.intervals import SHARES
from indicators.choices import Direction
from indicators.comparison.judging import chance, pooling, quarters, reach, telling
from indicators.comparison.judging.cells import cell_of, decimal
from indicators.comparison.judging.pooling import SCALE, Part
from indicators.comparison.shape import ABSENT, Cell, Chance, Column, Quarter, Summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicators.comparison.judging.dispersion import Widening
    from indicators.comparison.shape import Place

SCALED_QUARTERS = SCALE * quarters.PARTS
PERCENT = {"％", "%"}


class Definition(Protocol):
    code: str
    name: str
    unit: str
    decimals: int
    direction: str
    value_kind: str
    numerator: str
    scenes: str
    caution: str


@dataclass(slots=True)
class Figures:
    """One indicator as it was read: values, or what they are made of, by the code of the place.

    `parts` are the counts behind a value where they are known. `times`: how often the denominator is
    told. `is_classed` False: numbers that follow the size of a place, and nothing to divide them by.
    """

    definition: Definition
    years: tuple[int, ...] = ()
    values: dict[str, int] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    times: int = 1
    per: str = ""
    decimals: int | None = None
    zeros: frozenset[str] = frozenset()
    words: dict[str, str] = field(default_factory=dict)
    replies: dict[str, str] = field(default_factory=dict)
    is_classed: bool = True
    # Half of the places have it.
    is_common: bool = True
    series: tuple[int, int] = (0, 0)
    divided_by: frozenset[int] = frozenset()
    # The larger places beside the rows, by their codes.
    prefecture: str = ""
    nation: str = ""
    # All municipalities of the prefecture, where too few places tell how much places differ.
    around: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Judged:
    """What was found about each place, in the order of `codes`. `markup`: its cells, once the heat table has drawn them."""

    figures: Figures
    codes: Sequence[str]
    values: list[int | None]
    quarters: list[Quarter | None]
    ranks: list[int | None]
    # The one judgement that signs, sentences and colours follow: wider than chance where places differ by more.
    chances: list[Chance | None]
    references: list[bool]
    # The places whose number is the median and in no quarter.
    level: frozenset[str] = frozenset()
    markup: Sequence[str] = ()

    @property
    def is_ranked(self) -> bool:
        """One way is better than the other."""
        return self.figures.definition.direction != Direction.NEUTRAL

    @property
    def behind(self) -> list[int]:
        """Return where the places stand that are in the worse (or lower) quarter, and not by chance alone."""
        direction = self.figures.definition.direction
        return [
            at
            for at, quarter in enumerate(self.quarters)
            if quarter is Quarter.LOWEST and chance.stands_out(quarter, self.chances[at], direction)
        ]


def judged(figures: Figures, places: Sequence[Place]) -> tuple[Column, Judged]:
    """Return the column and what was found about each of its places."""
    codes = [place.code for place in places]
    values = [*map(figures.values.get, codes)]
    references = reach.references(figures, codes)
    ranked = sorted(_having(values, codes, figures.zeros))
    clear = reach.clear_of(figures, codes, references)
    chances, widened = reach.told(figures, codes, reach.chances_of(figures, codes, clear))
    placed = _quarters(figures, clear, ranked)
    found = Judged(
        figures=figures,
        codes=codes,
        values=values,
        quarters=placed,
        level=_level(codes, clear, placed),
        ranks=_ranks(figures, clear, ranked),
        chances=chances,
        references=references,
    )
    return _column(figures, codes, ranked, widened), found


def _having(values: Sequence[int | None], codes: Sequence[str], zeros: frozenset[str]) -> list[int]:
    """Return the numbers of the places that have one, without the zeros that nobody could change."""
    if zeros:
        values = [
            None if code in zeros else value for code, value in zip(codes, values, strict=True)
        ]
    return [value for value in values if value is not None]


def _quarters(
    figures: Figures, clear: Sequence[int | None], ranked: Sequence[int]
) -> list[Quarter | None]:
    if not (figures.is_classed and quarters.is_divided(ranked)):
        return [None] * len(clear)
    told = quarters.quarters_of(ranked, figures.definition.direction)
    return [None if value is None else told.get(value) for value in clear]


def _level(
    codes: Sequence[str], clear: Sequence[int | None], placed: Sequence[Quarter | None]
) -> frozenset[str]:
    """Return the places whose number is in no quarter although others are in one: it is the median."""
    if None not in placed or not any(placed):
        return frozenset()
    return frozenset(
        code
        for code, value, quarter in zip(codes, clear, placed, strict=True)
        if quarter is None and value is not None
    )


def _ranks(
    figures: Figures, clear: Sequence[int | None], ranked: Sequence[int]
) -> list[int | None]:
    # Who is third of three is no finding: no rank where there are no quarters for want of numbers.
    if not figures.is_classed or len(ranked) < quarters.LEAST_COMPARED:
        return [None] * len(clear)
    told = quarters.ranks_of(ranked, figures.definition.direction)
    return [None if value is None else told[value] for value in clear]


def _column(
    figures: Figures, codes: Sequence[str], ranked: Sequence[int], widened: Widening
) -> Column:
    definition = figures.definition
    mean = pooling.average(figures.parts[code] for code in codes if code in figures.parts)
    average = pooling.rate(mean, figures.times) if mean.denominator else None
    decimals = definition.decimals if figures.decimals is None else figures.decimals
    return Column(
        code=definition.code,
        name=definition.name,
        unit=definition.unit,
        decimals=decimals,
        direction=definition.direction,
        scenes=tuple(filter(None, definition.scenes.split(";"))),
        years=figures.years,
        summary=summary_of(ranked),
        average=None if average is None else decimal(average),
        prefecture=_beside(figures, figures.prefecture),
        nation=_beside(figures, figures.nation),
        times=figures.times if mean.denominator else 0,
        is_share=definition.value_kind in SHARES,
        per=figures.per,
        sources=figures.sources,
        series=figures.series,
        divided_by=figures.divided_by,
        notes=(*figures.notes, *widened.notes(_printed(widened.between, figures, decimals))),
        between=widened.between,
    )


def _printed(between: float, figures: Figures, decimals: int) -> str:
    """Return a deviation of rates as values are printed: 「2.1ポイント」 of percentages."""
    unit = figures.definition.unit
    shown = telling.number(round(between * figures.times * SCALE), decimals)
    return f"{shown}{'ポイント' if unit in PERCENT else unit}"


def _beside(figures: Figures, code: str) -> Cell:
    return cell_of(figures, code, figures.values.get(code)) if code else ABSENT


def summary_of(ranked: Sequence[int]) -> Summary:
    """Return the distribution of numbers in rising order; below eight of them without quartiles but the median."""
    if not ranked:
        return Summary(0)
    found = quarters.cuts(ranked)
    first, median, third = (
        Decimal(one) / SCALED_QUARTERS for one in (found.first, found.median, found.third)
    )
    least, most = decimal(ranked[0]), decimal(ranked[-1])
    if len(ranked) < quarters.LEAST_COMPARED:
        return Summary(len(ranked), least, None, median, None, most)
    return Summary(len(ranked), least, first, median, third, most)
