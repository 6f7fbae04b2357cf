"""One document as rows that can be matched: each with its place, what it lies in, and its name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.document.differing.fields import Known, in_words
from reports.document.differing.parts import BY_NAME, EVERY, nested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.document.differing.part import Part

LONGEST_NAME = 60
# Where an indicator is called by its code.
MEETINGS = "meetings"
DEFINING = ("definitions", "own_definitions", "figures")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one list. `around` is the key of the row it lies in, `place` counts the list."""

    part: Part
    key: str
    values: dict[str, Any]
    around: str
    root: str
    place: int

    @property
    def siblings(self) -> tuple[str, Any]:
        """Among which rows it has its rank."""
        return self.around, self.values.get(self.part.beside) if self.part.beside else None


class Rows:
    """The rows of a document, by list and key."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.by_part: dict[str, dict[str, Row]] = {part.name: {} for part in EVERY}
        self.later = {row.key: row for row in _later_meetings(document)}
        for part in EVERY:
            if not part.around:
                self._read(part, _listed(document, part))
        self.ranks = self._ranked()

    def _read(
        self, part: Part, listed: list[dict[str, Any]], *, around: str = "", root: str = ""
    ) -> None:
        found = self.by_part[part.name]
        for values in listed:
            key = "" if part.single else str(values[part.identity])
            found[key] = Row(part, key, values, around, root or key, len(found))
            for inner in nested(part.name):
                self._read(inner, values.get(inner.name) or [], around=key, root=root or key)

    def _ranked(self) -> dict[tuple[str, str], int]:
        """Return for each row its rank among its siblings, from one."""
        ranks: dict[tuple[str, str], int] = {}
        for name, rows in self.by_part.items():
            counts: dict[tuple[str, Any], int] = defaultdict(int)
            for row in rows.values():
                counts[row.siblings] += 1
                ranks[name, row.key] = counts[row.siblings]
        return ranks

    def find(self, name: str, key: str) -> Row | None:
        """Return a row; of an indicator the one that says what its code means."""
        if name == "definitions":
            rows = (self.by_part[part].get(key) for part in DEFINING)
            return next((row for row in rows if row), None)
        found = self.by_part[name].get(key)
        return found or (self.later.get(key) if name == MEETINGS else None)

    def code_of(self, row: Row) -> str:
        """Return the code of the indicator whose number a row holds."""
        holder = self.by_part[row.part.around][row.around] if row.part.name == "targets" else row
        return str(holder.values.get("indicator") or "")


def _listed(document: dict[str, Any], part: Part) -> list[dict[str, Any]]:
    if part.name == "statistics":
        return list(_statistics(document))
    held = document.get(part.source or part.name)
    return [held or {}] if part.single else held or []


def _statistics(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the published values beside the indicators, one by one."""
    for row in (document.get("context") or {}).get("statistics") or ():
        for one in row["values"]:
            where = (row["indicator"], row["place"], row["dataset"], str(one["fiscal_year"]))
            yield (
                {"key": "|".join(where)}
                | {name: row[name] for name in ("indicator", "place")}
                | one
            )


def _later_meetings(document: dict[str, Any]) -> Iterator[Row]:
    """Yield the meetings of the next year that judged this one: they are named, not compared."""
    for row in (document.get("context") or {}).get("later_meetings") or ():
        yield Row(BY_NAME[MEETINGS], row["key"], row, "", row["key"], 0)


@dataclass(frozen=True, slots=True)
class Names:
    """How one document calls things; what it does not know it asks the other one."""

    own: Rows
    other: Rows

    def name(self, part: str, key: str) -> str:
        """Return under what people know a row; its key where nobody knows it."""
        row = self.own.find(part, key) or self.other.find(part, key)
        return self.of(row) if row else key

    def of(self, row: Row) -> str:
        known = Known(self.name)
        columns = {column.name: column for column in row.part.columns}
        words = [in_words(columns[name], row.values, known) for name in row.part.named]
        told = [" ".join(one.split()) for one in words if one.strip()]
        return short(row.part.joint.join(told) if row.part.joint else next(iter(told), ""))

    def where(self, row: Row) -> str:
        """Return under which other row it stands: 「成果「…」」."""
        part, key = row.part.around, row.around
        if not part:
            column = next((one for one in row.part.columns if one.name == row.part.beside), None)
            part, key = (column.part, row.values.get(column.name) or "") if column else ("", "")
        return f"{BY_NAME[part].heading}「{self.name(part, key)}」" if part and key else ""

    def known(self, row: Row | None) -> Known:
        """Return what the cells of a row are told with."""
        return Known(self.name, self._measure(row) if row else ("", 0))

    def _measure(self, row: Row) -> tuple[str, int]:
        """Return unit and digits of the indicator whose number a row holds."""
        code = row.key if row.part.name == "figures" else self.own.code_of(row) if row.key else ""
        meant = self.own.find("definitions", code) or self.other.find("definitions", code)
        return (meant.values.get("unit", ""), meant.values.get("decimals", 0)) if meant else ("", 0)


def short(words: str) -> str:
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"
