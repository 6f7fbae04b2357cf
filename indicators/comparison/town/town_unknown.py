"""What a town's address asks of a comparison and did not get, said in sentences. The officer's is in `asking.unknown`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.comparison.asking.filtering import ORIGINS
from indicators.comparison.asking.unknown import (
    NO_SUCH_YEAR,
    is_other,
    of_drawing,
    of_indicators,
    of_year,
)
from indicators.comparison.shape import Origin
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import QueryDict

    from indicators.comparison.asking.filtering import Choice
    from indicators.comparison.town.town_page import TownPage

ONLY_STATISTICS = f"この画面で比べられるのは、「{ORIGINS[Origin.STATISTICS]}」だけです。"
NOT_ONLY_BEHIND = "この画面では、下位25％の市町村だけに絞り込めません。すべてを表示しています。"
NO_SUCH_PEERS = "アドレスにある「比べる相手」は選べません。「{}」を表示しています。"
NO_SUCH_SCENE_OF_TOWN = "アドレスにある「場面」は見つかりません。「{}」を表示しています。"


def unknown(
    query: QueryDict, page: TownPage, year: int, offered: Iterable[Choice]
) -> Iterator[str]:
    """Yield what of a town's address was not understood, or has no value; it reads statistics alone and shows every row."""
    selection, shown = page.selection, page.scene.label if page.scene else "選んだ指標"
    if is_other(query, "group", page.group.code):
        yield NO_SUCH_PEERS.format(page.group.label)
    if is_other(query, "origin", Origin.STATISTICS):
        yield ONLY_STATISTICS
    if is_other(query, "scene", selection.scene):
        yield NO_SUCH_SCENE_OF_TOWN.format(shown)
    if query.get("year") and selection.year is None:
        yield NO_SUCH_YEAR.format(fiscal.label(year))
    yield from of_year(selection, page.compared, offered)
    if query.get("only"):
        yield NOT_ONLY_BEHIND
    # A scene goes before indicators that were chosen before it.
    chosen = [] if query.get("scene") and page.scene else query.getlist("indicator")
    yield from of_indicators(chosen, selection, page.compared)
    yield from of_drawing(query, selection, page.compared)
