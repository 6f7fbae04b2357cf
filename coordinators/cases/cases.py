"""The published structures by the three axes: 所属, 対象自治体, 階層. Reads copies alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from coordinators.choices import PostLevel

UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Found:
    """The copies that fit, how many there are in all, and how many of those by each choice."""

    rows: list[Any]
    total: int
    counts: dict[str, Counter]


def found(copies, chosen) -> Found:
    """Return the copies that fit what was chosen: any choice of an axis, of every axis. One query."""
    rows = copies.select_related("municipality__prefecture").defer("content")
    every = list(rows.order_by("-fiscal_year", "municipality__code", "key"))
    counts = counts_of(every)
    # A year of which there is nothing cuts nothing.
    years = chosen["fiscal_year"] & set(counts["fiscal_year"])
    wanted = chosen | {"fiscal_year": years}
    return Found([row for row in every if fits(row, wanted)], len(every), counts)


def axes(row):
    """Return the values of a copy on each axis; a structure may have several levels."""
    return {
        "affiliation": {row.affiliation},
        "coverage": {row.coverage},
        "level": set(filter(None, row.levels.split(","))) or {UNSTATED},
        "fiscal_year": {str(row.fiscal_year)},
    }


def fits(row, chosen):
    known = axes(row)
    return all(known[axis] & set(values) for axis, values in chosen.items() if values)


def counts_of(rows):
    counts: dict[str, Counter] = {
        axis: Counter() for axis in ("affiliation", "coverage", "level", "fiscal_year")
    }
    for row in rows:
        for axis, values in axes(row).items():
            counts[axis].update(values)
    return counts


def level_names(row):
    """Return the levels of a copy in words."""
    codes = axes(row)["level"]
    return [str(level.label) for level in PostLevel if level.value in codes]
