"""What an address asks of a comparison and did not get, said in sentences: nothing is left out in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.comparison.selection import MOST_INDICATORS, PREFECTURE
from indicators.comparison.shape import Origin
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from indicators.comparison.asked import Asked

ONLY_AT_HOME = "「市町村が提出した値」は、都道府県の中だけで比べられます。"
NO_SUCH_GROUP = "アドレスにある「比べる範囲」は見つかりません。"
NO_SUCH_SCENE = "アドレスにある「場面」は見つかりません。すべての場面を表示しています。"
NO_SUCH_YEAR = "アドレスにある「年度」は読み取れないか、この画面の年度より後です。{}までで最も新しい値を表示しています。"
TOO_MANY = f"指標は{MOST_INDICATORS}件までです。はじめの{MOST_INDICATORS}件を表示しています。"


def unknown(query: QueryDict, asked: Asked, year: int) -> Iterator[str]:
    """Yield what of the address was not understood, or has no value, and what is shown instead."""
    selection = asked.selection
    if asked.group.code == PREFECTURE != selection.group:
        why = ONLY_AT_HOME if selection.origin is Origin.SUBMITTED else NO_SUCH_GROUP
        yield f"{why}{asked.prefecture.name}の市町村を表示しています。"
    if query.get("scene") and not selection.scene:
        yield NO_SUCH_SCENE
    if query.get("year") and selection.year is None:
        yield NO_SUCH_YEAR.format(fiscal.label(year))
    yield from of_indicators(query, asked)


def of_indicators(query: QueryDict, asked: Asked) -> Iterator[str]:
    """Yield how many of the indicators chosen are not in the table."""
    if len(set(query.getlist("indicator"))) > MOST_INDICATORS:
        yield TOO_MANY
    chosen, shown = len(asked.selection.indicators), len(asked.comparison.columns)
    if 0 < shown < chosen:
        yield f"選んだ{chosen}件の指標のうち{chosen - shown}件は、この条件に当てはまる値がないため、表にありません。"
