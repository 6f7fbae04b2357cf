"""What the filter bar of a comparison offers, and what of it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import PlaceKind
from indicators.comparison.judging.quarters import LEAST_COMPARED
from indicators.comparison.reading.prefecture_columns import defined_by
from indicators.comparison.reading.published import asked_for, known_to
from indicators.comparison.selection import POOLS, Selection
from indicators.comparison.shape import Origin
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indicators.comparison.asking.asked import Asked
    from indicators.comparison.asking.origins import Offer
    from indicators.comparison.reading.published import Known
    from indicators.comparison.shape import Comparison

YEARS_OFFERED = 13
# Not all of them are public: a prefecture brings in what its towns have reported, too (docs/adr/0058).
ORIGINS = {Origin.STATISTICS: "国や県などの統計", Origin.SUBMITTED: "市町村が提出した値"}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """One list of choices for each field."""

    groups: list[Choice]
    indicators: list[Choice]
    years: list[Choice]
    pools: list[Choice]

    @property
    def said(self) -> str:
        """Return what is chosen, as the closed bar says it."""
        lists = (self.groups, self.years, self.pools)
        told = [one.label for choices in lists for one in choices if one.is_chosen]
        named = sum(one.is_chosen for one in self.indicators)
        return "・".join((*told, f"{named}指標を選択中" if named else "場面のすべての指標"))


def filters(asked: Asked, year: int) -> Filters:
    """Return the choices. No query where municipalities are compared; two where what was submitted is."""
    selection, group, groups = asked.selection, asked.group, asked.groups
    offered = {one.code: one.label for one in groups} | dict(asked.around)
    offered.setdefault(group.code, group.label)
    return Filters(
        groups=_choices(offered.items(), group.code),
        indicators=_choices(
            indicators(selection, asked.prefecture.code, asked.definitions), *selection.indicators
        ),
        years=years(selection, year),
        pools=pools(selection),
    )


def indicators(
    selection: Selection, prefecture: str, definitions: Known | None = None
) -> Iterator[tuple[str, str]]:
    """Yield those of the scene of which there is any value, and what the prefecture has defined.

    `definitions` are taken where they are those of municipalities.
    """
    of_scene, kinds = Selection(scene=selection.scene), {PlaceKind.MUNICIPALITY.value}
    if definitions is None or definitions.kinds != kinds:
        definitions = known_to(prefecture, selection, kinds)
    for one in asked_for(of_scene, definitions.rows):
        if one.newest:
            yield one.code, one.name
    if selection.origin is Origin.SUBMITTED:
        yield from ((one.code, one.name) for one in asked_for(of_scene, defined_by(prefecture)))


def years(selection: Selection, newest: int) -> list[Choice]:
    """Return the years up to the newest, which is that of the page; without one the values are those up to it."""
    offered = range(newest, newest - YEARS_OFFERED, -1)
    return _choices(
        [
            ("", f"{fiscal.label(newest)}までで最新"),
            *((str(one), fiscal.label(one)) for one in offered),
        ],
        str(selection.year or ""),
    )


def pools(selection: Selection) -> list[Choice]:
    return _choices(
        ((str(one), f"{one}年分をまとめる" if one > 1 else "1年だけ") for one in POOLS),
        str(selection.pool),
    )


# What the bar asks for itself; the rest of an address goes with it as it is.
IN_THE_BAR = ("group", "indicator", "year", "pool")


def kept(selection: Selection) -> list[tuple[str, str]]:
    """Return what the bar keeps of the address: origin, scene, order, view, and the town and indicator that are marked."""
    return [(name, value) for name, value in selection.asked() if name not in IN_THE_BAR]


def is_narrowed(selection: Selection) -> bool:
    """Say whether less than everything of an origin is asked for."""
    return bool(selection.year or selection.scene or selection.indicators)


def anew(selection: Selection) -> str:
    """Return the query of the same origin and places, narrowed by nothing."""
    return selection.query(
        scene="", indicators=(), year=None, sort="", falling=False, focus="", only_behind=False
    )


def nothing_found(selection: Selection, other: Offer) -> str:
    """Say where the selection has no value; `other`: the origin that is not shown."""
    shown = ORIGINS[selection.origin]
    if is_narrowed(selection):
        return f"この条件に当てはまる{shown}の値はありません。年度の条件を外すか、場面や指標を変えてください。"
    if other.count:
        return f"{shown}の値はありません。{other.label}は、{other.count}指標で比べられます。"
    return (
        "比べられる値が、まだありません。国や県などの統計を取り込むか、市町村が報告書を提出すると、"
        "ここで比べられます。"
    )


def is_undivided(comparison: Comparison, selection: Selection) -> bool:
    """Say whether no indicator that places may be behind in has so many values that they are divided into quarters."""
    asked = comparison.lagging(selection.sort)
    return all(one.summary.count < LEAST_COMPARED for one in asked)


def no_places(asked: Asked, places: str) -> str:
    """Say why no place is shown, of those that are compared."""
    selection, compared = asked.selection, len(asked.group.places)
    if not selection.only_behind:
        return f"比べる{places}がありません。"
    if compared < LEAST_COMPARED:
        return (
            f"比べる{places}が{LEAST_COMPARED}に満たないため、下位25％を付けていません。"
            "「すべてを表示する」で、値を確かめられます。"
        )
    if is_undivided(asked.comparison, selection):
        return (
            f"どの指標も、値のある{places}が{LEAST_COMPARED}に満たないため、下位25％を付けていません。"
            f"下位25％の{places}がないという意味ではありません。「すべてを表示する」で、値を確かめられます。"
        )
    return (
        f"偶然の範囲を超えて下位25％にある{places}はありません。下位25％（▼▼、▁）の値があっても、平均との差が偶然の範囲内です。"
        "「すべてを表示する」で、値を確かめられます。"
    )


def _choices(pairs: Iterable[tuple[str, str]], *chosen: str) -> list[Choice]:
    return [Choice(value, label, value in chosen) for value, label in pairs]
