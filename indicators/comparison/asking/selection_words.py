"""A selection as people say it: what was compared, of whom, of which year, in which order. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.comparison.asking.filtering import ORIGINS
from indicators.comparison.judging import telling
from indicators.definitions.catalogue import SCENE_NAMES
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Comparison


def selection_in_words(
    selection: Selection, comparison: Comparison, *, group: str, count: int
) -> Iterator[tuple[str, str]]:
    """Yield what was chosen, by its heading; `group` is what the places are called together, `count` how many they are."""
    yield "比べた数字", ORIGINS[selection.origin]
    yield "比べた地域", f"{group}（{count}）"
    yield "場面", SCENE_NAMES.get(selection.scene, "すべて")
    yield "指標", f"{len(comparison.columns)}指標"
    yield "年度", newest_in_words(selection)
    if comparison.hidden:
        yield "表にない指標", telling.hidden(comparison)
    if comparison.years:
        yield "値の年度", span_in_words(comparison.years)
    if selection.pool > 1:
        yield "まとめた年数", f"{selection.pool}年分の分子と分母をそれぞれ合計"
    if selection.only_behind:
        yield "表の行", f"{rows_in_words(selection, comparison)}だけ"
    yield "並び順", order_in_words(selection, comparison)


def newest_in_words(selection: Selection) -> str:
    """Say of which year the values are, or how the year of each indicator is found."""
    if selection.year:
        return fiscal.label(selection.year)
    newest = "指標ごとに、そろっている最も新しい年度"
    return f"{fiscal.label(selection.until)}までで、{newest}" if selection.until else newest


def span_in_words(years: tuple[int, ...]) -> str:
    """Return the year, or the first and the last of several, as the title of a table tells them."""
    first, last = fiscal.label(years[0]), fiscal.label(years[-1])
    return first if first == last else f"{first}から{last}まで"


def rows_in_words(selection: Selection, comparison: Comparison) -> str:
    """Say which places alone are shown."""
    column, asked = comparison.column(selection.sort), comparison.lagging(selection.sort)
    is_ranked = any(one.is_ranked for one in asked)
    quarter = "下位25％" if is_ranked else "低い方の25％"
    if column:
        where = f"「{column.name}」"
    else:
        where = "良し悪しのある指標のどれか" if is_ranked else "どれかの指標"
    return f"{where}で{quarter}にあり、差が偶然の範囲内ではない地域"


def order_in_words(selection: Selection, comparison: Comparison) -> str:
    column = comparison.column(selection.sort)
    if column is None:
        return "自治体コードの順"
    return f"「{column.name}」の{'大きい' if selection.falling else '小さい'}順"


def labels_in_words(years: tuple[int, ...]) -> str:
    """Return 「令和2年度（2020年度）」, or the first and the last of those pooled; how many where years lie between."""
    ends = dict.fromkeys(years[:1] + years[-1:])
    return "～".join(fiscal.label(year) for year in ends) + times_in_words(years)


def times_in_words(years: tuple[int, ...]) -> str:
    """Return 「（2回分）」 of years between which others lie, as of surveys that are made every two years."""
    return f"（{len(years)}回分）" if years and years[-1] - years[0] >= len(years) else ""
