"""The writing half of a part of the document: it deletes, inserts and updates what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import ProtectedError

from municipalities.kernel import changes
from municipalities.kernel.changes import StaleVersion
from municipalities.kernel.trees import in_tree_order
from municipalities.rows.row_plans import Entry, Plan, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from municipalities.kernel.changes import Versioned
    from municipalities.models import User

# What the address says of a row; the rest of FOUND_BY says where in the year it stands.
OWNERS = frozenset({"municipality_id", "cycle_id"})


class RowsWriter:
    """Carries out a plan of one table; every row by its key, never by its id."""

    name: ClassVar[str]
    # The part in whose rows these lie; None where they lie at the top.
    inside: ClassVar[Any] = None
    model: ClassVar[Any]
    fields: ClassVar[tuple[str, ...]]
    # Columns that point at other rows: in the document they hold that row's key.
    references: ClassVar[dict[str, Any]] = {}
    # Columns that follow from what a row points at: kept in step with it, written nowhere in the document.
    follows: ClassVar[tuple[str, ...]] = ()
    # The column by which a row may stand below another row of this part.
    tree: ClassVar[str] = ""

    @property
    def root(self) -> str:
        """The name, at the top of the document, under which these rows lie."""
        return self.inside.root if self.inside else self.name

    def place(self, row: Versioned) -> tuple[Any, ...]:
        """Return what only one row of the year may have, e.g. its scene; empty where that is the key."""
        names = [name for name in self.model.FOUND_BY if name not in OWNERS | {"key"}]
        return tuple(self.mark(row, name) for name in names)

    def mark(self, row: Versioned, name: str) -> Any:
        """Return one mark of a row's place; of a row it points at, which may be new, the key."""
        relation = name.removesuffix("_id")
        if relation in self.references:
            target = getattr(row, relation)
            return target and target.key
        return getattr(row, name)

    def leave(self, row: Versioned, *, by: User) -> None:
        """Take back what others were given of a row that is about to go; for most parts nothing."""

    def remove(self, plan: Plan, *, by: User) -> Iterator[Problem]:
        """Delete what the document left out; yield what cannot go. Raises StaleVersion."""
        gone = plan.gone
        if self.tree:
            gone = in_tree_order(gone, self.tree)[::-1]
        for row in gone:
            if not self.model.objects.select_for_update().filter(pk=row.pk, version=row.version):
                raise StaleVersion(row)
            self.leave(row, by=by)
            before = changes.values_of(row, self.fields)
            after: dict[str, Any] = {}
            changes.record(
                row, by=by, deed="delete", before=before, after=after, version=row.version + 1
            )
            try:
                row.delete()
            except ProtectedError as error:
                holders = "、".join(sorted({str(one) for one in error.protected_objects}))
                message = f"「{row.key}」は{holders}で使われているため、取り除けません。文書に残してください。"
                yield Problem(f"/{self.root}", message)

    def save(self, plan: Plan, *, by: User) -> Iterator[Problem]:
        """Insert and update; yield rows that cannot trade places. Raises StaleVersion."""
        if self.tree:
            # A row that is there already may move below a new one.
            self.insert(plan, by=by)
        for entry in (*plan.changed, *plan.new):
            self.refer_again(entry.row)
        turn, circle = self.one_after_another(plan.changed)
        for entry in circle:
            message = (
                f"「{entry.row.key}」の場所は、同じ文書で動くほかの行がまだ使っています。"
                "キーはそのままにして、内容のほうを入れ替えてください。"
            )
            yield Problem(entry.pointer, message)
        for entry in turn:
            changes.save_versioned(
                entry.row,
                by=by,
                expected_version=entry.row.version,
                fields=(*self.fields, *self.follows),
                deed="import",
            )
        if not self.tree:
            self.insert(plan, by=by)

    def insert(self, plan: Plan, *, by: User) -> None:
        """Write the new rows, of a tree each after what it stands below."""
        rows = [entry.row for entry in plan.new]
        for row in in_tree_order(rows, self.tree) if self.tree else rows:
            self.refer_again(row)
            changes.create_versioned(row, by=by, deed="import")

    def refer_again(self, row: Versioned) -> None:
        """Tell the columns the ids of rows that had none when they were planned."""
        for name in self.references:
            setattr(row, name, getattr(row, name))

    def one_after_another(self, entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
        """Return the entries so ordered that each finds its place free; and those in a circle."""
        holders = {entry.place_before: entry for entry in entries if entry.place_before}
        turn: dict[int, Entry] = {}
        for first in entries:
            chain: dict[int, Entry] = {}
            entry: Entry | None = first
            while entry is not None and id(entry) not in turn:
                if id(entry) in chain:
                    return [], list(chain.values())
                chain[id(entry)] = entry
                holder = holders.get(self.place(entry.row))
                entry = None if holder is entry else holder
            turn.update(reversed(chain.items()))
        return list(turn.values()), []
