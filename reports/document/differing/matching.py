"""Rows of two documents matched by key: what was added, removed, changed or moved."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from reports.document.differing.fields import Sort, change
from reports.document.differing.parts import EVERY, PLACES, root_of
from reports.document.differing.rows import LONGEST_NAME, Names, Row, Rows
from reports.document.differing.structure import Deed, Move, RowChange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.document.differing.part import Part
    from reports.document.differing.structure import FieldChange

# Of these only what stands in both documents is told: the rest comes and goes with the indicators.
REPEATED = ("definitions", "statistics")


class Matching:
    """Two documents side by side."""

    def __init__(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        self.before, self.after = Rows(before), Rows(after)
        self.old, self.new = Names(self.before, self.after), Names(self.after, self.before)

    def changes(self) -> Iterator[RowChange]:
        """Yield every row that is not as it was: what lies in a row comes behind it."""
        found = [found for part in EVERY for found in self._of(part)]
        yield from (change for _, change in sorted(found, key=lambda one: one[0]))

    def one_of(self, part: str, key: str) -> Row:
        """Return a row as it is, or as it was."""
        return self.after.by_part[part].get(key) or self.before.by_part[part][key]

    def subject(self, key: str) -> tuple[str, int]:
        """Return of what a value is: its indicator and year."""
        values = self.one_of("measurements", key).values
        return values["indicator"], values["fiscal_year"]

    def _of(self, part: Part) -> Iterator[tuple[tuple[int, ...], RowChange]]:
        before, after = self.before.by_part[part.name], self.after.by_part[part.name]
        moved = self._moved(part) if part.ranked else set()
        for key in (*after, *(key for key in before if key not in after)):
            found = self._row(before.get(key), after.get(key), has_moved=key in moved)
            if found:
                yield self._order(after.get(key) or before[key]), found

    def _order(self, row: Row) -> tuple[int, ...]:
        root = root_of(row.part)
        rows = (self.after.by_part[root.name], self.before.by_part[root.name])
        place = next(one[row.root].place for one in rows if row.root in one)
        is_gone = row.root not in rows[0]
        return PLACES[root.name], place, int(is_gone), PLACES[row.part.name], row.place

    def _row(self, before: Row | None, after: Row | None, *, has_moved: bool) -> RowChange | None:
        row, stayed = after or before, before is not None and after is not None
        if row is None or (row.part.name in REPEATED and not stayed):
            return None
        fields = tuple(self._fields(row, before, after))
        move = self._move(before, after, has_moved=has_moved) if before and after else None
        if stayed and not fields and not move:
            return None
        names = self.new if after else self.old
        return RowChange(
            part=row.part.name,
            key=row.key,
            heading=row.part.heading,
            name=names.of(row),
            deed=_deed(before, after, has_fields=bool(fields)),
            fields=fields,
            move=move,
            where=names.where(row),
        )

    def _fields(self, row: Row, before: Row | None, after: Row | None) -> Iterator[FieldChange]:
        values = (before.values if before else {}, after.values if after else {})
        told = (self.old.known(before), self.new.known(after))
        named = set() if before and after else _told_by_name(row)
        for column in row.part.columns:
            found = change(column, *values, told)
            if found and column.name not in named:
                yield found

    def _move(self, before: Row, after: Row, *, has_moved: bool) -> Move | None:
        if before.around != after.around:
            return Move(self.old.where(before), self.new.where(after))
        if not has_moved:
            return None
        name = after.part.name
        places = [rows.ranks[name, after.key] for rows in (self.before, self.after)]
        return Move(*(f"{place}番目" for place in places))

    def _moved(self, part: Part) -> set[str]:
        """Return as few rows as possible whose move explains the new order of those that stayed."""
        before, after = self.before.by_part[part.name], self.after.by_part[part.name]
        groups: dict[Any, list[str]] = defaultdict(list)
        for key, row in after.items():
            if key in before and before[key].siblings == row.siblings:
                groups[row.siblings].append(key)
        return {key for keys in groups.values() for key in out_of_order(keys, before)}


def out_of_order(keys: list[str], before: dict[str, Row]) -> set[str]:
    """Return what does not belong to the longest run that kept its order."""
    ends: list[int] = []
    lengths = []
    for key in keys:
        place = before[key].place
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    stayed, wanted = set(), len(ends) - 1
    for key, length in zip(reversed(keys), reversed(lengths), strict=True):
        if length == wanted:
            stayed.add(key)
            wanted -= 1
    return set(keys) - stayed


def _deed(before: Row | None, after: Row | None, *, has_fields: bool) -> Deed:
    if before is None or after is None:
        return Deed.ADDED if after else Deed.REMOVED
    return Deed.CHANGED if has_fields else Deed.MOVED


def _told_by_name(row: Row) -> set[str]:
    """Return the columns that the name of a row that came or went tells whole."""
    texts = {one.name for one in row.part.columns if one.sort is Sort.TEXT}
    return {
        name
        for name in row.part.named
        if name not in texts or len(row.values.get(name) or "") <= LONGEST_NAME
    }
