"""Rows that other municipalities lead and share with ours: they stand behind our own in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]


def with_leads(document: Row, part: str) -> Iterator[tuple[Row, str]]:
    """Yield the rows of a part, our own first, each with the name of its lead (empty for ours)."""
    for row in document.get(part, ()):
        yield row, ""
    for row in document.get("shared", {}).get(part, ()):
        yield row, row["lead"]


def body(row: Row, bodies: dict[str, str]) -> str:
    """Return the name of the body that a row names: the register's, or the row's own words."""
    return bodies.get(row["organization"] or "", "") or row["name"]


def towns(document: Row) -> dict[str, str]:
    """Return the names of the municipalities that share something with ours, by code."""
    return dict(document.get("shared", {}).get("towns", {}))


def depths(rows: list[Row], above: str) -> dict[str, int]:
    """Return for each key how many rows stand above it; rows in a circle count as tops."""
    uppers = {row["key"]: row[above] for row in rows}
    found = {}
    for key, above_it in uppers.items():
        seen, upper = {key}, above_it
        while upper in uppers and upper not in seen:
            seen.add(upper)
            upper = uppers[upper]
        found[key] = len(seen) - 1 if upper not in seen else 0
    return found


def in_tree_order(rows: list[Row], above: str) -> list[Row]:
    """Return the rows each followed by those below it; what stands below nothing known is a top."""
    known = {row["key"] for row in rows}
    below: dict[str, list[Row]] = {}
    for row in rows:
        below.setdefault(row[above] if row[above] in known else "", []).append(row)
    found: list[Row] = []

    def follow(key: str) -> None:
        for row in below.pop(key, ()):
            found.append(row)
            follow(row["key"])

    follow("")
    # Rows in a circle have no top: none is lost.
    return found + [row for rows_left in below.values() for row in rows_left]
