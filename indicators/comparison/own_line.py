"""One indicator in one line: the place itself, the median of its peers, its prefecture, the nation.

Peers are its 類似団体. Only published statistics are read, for a whole list at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.arithmetic.intervals import SHARES
from indicators.choices import PlaceKind, ValueKind
from indicators.comparison import heat, likeness
from indicators.comparison.likeness import Names
from indicators.comparison.peers import FEWEST
from indicators.comparison.reading import Reader, comparison
from indicators.comparison.selection import Selection
from indicators.comparison.shape import Place
from indicators.models import Definition
from municipalities.models import Municipality

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from decimal import Decimal

    from indicators.comparison.shape import Cell, Column, Comparison

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One of the four numbers: its name, as it is printed, and its length out of WIDTH; None where there is none."""

    label: str
    text: str
    length: float | None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class OwnLine:
    """An indicator of a place beside those around it. `per`: by what a count is divided."""

    name: str
    bars: tuple[Bar, ...]
    sentence: str
    per: str
    sources: tuple[str, ...]


def lines_of(
    municipality: Municipality, definitions: Collection[object], *, until: int
) -> dict[str, OwnLine]:
    """Return by code the line of each national indicator that statistics tell of this place, by no later year."""
    kinds = {one.code: one.value_kind for one in definitions if isinstance(one, Definition)}
    if not kinds:
        return {}
    compared = comparison(
        Selection(indicators=tuple(sorted(kinds)), until=until),
        peers_of(municipality),
        reader=Reader(municipality.prefecture.code, municipality.code),
    )
    return dict(lines(compared, municipality, kinds))


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
    compared: Comparison, municipality: Municipality, kinds: dict[str, str]
) -> Iterator[tuple[str, OwnLine]]:
    """Yield the line of each column in which the place itself has a value.

    A count that nothing divides follows the size of a place: it is compared with nothing larger.
    """
    own_place = next(one for one in compared.places if one.code == municipality.code)
    for column in compared.columns:
        own = compared.cell(own_place, column)
        follows_size = kinds[column.code] == ValueKind.COUNT and not column.per
        if own.value is not None and not follows_size:
            yield (
                column.code,
                line(column, own, municipality, is_share=kinds[column.code] in SHARES),
            )


def line(column: Column, own: Cell, municipality: Municipality, *, is_share: bool) -> OwnLine:
    names = Names(likeness.called(municipality.name), municipality.prefecture.name)
    return OwnLine(
        name=column.name,
        bars=bars(column, own, municipality),
        sentence=said(column, own, names, is_share=is_share),
        per=column.per,
        sources=column.sources,
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
    numbers = [(label, value) for label, value in known if value is not None]
    longest = max(value for _, value in numbers)
    is_drawn = longest > 0 and min(value for _, value in numbers) >= 0
    return tuple(
        Bar(
            label=label,
            text=f"{heat.text(value, column)}{column.unit}",
            length=float(round(value * WIDTH / longest, 1)) if is_drawn else None,
            is_own=at == 0,
        )
        for at, (label, value) in enumerate(numbers)
    )


def said(column: Column, own: Cell, names: Names, *, is_share: bool) -> str:
    """Return whether the value is the prefecture's tendency or the place's own; nothing beside nobody."""
    if column.prefecture.value is None and column.nation.value is None:
        return ""
    if own.is_reference:
        return likeness.TOO_FEW
    to_prefecture, to_nation = (
        likeness.side(own, cell, is_share=is_share, decimals=column.decimals)
        for cell in (column.prefecture, column.nation)
    )
    return likeness.sentence(to_prefecture, to_nation, names)
