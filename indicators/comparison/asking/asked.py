"""The comparison that an officer asks for, outside the page: the same for workbook and paper."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from indicators.comparison.asking.selection_words import selection_in_words
from indicators.comparison.asking.workbook import About, Facts
from indicators.comparison.judging import basis, telling
from indicators.comparison.peers import peers
from indicators.comparison.reading import columns, shelf
from indicators.comparison.reading.published import known_to
from indicators.comparison.reading.reading import Reader, comparison
from indicators.comparison.scenes import SCENES
from indicators.comparison.selection import NATION, PREFECTURE, selection_of
from indicators.comparison.shape import Origin
from indicators.definitions.catalogue import SCENE_NAMES
from indicators.models import Dataset, Definition
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.http import QueryDict

    from indicators.comparison.peers.peers import Country, Group
    from indicators.comparison.reading.published import Known
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Column, Comparison
    from indicators.publishing.marking import Marks
    from municipalities.models import Prefecture

# What a file name may not hold on somebody's computer.
NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))
LONGEST_PART = 40
PREFECTURES, NATION_NAME = "都道府県", "全国"
KNOWN_SCENES = frozenset(one.value for one in SCENES)
CUT = (
    "表の行は、担当する市町村だけです。四分位・順位・最小と最大・平均は、比べる範囲の市町村すべてのもので、"
    "値のある市町村が8に満たない指標には、最小・中央値・最大を付けていません。"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A selection as it was understood, and what it found. `is_cut`: not every municipality is shown by name."""

    prefecture: Prefecture
    selection: Selection
    groups: list[Group]
    group: Group
    comparison: Comparison
    is_cut: bool
    definitions: Known
    # Code and label of the groups around the town that is marked.
    around: tuple[tuple[str, str], ...] = ()


def group_of(prefecture: Prefecture, selection: Selection, groups: Iterable[Group]) -> Group:
    """Return the group that a selection names, of those offered or one around a town; else the prefecture.

    What was submitted is read by name within the prefecture alone.
    """
    offered = {group.code: group for group in groups}
    home = offered[PREFECTURE]
    if selection.origin is Origin.SUBMITTED:
        chosen = offered.get(selection.group, home)
        return home if chosen.is_of_prefectures else chosen
    if selection.group in offered:
        return offered[selection.group]
    return peers.group_of(selection.group, prefecture=prefecture)


def places_in_words(selection: Selection) -> str:
    """Return what the places of a selection are called where nothing has been read of them."""
    is_national = selection.group == NATION and selection.origin is not Origin.SUBMITTED
    return PREFECTURES if is_national else telling.TOWNS


def title_of(selection: Selection) -> str:
    return f"{places_in_words(selection)}の比較"


def whose(prefecture: Prefecture, selection: Selection) -> str:
    """Return whose places are compared: the prefecture's, or the nation's where its rows are prefectures."""
    return NATION_NAME if places_in_words(selection) == PREFECTURES else prefecture.name


def file_name(asked: Asked, year: int) -> str:
    """Return 「市町村の比較_茨城県_二次医療圏（水戸）_看取り_令和5年度まで」, by which files are told apart; its suffix is the caller's."""
    columns, scene = asked.comparison.columns, SCENE_NAMES.get(asked.selection.scene, "")
    # The nation is named already.
    group = "" if asked.group.code in {PREFECTURE, NATION} else asked.group.label
    chosen = columns[0].name if len(columns) == 1 else f"{len(columns)}指標"
    parts = (
        title_of(asked.selection),
        whose(asked.prefecture, asked.selection),
        group,
        scene,
        chosen if asked.selection.indicators else "",
        year_of_name(asked.selection, year),
    )
    told = (part.translate(NOT_IN_NAMES)[:LONGEST_PART] for part in parts if part)
    return "_".join(told)


def year_of_name(selection: Selection, year: int) -> str:
    """Return the year that is shown, or up to which values are."""
    return fiscal.era_year(selection.year) if selection.year else f"{fiscal.era_year(year)}まで"


def selected(query: QueryDict, year: int) -> Selection:
    """Read the query of a page of a year: no later value is shown. A scene that nobody knows, or a later year, is not asked."""
    selection = selection_of(query, query.getlist("indicator"))
    return replace(
        selection,
        scene=selection.scene if selection.scene in KNOWN_SCENES else "",
        year=selection.year if selection.year and selection.year <= year else None,
        until=year,
    )


def asked_by(
    prefecture: Prefecture,
    selection: Selection,
    *,
    towns: frozenset[str] | None,
    marks: Marks = (),
) -> Asked:
    """Return what the selection asks about its group; `towns` are shown by name, None for all of them.

    With the marks of what is published, read before anything else, what is under them is remembered.
    """
    groups = groups_for(prefecture, selection, towns=towns, marks=marks)
    group = group_of(prefecture, selection, groups)
    definitions = definitions_for(prefecture.code, group, selection, marks)
    reader = reader_of(prefecture, selection, groups, towns=towns)
    found = comparison(selection, group.places, reader=reader, definitions=definitions, marks=marks)
    whole = whole_of(found, prefecture, group)
    return Asked(
        prefecture=prefecture,
        selection=selection,
        groups=groups,
        group=group,
        comparison=replace(found, whole=whole, reasons=group.reasons),
        is_cut=towns is not None and not group.is_of_prefectures,
        definitions=definitions,
        around=groups_around(prefecture, selection, towns=towns, marks=marks),
    )


def groups_for(
    prefecture: Prefecture, selection: Selection, *, towns: frozenset[str] | None, marks: Marks
) -> list[Group]:
    """Return the groups that a reader may choose.

    Who is not shown all municipalities compares what was submitted in no sizes: two cuts of the same
    municipalities would tell by their difference what neither tells.
    """
    groups = shelf.remembered(
        marks,
        shelf.GROUPS,
        prefecture.code,
        lambda: peers.groups_of_prefecture(prefecture, country(marks)),
    )
    if towns is not None and selection.origin is Origin.SUBMITTED:
        return [one for one in groups if not one.code.startswith(peers.SIZE)]
    return groups


def definitions_for(prefecture: str, group: Group, selection: Selection, marks: Marks) -> Known:
    """Return what has values for the kinds of places of a group; of statistics also what the prefecture has defined."""
    kinds = frozenset(place.kind for place in group.places)
    return shelf.remembered(
        marks,
        shelf.DEFINITIONS,
        (kinds, selection.until, selection.origin, prefecture),
        lambda: known_to(prefecture, selection, kinds),
    )


def reader_of(
    prefecture: Prefecture,
    selection: Selection,
    groups: Iterable[Group],
    *,
    towns: frozenset[str] | None,
) -> Reader:
    """Return who reads: which municipalities are shown by name, and which stand around them."""
    home = next(one for one in groups if one.code == PREFECTURE)
    return Reader(
        prefecture.code,
        title=f"{whose(prefecture, selection)}　{title_of(selection)}",
        towns=towns,
        around=tuple(place.code for place in home.places),
    )


def groups_around(
    prefecture: Prefecture, selection: Selection, *, towns: frozenset[str] | None, marks: Marks
) -> tuple[tuple[str, str], ...]:
    """Return those of the town that is marked, where it is shown: by statistics alone, for they reach farther."""
    code = selection.town
    is_shown = bool(code) and (towns is None or code in towns)
    if not is_shown or selection.origin is Origin.SUBMITTED:
        return ()
    return peers.around(code, prefecture.code, country(marks))


def country(marks: Marks) -> Country:
    return shelf.remembered(marks, shelf.GROUPS, "country", lambda: peers.country(marks))


def about_of(asked: Asked, *, at: dt.datetime) -> About:
    """Return what is said of a comparison beside its numbers."""
    prefecture, found = asked.prefecture, asked.comparison
    licences = licences_by_title()
    codes = {column.code for column in found.columns}
    divided_by = {one: basis.of(one).denominators for one in codes}
    wanted = codes.union(*divided_by.values())
    definitions = {one.code: one for one in Definition.every.filter(code__in=wanted)}
    group = name_of(prefecture, asked.group)
    chosen = selection_in_words(asked.selection, found, group=group, count=len(asked.group.places))
    return About(
        owner=prefecture.name,
        chosen=(*chosen, *([("表の行", CUT)] if asked.is_cut else [])),
        at=timezone.localtime(at),
        facts={
            column.code: facts_of(
                definitions[column.code],
                licences_of(column, licences),
                # A count that is divided for comparing: by the population that is preferred.
                per=[definitions[one].name for one in divided_by[column.code] if column.per],
            )
            for column in found.columns
            if column.code in definitions
        },
        prefecture_code=prefecture.code,
    )


def name_of(prefecture: Prefecture, group: Group) -> str:
    """Return what the places are called together."""
    return f"{prefecture.name}の市町村" if group.code == PREFECTURE else group.label


def whole_of(found: Comparison, prefecture: Prefecture, group: Group) -> str:
    """Return what is below the rows of whom, where the rows are not all of them."""
    count = len(group.places)
    return f"{name_of(prefecture, group)}（{count}）" if len(found.places) < count else ""


def licences_by_title() -> dict[str, str]:
    """Return under which conditions each statistic may be used; of two of one title with other conditions, none."""
    found: dict[str, set[str]] = defaultdict(set)
    for title, licence in Dataset.objects.order_by().values_list("title", "licence"):
        found[title].add(licence)
    return {title: ones.pop() for title, ones in found.items() if len(ones) == 1}


def licences_of(column: Column, licences: dict[str, str]) -> tuple[str, ...]:
    """Return under which conditions the statistics behind a column may be used, each once.

    Of several statistics each is named beside its own conditions: those of one say nothing of another.
    """
    # The year follows the title of a statistic, unless the title tells it.
    titles = dict.fromkeys(
        source if source in licences else source.rpartition(columns.BEFORE_YEAR)[0]
        for source in column.sources
    )
    found = {title: licences[title] for title in titles if licences.get(title)}
    if len(titles) == 1:
        return tuple(found.values())
    return tuple(f"「{title}」は{licence}" for title, licence in found.items())


def facts_of(
    definition: Definition, licences: tuple[str, ...], *, per: Iterable[str] = ()
) -> Facts:
    """Return what the catalogue says; of a count that is divided here the populations that it may be divided by."""
    denominator = definition.denominator or "、または".join(dict.fromkeys(per))
    return Facts(definition.numerator, denominator, definition.caution, licences)
