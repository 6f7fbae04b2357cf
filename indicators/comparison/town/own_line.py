"""One indicator in one line: the place itself, the median of its peers, its prefecture, the nation.

Peers are its 類似団体. Only published statistics are read, for a whole list at once. Where the statistic that
tells of the place tells nothing of the nation, the newest one that does stands beside it under its own year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal  # noqa: TC003 -- dataclasses are read at run time
from typing import TYPE_CHECKING

from indicators import national_versions
from indicators.arithmetic import breaks
from indicators.arithmetic.intervals import SHARES, smallness
from indicators.arithmetic.printing import rounded
from indicators.choices import PlaceKind, ValueKind, ValueState
from indicators.comparison.page import heat
from indicators.comparison.peers import likeness
from indicators.comparison.peers.likeness import Names
from indicators.comparison.peers.peers import FEWEST
from indicators.comparison.reading.reading import Reader, comparison
from indicators.comparison.selection import Selection
from indicators.comparison.shape import Place
from indicators.models import Definition, PublishedValue
from municipalities.entrance.scopes import NATION_CODE
from municipalities.japanese import fiscal
from municipalities.models import Municipality

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from indicators.comparison.shape import Cell, Column, Comparison
    from indicators.models import Measurement

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One of the four numbers: its name, as it is printed, and its length out of WIDTH; None where there is none."""

    label: str
    value: Decimal
    text: str
    length: float | None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class OwnLine:
    """An indicator of a place beside those around it. `per`: by what a count is divided.

    `is_judged`: chance was considered, so that the sentence may call it high or low.
    """

    name: str
    bars: tuple[Bar, ...]
    sentence: str
    per: str
    sources: tuple[str, ...]
    is_judged: bool = True


def lines_of(
    municipality: Municipality,
    definitions: Collection[object],
    *,
    until: int,
    entered: Iterable[Measurement] = (),
) -> dict[str, OwnLine]:
    """Return by code the line of each national indicator that statistics tell of this place, by no later year.

    `entered`: what the place has entered itself, which may say what its value is made of.
    """
    national = {one.code: one for one in definitions if isinstance(one, Definition)}
    if not national:
        return {}
    compared = comparison(
        Selection(indicators=tuple(sorted(national)), until=until),
        peers_of(municipality),
        reader=Reader(municipality.prefecture.code, municipality.code),
    )
    found = dict(lines(compared, municipality, national, list(entered)))
    told = nation_elsewhere(compared, found)
    return {code: with_nation(one, compared, told.get(code)) for code, one in found.items()}


def nation_elsewhere(compared: Comparison, found: Collection[str]) -> dict[str, PublishedValue]:
    """Return by code the newest value of the nation that another statistic, or another year, tells; one query, or none.

    A value from before another definition began stays out, and so does a count: only rates stand beside each other.
    """
    columns = {one.code: one for one in compared.columns}
    lacking = [
        code for code in found if not columns[code].per and columns[code].nation.value is None
    ]
    if not lacking:
        return {}
    rows = PublishedValue.objects.filter(
        definition__code__in=lacking,
        place_kind=PlaceKind.NATION,
        place_code=NATION_CODE,
        state=ValueState.VALUE,
    ).select_related("definition", "dataset")
    newest = {}
    for row in rows.order_by("fiscal_year", "-dataset_id"):
        changes, year = (
            national_versions.counted(row.definition.code),
            columns[row.definition.code].years[-1],
        )
        if breaks.comparable(changes, row.fiscal_year, year):
            newest[row.definition.code] = row
    return newest


def with_nation(line: OwnLine, compared: Comparison, row: PublishedValue | None) -> OwnLine:
    """Put the nation's value of another statistic at the end, with its year; the sentence judges nothing by it."""
    if row is None:
        return line
    column = next(one for one in compared.columns if one.code == row.definition.code)
    label = f"全国　{fiscal.label(row.fiscal_year)}"
    numbers = [(one.label, one.value) for one in line.bars]
    numbers += [(label, value) for value in (row.value,) if value is not None]
    bars = scaled(numbers, column)
    source = f"全国は{fiscal.with_year(row.dataset.title, row.fiscal_year)}"
    return replace(line, bars=bars, sources=(*line.sources, source))


def peers_of(municipality: Municipality) -> list[Place]:
    """Return the place and its 類似団体, in one query."""
    own = Place(PlaceKind.MUNICIPALITY.value, municipality.code, municipality.name)
    if not municipality.similar_group:
        return [own]
    rows = Municipality.objects.filter(similar_group=municipality.similar_group).order_by("code")
    return [
        Place(PlaceKind.MUNICIPALITY.value, code, name)
        for code, name in rows.values_list("code", "name")
    ]


def lines(
    compared: Comparison,
    municipality: Municipality,
    national: dict[str, Definition],
    entered: Sequence[Measurement],
) -> Iterator[tuple[str, OwnLine]]:
    """Yield the line of each column in which the place itself has a value.

    A count that nothing divides follows the size of a place: it is compared with nothing larger.
    """
    own_place = next(one for one in compared.places if one.code == municipality.code)
    for column in compared.columns:
        definition = national[column.code]
        own = with_parts(compared.cell(own_place, column), column, definition, entered)
        follows_size = definition.value_kind == ValueKind.COUNT and not column.per
        if own.value is not None and not follows_size:
            yield (
                column.code,
                line(column, own, municipality, is_share=definition.value_kind in SHARES),
            )


def with_parts(
    own: Cell, column: Column, definition: Definition, entered: Iterable[Measurement]
) -> Cell:
    """Return a value of which the statistic does not tell the parts with those of the same value as it was entered."""
    if own.value is None or own.numerator is not None or column.per:
        return own
    year = own.fiscal_year or column.years[-1]
    for row in entered:
        if (row.code, row.fiscal_year) != (column.code, year) or row.value is None:
            continue
        has_parts = row.numerator is not None and row.denominator
        if has_parts and rounded(row.value, column.decimals) == rounded(own.value, column.decimals):
            is_small = own.is_reference or bool(smallness(definition, row))
            return replace(
                own,
                numerator=row.numerator,
                denominator=row.denominator,
                is_reference=is_small,
            )
    return own


def line(column: Column, own: Cell, municipality: Municipality, *, is_share: bool) -> OwnLine:
    names = Names(likeness.called(municipality.name), municipality.prefecture.name)
    sentence, is_judged = said(column, own, names, is_share=is_share)
    return OwnLine(
        name=column.name,
        bars=bars(column, own, municipality),
        sentence=sentence,
        per=column.per,
        sources=column.sources,
        is_judged=is_judged,
    )


def bars(column: Column, own: Cell, municipality: Municipality) -> tuple[Bar, ...]:
    """Return the numbers that are known, the place itself first, with lengths by one scale."""
    known: list[tuple[str, Decimal | None]] = [(municipality.name, own.value)]
    if column.summary.count >= FEWEST:
        name = f"類似団体{column.summary.count}市区町村の中央値"
        known.append((name, column.summary.median))
    known += [
        (municipality.prefecture.name, column.prefecture.value),
        ("全国", column.nation.value),
    ]
    return scaled([(label, value) for label, value in known if value is not None], column)


def scaled(numbers: Sequence[tuple[str, Decimal]], column: Column) -> tuple[Bar, ...]:
    """Draw numbers by one scale; without lengths where one lies below zero."""
    longest = max(value for _, value in numbers)
    is_drawn = longest > 0 and min(value for _, value in numbers) >= 0
    return tuple(
        Bar(
            label=label,
            value=value,
            text=f"{heat.text(value, column)}{column.unit}",
            length=float(round(value * WIDTH / longest, 1)) if is_drawn else None,
            is_own=at == 0,
        )
        for at, (label, value) in enumerate(numbers)
    )


def said(column: Column, own: Cell, names: Names, *, is_share: bool) -> tuple[str, bool]:
    """Return whether the value is the prefecture's tendency or the place's own, and whether chance judged it.

    Nothing is said beside nobody.
    """
    if column.prefecture.value is None and column.nation.value is None:
        return "", False
    if own.is_reference:
        return likeness.TOO_FEW, False
    to_prefecture, to_nation = (
        likeness.side(own, cell, is_share=is_share, decimals=column.decimals)
        for cell in (column.prefecture, column.nation)
    )
    whose = likeness.lacking(own, column.prefecture, column.nation, names)
    is_judged = (to_prefecture, to_nation) != (None, None)
    return likeness.sentence(to_prefecture, to_nation, names, whose=whose), is_judged
