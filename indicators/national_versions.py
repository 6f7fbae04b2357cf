"""What has changed in national definitions over the years, as shipped in `data/definition_versions.csv`. Pure.

Only changes with a source stand there. No person edits them, so they are no table: they are read once.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "definition_versions.csv"


@dataclass(frozen=True, slots=True)
class NationalVersion:
    """A change of a national definition, with its source."""

    fiscal_year: int
    what_changed: str
    is_break: bool
    source: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A national definition as far as it has changed over the years."""

    told_versions: tuple[NationalVersion, ...]


def of(code: str) -> tuple[NationalVersion, ...]:
    """Return the changes of one definition in the order of their years."""
    return shipped().get(code, ())


def counted(code: str) -> Counted:
    """Return a definition of which nothing but its changes is known: what `arithmetic.breaks` asks for."""
    return Counted(of(code))


def counted_by(definition: Any) -> Counted:
    """Return the same of a row of definitions; the copy of a prefecture's bears its own changes."""
    if definition.changes:
        told = ((year, words, is_break) for year, words, is_break in definition.changes)
        return Counted(tuple(NationalVersion(*one, source="") for one in told))
    return counted(definition.code)


@cache
def shipped() -> dict[str, tuple[NationalVersion, ...]]:
    """Return the changes by code."""
    found: dict[str, list[NationalVersion]] = defaultdict(list)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            version = NationalVersion(
                int(row["from_fiscal_year"]),
                row["what_changed"],
                row["is_break"] == "1",
                row["source"],
            )
            found[row["definition"]].append(version)
    return {
        code: tuple(sorted(rows, key=lambda one: one.fiscal_year)) for code, rows in found.items()
    }
