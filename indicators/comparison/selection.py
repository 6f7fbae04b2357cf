"""What is compared, as the address says it: every drawing of a page reads the same selection.

The query is the whole state, so that an address can be sent to a colleague. What it names and
nobody knows counts as not asked. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from indicators.comparison.shape import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFECTURE, NATION = "prefecture", "nation"
VIEWS = {
    "table": "表",
    "strip": "分布",
    "funnel": "偶然の差かどうか",
    "multiples": "年度ごとの推移",
    "profile": "一つの市町村の位置",
    "map": "地図",
}
POOLS = (1, 3, 5)
# The quarter that alone is shown.
BEHIND = "q1"
# At most so many indicators are asked for by name.
MOST_INDICATORS = 20
# A code of ours: letters, digits, hyphens and lines alone.
WORD = re.compile(r"[A-Za-z0-9_][-A-Za-z0-9_]{0,79}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Selection:
    """`group` is a code of `peers` (prefecture, nation, area-…, alike-…); the empty scene is all of them.

    `indicators` empty: those of the scene. `year` None: the newest of each indicator that is not later than
    `until`, the year of the page, which the address tells before the query (None: however new). `sort` is an
    indicator's code, or empty for the order of codes; `focus` the indicator that strip and map show,
    `town` the code of the place that is marked in every drawing and told of in the profile. `only_behind`:
    only the places that lie in the worse quarter beyond chance.
    """

    origin: Origin = Origin.STATISTICS
    group: str = PREFECTURE
    scene: str = ""
    indicators: tuple[str, ...] = ()
    year: int | None = None
    until: int | None = None
    pool: int = 1
    sort: str = ""
    falling: bool = False
    only_behind: bool = False
    focus: str = ""
    town: str = ""
    view: str = "table"

    def may_show(self, year: int) -> bool:
        """Say whether values of a year may stand in a column."""
        if self.year is not None:
            return year == self.year
        return self.until is None or year <= self.until

    def query(self, **changes: Any) -> str:
        """Return the query of this selection with these changes, question mark and all."""
        asked = self.asked(**changes)
        return f"?{urlencode(asked)}" if asked else ""

    def asked(self, **changes: Any) -> list[tuple[str, str]]:
        """Return names and values of that query, as hidden fields of a form hold them."""
        one = replace(self, **changes)
        asked: list[tuple[str, str]] = []
        if one.origin is not Origin.STATISTICS:
            asked.append(("origin", one.origin.value))
        asked += [("group", one.group)] if one.group != PREFECTURE else []
        asked += [("scene", one.scene)] if one.scene else []
        asked += [("indicator", code) for code in one.indicators]
        asked += [("year", str(one.year))] if one.year else []
        asked += [("pool", str(one.pool))] if one.pool != 1 else []
        asked += [("sort", f"-{one.sort}" if one.falling else one.sort)] if one.sort else []
        asked += [("only", BEHIND)] if one.only_behind else []
        asked += [("focus", one.focus)] if one.focus else []
        asked += [("town", one.town)] if one.town else []
        asked += [("view", one.view)] if one.view != "table" else []
        return asked


def selection_of(asked: Mapping[str, str], indicators: list[str]) -> Selection:
    """Read a query; `indicators` are the codes it repeats. Whether groups and codes exist is for the reader."""
    sort = _word(asked, "sort")
    year, pool = asked.get("year", ""), asked.get("pool", "")
    is_year = year.isascii() and year.isdecimal() and len(year) == len("2026")
    return Selection(
        origin=Origin.SUBMITTED if asked.get("origin") == Origin.SUBMITTED else Origin.STATISTICS,
        group=_word(asked, "group") or PREFECTURE,
        scene=_word(asked, "scene"),
        indicators=tuple(dict.fromkeys(code for code in indicators if WORD.fullmatch(code)))[
            :MOST_INDICATORS
        ],
        year=int(year) or None if is_year else None,
        pool=next((one for one in POOLS if str(one) == pool), 1),
        sort=sort.removeprefix("-"),
        falling=sort.startswith("-"),
        only_behind=asked.get("only") == BEHIND,
        focus=_word(asked, "focus"),
        town=_word(asked, "town"),
        view=asked.get("view", "") if asked.get("view") in VIEWS else "table",
    )


def _word(asked: Mapping[str, str], name: str) -> str:
    text = asked.get(name, "")
    return text if WORD.fullmatch(text.removeprefix("-")) else ""
