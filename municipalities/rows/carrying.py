"""How rows of a year go over into the next: the key stays, the cycle is new, values stay behind (docs/adr/0034)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from municipalities.kernel import changes
from municipalities.kernel.trees import in_tree_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from municipalities.models import Cycle, User

DEED = "carry"
NEVER_COPIED = frozenset({"key", "cycle"})


@dataclass(frozen=True, slots=True)
class Carries:
    """A part whose rows go over. `empties` are the columns with which the new year begins anew.

    `wanted` says of a row and the new fiscal year whether it still concerns that year; `begin` sets a
    new row to where a year begins. `is_chosen`: people may leave single rows behind. `moves`: the rows
    of what was merged go over to what it was merged into.
    """

    part: Any
    empties: tuple[str, ...] = ()
    wanted: Callable[[Any, int], bool] | None = None
    begin: Callable[[Any], None] | None = None
    is_chosen: bool = False
    moves: bool = False

    def values_of(self, row: Any) -> list[Any]:
        """Return the columns of a row that go over as they are."""
        own_year = {"fiscal_year"} if getattr(self.part, "year", "") == "fiscal_year" else set()
        left = NEVER_COPIED | own_year | set(self.empties)
        names = [name for name in changes.content_fields(row) if name not in left]
        return [row._meta.get_field(name) for name in names]


@dataclass(frozen=True, slots=True)
class Stays:
    """A part whose rows belong to their year alone, and why, in words for its people."""

    part: Any
    why: str


Rule = Carries | Stays
# Part and key of a row.
Which = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wishes:
    """`refused` rows stay behind; `merged` says for rows of a table into which other row they went."""

    refused: frozenset[Which] = frozenset()
    merged: dict[Which, str] = field(default_factory=dict)


class Carrier:
    """Carries the rows of one year into another, part after part in layer order.

    `old` and `new` are the stored rows of both years by part. Nothing that is there is written over:
    what stands at the same place, or under the same key, counts as gone over already.
    """

    def __init__(  # noqa: PLR0913 -- a move has these parts
        self,
        rules: Iterable[Rule],
        *,
        old: dict[str, list[Any]],
        new: dict[str, list[Any]],
        cycle: Cycle,
        wishes: Wishes,
        by: User,
    ) -> None:
        self.rules = tuple(rules)
        self.old, self.new, self.cycle, self.wishes, self.by = old, new, cycle, wishes, by
        self.keys = {
            rule.part.model: {row.pk: row.key for row in old[rule.part.name]} for rule in self.rules
        }
        # What a key of the old year leads to in the new one, by table.
        self.there: dict[Any, dict[str, Any]] = defaultdict(dict)
        self.carried: dict[str, list[Any]] = {}

    def carry(self) -> dict[str, list[Any]]:
        """Write what goes over; return the new rows by part. The caller holds the transaction."""
        for rule in self.rules:
            if isinstance(rule, Carries):
                self.carried[rule.part.name] = self._part(rule)
        return self.carried

    def _part(self, rule: Carries) -> list[Any]:
        part, name = rule.part, rule.part.name
        there = self.there[part.model]
        there |= {row.key: row for row in self.new[name]}
        taken = {part.place(row): row for row in self.new[name]}
        made: list[Any] = []
        for row in self._in_order(part):
            if row.key in there or not self._goes(rule, row):
                continue
            fresh = self._made(rule, row)
            if fresh is None:
                continue
            twin = taken.get(part.place(fresh)) if part.place(fresh) or part.single else None
            if twin is None:
                made.append(self._kept(part, fresh))
                taken[part.place(fresh)] = fresh
            there[row.key] = twin or fresh
        if not part.tree:
            year = self.cycle.fiscal_year
            changes.create_together(made, by=self.by, deed=DEED, fiscal_year=year)
        return made

    def _in_order(self, part: Any) -> list[Any]:
        rows = sorted(self.old[part.name], key=lambda row: row.pk)
        return in_tree_order(rows, part.tree) if part.tree else rows

    def _kept(self, part: Any, fresh: Any) -> Any:
        """Write a row of a tree at once: the next one may stand below it."""
        if part.tree:
            changes.create_together(
                [fresh], by=self.by, deed=DEED, fiscal_year=self.cycle.fiscal_year
            )
        return fresh

    def _goes(self, rule: Carries, row: Any) -> bool:
        if (rule.part.name, row.key) in self.wishes.refused:
            return False
        return rule.wanted is None or rule.wanted(row, self.cycle.fiscal_year)

    def _made(self, rule: Carries, row: Any) -> Any:
        """Return the row as the new year has it; None where what it must point at stays behind."""
        fresh = rule.part.new_row(self.cycle, row.key)
        for column in rule.values_of(row):
            target = getattr(row, column.attname)
            if target is None or column.related_model not in self.keys:
                setattr(fresh, column.attname, target)
                if column.is_relation and column.is_cached(row):
                    setattr(fresh, column.name, getattr(row, column.name))
                continue
            found = self._target(rule, column.related_model, target)
            if found is None and not column.null:
                return None
            setattr(fresh, column.name, found)
        if rule.begin is not None:
            rule.begin(fresh)
        return fresh

    def _target(self, rule: Carries, model: Any, pk: int) -> Any:
        key = self.keys[model].get(pk, "")
        found = self.there[model].get(key)
        if found is not None or not rule.moves:
            return found
        return self.there[model].get(self.wishes.merged.get((model._meta.label_lower, key), ""))
