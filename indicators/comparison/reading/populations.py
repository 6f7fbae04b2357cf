"""By which population each year of a count is divided, in words, and where the statistic of it changes. Pure."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indicators.comparison.reading.published import Key

CHANGED = (
    "割る人口の統計が変わるところで、線を切っています。切れ目の前後の値は、比べないでください。"
)

SUMMED = "割る人口（分母）は、統計の違う人口を合わせた合計です"


def told(divided_by: Mapping[int, Key], names: Mapping[int, str]) -> tuple[str, ...]:
    """Say by which populations years are divided, each statistic with its own years; nothing where none is.

    `names`: the names of the populations by the keys of their definitions.
    """
    if not divided_by:
        return ()
    parts = _runs(divided_by, names)
    said = f"各年度の数は、年度の近い人口で割っています（{'、'.join(parts)}）。"
    return (said, CHANGED) if len(parts) > 1 else (said,)


def pooled(divided_by: Mapping[int, Key], names: Mapping[int, str]) -> tuple[str, ...]:
    """Say by which populations the years of a sum are divided; nothing where it is one statistic for all of them."""
    parts = _runs(divided_by, names)
    return (f"{SUMMED}（{'、'.join(parts)}）。",) if len(parts) > 1 else ()


def starts(divided_by: Mapping[int, Key]) -> frozenset[int]:
    """Return the years before which another statistic divides."""
    return frozenset(
        year
        for before, year in pairwise(sorted(divided_by))
        if divided_by[before].definition != divided_by[year].definition
    )


def _runs(divided_by: Mapping[int, Key], names: Mapping[int, str]) -> list[str]:
    """Return each statistic with the years in a row that it divides, oldest first."""
    runs = groupby(sorted(divided_by), key=lambda year: divided_by[year].definition)
    return [
        _run(years, {divided_by[year].fiscal_year for year in years}, names[definition])
        for definition, found in runs
        for years in ([*found],)
    ]


def _run(years: list[int], of: Iterable[int], name: str) -> str:
    """Return 「2016～2022年度は2015年度・2020年度の「人口」」."""
    first = "" if len(years) == 1 else f"{years[0]}～"
    told = "・".join(f"{one}年度" for one in sorted(of))
    return f"{first}{years[-1]}年度は{told}の「{name}」"
