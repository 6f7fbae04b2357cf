"""What an address asks of a comparison and did not get, said in sentences: nothing is left out in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.comparison.asking import filtering
from indicators.comparison.asking.filtering import ORIGINS
from indicators.comparison.judging import telling
from indicators.comparison.peers import peers
from indicators.comparison.selection import (
    BEHIND,
    MOST_INDICATORS,
    NATION,
    POOLS,
    PREFECTURE,
    VIEWS,
)
from indicators.comparison.shape import Origin
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.forms import BaseForm
    from django.http import QueryDict

    from indicators.comparison.asking.asked import Asked
    from indicators.comparison.asking.filtering import Choice
    from indicators.comparison.peers.peers import Group
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Comparison

ONLY_AT_HOME = "「市町村が提出した値」は、都道府県の中だけで比べられます。"
NO_SUCH_ORIGIN = f"アドレスにある「比べる数字」は見つかりません。「{ORIGINS[Origin.STATISTICS]}」を表示しています。"
NO_SUCH_GROUP = "アドレスにある「比べる範囲」は見つかりません。"
ALONE = "「{}」は、比べる市町村が1つのため選べません。"
NOBODY = "「{}」に当てはまる市町村がないため選べません。"
EVERYBODY = "「{}」は、すべての市町村が当てはまるため、「{}」と同じです。"
NOT_SIZED = (
    "「市町村が提出した値」は、担当する市町村だけの画面では、人口の規模で分けて比べられません。"
)
NOT_OURS = "人口などが近い市区町村と類似団体は、{}の市町村についてだけ選べます。アドレスにある市町村のものは、ないか、ほかの都道府県のものです。"
NO_SUCH_SCENE = "アドレスにある「場面」は見つかりません。すべての場面を表示しています。"
NO_SUCH_YEAR = "アドレスにある「年度」は読み取れないか、この画面の年度より後です。{}までで最も新しい値を表示しています。"
NO_SUCH_POOL = "「まとめる年数」は、1年・3年・5年から選びます。アドレスにある年数は選べないため、1年だけの値を表示しています。"
NO_SUCH_VIEW = "アドレスにある図は見つかりません。表だけを表示しています。"
NO_SUCH_ROWS = "アドレスにある行の絞り込みは見つかりません。絞り込まずに表示しています。"
NO_SUCH_ORDER = "アドレスにある並び順の指標は、この表にありません。並べ替えずに表示しています。"
NO_SUCH_FOCUS = "アドレスにある図の指標は、この表にありません。ほかの指標の図を表示しています。"
NO_SUCH_TOWN = "アドレスにある、目印を付ける市町村は、この表の行にありません。"
TOO_MANY = f"指標は{MOST_INDICATORS}件までです。はじめの{MOST_INDICATORS}件を表示しています。"
NO_INDICATOR = "アドレスにある指標は読み取れません。場面のすべての指標を表示しています。"
NOT_IN_TABLE = "見つからないか、この条件に当てはまる値がないため、表にありません。"
NO_VALUE_IN_YEAR = "アドレスにある「年度」（{}）の値はありません。"
UNREADABLE = "アドレスにある「{}」は読み取れません。{}"
UNNARROWED = "絞り込まずに表示しています。"
NOT_HERE = "この画面は「{}」では絞り込めないため、アドレスにあるものは使っていません。"
# Words of the addresses of comparisons, as a page that is not narrowed by them calls them.
WORDS = {
    "group": "比べる範囲",
    "scene": "場面",
    "indicator": "指標",
    "year": "年度",
    "pool": "まとめる年数",
    "origin": "比べる数字",
    "town": "市町村",
    "only": "行の絞り込み",
    "sort": "並び順",
    "view": "図",
}


def of_filters(query: QueryDict, form: BaseForm, shown: Mapping[str, str]) -> Iterator[str]:
    """Yield what of an address the form of a list's filters did not understand, or does not ask.

    `shown` says by the name of a field what is shown instead; else nothing is narrowed.
    """
    for name, field in form.fields.items():
        if query.get(name) and name in form.errors:
            yield UNREADABLE.format(field.label, shown.get(name, UNNARROWED))
    for name, word in WORDS.items():
        if query.get(name) and name not in form.fields:
            yield NOT_HERE.format(word)


def unknown(query: QueryDict, asked: Asked, year: int) -> Iterator[str]:
    """Yield what of an officer's address was not understood, or has no value, and what is shown instead."""
    selection = asked.selection
    if asked.group.code != (query.get("group") or PREFECTURE):
        yield f"{no_such_group(asked)}{asked.prefecture.name}の市町村を表示しています。"
    if is_other(query, "origin", *Origin):
        yield NO_SUCH_ORIGIN
    if query.get("scene") and not selection.scene:
        yield NO_SUCH_SCENE
    if query.get("year") and selection.year is None:
        yield NO_SUCH_YEAR.format(fiscal.label(year))
    yield from of_year(selection, asked.comparison, filtering.years(selection, year))
    if is_other(query, "only", BEHIND):
        yield NO_SUCH_ROWS
    yield from of_indicators(query.getlist("indicator"), selection, asked.comparison)
    yield from of_drawing(query, selection, asked.comparison)


def of_year(
    selection: Selection, comparison: Comparison, offered: Iterable[Choice]
) -> Iterator[str]:
    """Yield that nothing is there of a year which no list of the page offers."""
    is_offered = any(one.value == str(selection.year) for one in offered)
    if selection.year and not is_offered and not comparison.columns:
        yield NO_VALUE_IN_YEAR.format(fiscal.label(selection.year))


def no_such_group(asked: Asked) -> str:
    """Say why a group is not there: around a town there is one for the prefecture's own alone."""
    selection, home = asked.selection, asked.group
    found = peers.too_few_of(selection.group, home, asked.prefecture)
    if found:
        return not_offered(*found, home)
    is_submitted = selection.origin is Origin.SUBMITTED
    if is_submitted and (selection.group == NATION or peers.is_around(selection.group)):
        return ONLY_AT_HOME
    return NOT_OURS.format(home.label) if peers.is_around(selection.group) else NO_SUCH_GROUP


def not_offered(label: str, count: int, home: Group) -> str:
    """Say why an area or a size of the prefecture, which is there, cannot be chosen."""
    if 1 < count < len(home.places):
        return NOT_SIZED
    if count > 1:
        return EVERYBODY.format(label, home.label)
    return (ALONE if count else NOBODY).format(label)


def of_indicators(
    asked: Iterable[str], selection: Selection, comparison: Comparison
) -> Iterator[str]:
    """Yield how many of the indicators chosen are not in the table."""
    wanted = {code for code in asked if code}
    if not wanted:
        return
    if not selection.indicators:
        yield NO_INDICATOR
        return
    if len(wanted) > MOST_INDICATORS:
        yield TOO_MANY
    chosen = min(len(wanted), MOST_INDICATORS)
    # Why an indicator is 秘匿 at every place is said beside the table.
    shown = len(comparison.columns) + len(comparison.hidden)
    if not shown:
        yield f"選んだ指標は、{NOT_IN_TABLE}"
    elif shown < chosen:
        yield f"選んだ{chosen}件の指標のうち{chosen - shown}件は、{NOT_IN_TABLE}"


def of_drawing(query: QueryDict, selection: Selection, comparison: Comparison) -> Iterator[str]:
    """Yield what is not there of years pooled, drawing, order and marks."""
    if is_other(query, "pool", *map(str, POOLS)):
        yield NO_SUCH_POOL
    if is_other(query, "view", *VIEWS):
        yield NO_SUCH_VIEW
    if comparison.columns and comparison.places:
        yield from of_table(query, selection, comparison)


def of_table(query: QueryDict, selection: Selection, comparison: Comparison) -> Iterator[str]:
    """Yield which indicator or place that is asked for is not in a table that has some."""
    if query.get("sort") and comparison.column(selection.sort) is None:
        yield NO_SUCH_ORDER
    is_drawn = selection.view != "table"
    if is_drawn and query.get("focus") and comparison.column(selection.focus) is None:
        yield NO_SUCH_FOCUS
    if is_other(query, "town", *(place.code for place in comparison.places)):
        yield telling.of(NO_SUCH_TOWN, telling.noun(comparison))


def is_other(query: QueryDict, name: str, *known: str) -> bool:
    """Say whether something else than these is asked for."""
    asked = query.get(name)
    return bool(asked) and asked not in known
