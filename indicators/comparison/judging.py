"""One indicator of many places, judged once: summary, quarters, ranks, chance. Exact, and pure.

All numbers are integers, ten thousand times as large (`pooling.SCALE`): what the database keeps. A
`Judged` holds one list each, in the order of the places; a `Cell` is made when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from indicators.arithmetic.intervals import LEAST, SHARES, counts_people, least_base
from indicators.choices import ValueKind, ValueState
from indicators.comparison import chance, dispersion, pooling, quarters, telling
from indicators.comparison.pooling import SCALE, Part
from indicators.comparison.shape import ABSENT, Cell, Chance, Column, Quarter, Summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.comparison.dispersion import Apart, Widening
    from indicators.comparison.shape import Place

VALUE = ValueState.VALUE.value
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
    references = _references(figures, codes)
    ranked = sorted(_having(values, codes, figures.zeros))
    clear = _clear(figures, codes, references)
    chances, widened = _told(figures, codes, _chances(figures, codes, clear))
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


def _clear(figures: Figures, codes: Sequence[str], references: Sequence[bool]) -> list[int | None]:
    """Return the numbers that may be judged: neither 参考値 nor a zero that nobody could change."""
    values = [*map(figures.values.get, codes)]
    if not (figures.zeros or any(references)):
        return values
    return [
        None if is_reference or code in figures.zeros else value
        for code, value, is_reference in zip(codes, values, references, strict=True)
    ]


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
    if not any(placed):
        return frozenset()
    return frozenset(
        code
        for code, value, quarter in zip(codes, clear, placed, strict=True)
        if quarter is None and value is not None
    )


def _ranks(
    figures: Figures, clear: Sequence[int | None], ranked: Sequence[int]
) -> list[int | None]:
    if not figures.is_classed:
        return [None] * len(clear)
    told = quarters.ranks_of(ranked, figures.definition.direction)
    return [None if value is None else told[value] for value in clear]


def _references(figures: Figures, codes: Sequence[str]) -> list[bool]:
    """Say of each place whether its value is a 参考値: too few are counted, or among too few."""
    definition = figures.definition
    is_count = definition.value_kind == ValueKind.COUNT
    if is_count and not counts_people(definition):
        # Few bodies are no small sample: how far chance reaches is told by the funnel's limits.
        return [False] * len(codes)
    if not figures.parts:
        if not is_count:
            return [False] * len(codes)
        least = LEAST.cases * SCALE
        return [0 <= figures.values.get(code, least) < least for code in codes]
    cases, base = LEAST.cases * SCALE, (least_base(definition) or 0) * SCALE
    found = (figures.parts.get(code) for code in codes)
    return [
        part is not None and (part.numerator < cases or part.denominator < base) for part in found
    ]


def _chances(
    figures: Figures, codes: Sequence[str], clear: Sequence[int | None]
) -> list[Chance | None]:
    if not figures.parts or not figures.is_classed:
        return [None] * len(codes)
    parts = [figures.parts.get(code) for code in codes]
    mean = pooling.average(part for part in parts if part is not None)
    if not mean.denominator:
        return [None] * len(codes)
    is_share = figures.definition.value_kind in SHARES
    return [
        None if part is None or value is None else _chance(part, mean, is_share=is_share)
        for part, value in zip(parts, clear, strict=True)
    ]


def _told(
    figures: Figures, codes: Sequence[str], chances: list[Chance | None]
) -> tuple[list[Chance | None], Widening]:
    """Return what is told of each place's chance, and by how much the limits are wider for it."""
    own = _distances(figures, codes, chances)
    known = [one for one in own if one is not None]
    around = _around(figures) if 0 < len(known) < dispersion.LEAST_PLACES else []
    widened = dispersion.estimated(known, around)
    if not widened.between:
        return chances, widened
    return [
        None if found is None or apart is None else dispersion.told(found, apart, widened.between)
        for found, apart in zip(chances, own, strict=True)
    ], widened


def _distances(
    figures: Figures, codes: Sequence[str], chances: Sequence[Chance | None]
) -> list[Apart | None]:
    """Return how far each place that is judged lies from the average of all of them."""
    mean = pooling.average(figures.parts[code] for code in codes if code in figures.parts)
    is_share = figures.definition.value_kind in SHARES
    if mean.numerator <= 0 or (is_share and mean.numerator >= mean.denominator):
        return [None] * len(codes)
    return [
        None if found is None else dispersion.apart(figures.parts[code], mean, is_share=is_share)
        for code, found in zip(codes, chances, strict=True)
    ]


def _around(figures: Figures) -> list[Apart]:
    codes = figures.around
    clear = _clear(figures, codes, _references(figures, codes))
    found = _distances(figures, codes, _chances(figures, codes, clear))
    return [one for one in found if one is not None]


def _chance(part: Part, mean: Part, *, is_share: bool) -> Chance | None:
    count, base = divmod(part.numerator, SCALE)[0], part.denominator // SCALE
    if not base or count < 0:
        return None
    if is_share:
        share = mean.numerator / mean.denominator
        return chance.of_share(count, base, share) if count <= base else None
    return chance.of_count(count, mean.numerator * part.denominator / mean.denominator / SCALE)


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
        notes=(*figures.notes, *widened.notes(_printed(widened.between, figures, decimals))),
        between=widened.between,
    )


def _printed(between: float, figures: Figures, decimals: int) -> str:
    """Return a deviation of rates as values are printed: 「2.1ポイント」 of percentages."""
    unit = figures.definition.unit
    shown = telling.number(round(between * figures.times * SCALE), decimals)
    return f"{shown}{'ポイント' if unit in PERCENT else unit}"


def _beside(figures: Figures, code: str) -> Cell:
    return _cell(figures, code, figures.values.get(code)) if code else ABSENT


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


def decimal(scaled: int) -> Decimal:
    return Decimal(scaled).scaleb(-4)


def _cell(figures: Figures, code: str, value: int | None) -> Cell:
    part = figures.parts.get(code)
    if value is None and code not in figures.states:
        return ABSENT
    return Cell(
        value=None if value is None else decimal(value),
        state=VALUE if value is not None else figures.states[code],
        numerator=None if part is None else decimal(part.numerator),
        denominator=None if part is None else decimal(part.denominator),
        fiscal_year=figures.years[-1] if figures.years else None,
        word=figures.words.get(code, ""),
    )


class Cells(Mapping[tuple[str, str], Cell]):
    """The cells of places and columns, each made when it is asked for.

    `order`: where each of the places stands in the columns, which may tell of more and in another order.
    """

    def __init__(
        self, places: Sequence[Place], columns: Mapping[str, Judged], order: Sequence[int]
    ) -> None:
        self.columns = columns
        self.order = order
        self._places = {place.code: at for place, at in zip(places, order, strict=True)}

    def __getitem__(self, key: tuple[str, str]) -> Cell:
        place, code = key
        found, at = self.columns[code], self._places[place]
        cell = _cell(found.figures, place, found.values[at])
        if cell is ABSENT:
            raise KeyError(key)
        return _judged_cell(cell, found, at, place)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for code, found in self.columns.items():
            for place, at in self._places.items():
                if found.values[at] is not None or place in found.figures.states:
                    yield place, code

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _judged_cell(cell: Cell, found: Judged, at: int, code: str) -> Cell:
    return Cell(
        value=cell.value,
        state=cell.state,
        numerator=cell.numerator,
        denominator=cell.denominator,
        fiscal_year=cell.fiscal_year,
        word=cell.word,
        quarter=found.quarters[at],
        chance=found.chances[at],
        rank=found.ranks[at],
        is_reference=found.references[at],
        is_structural_zero=code in found.figures.zeros,
        is_median=code in found.level,
        reply=found.figures.replies.get(code, ""),
    )
