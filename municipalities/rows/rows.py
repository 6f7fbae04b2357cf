"""How rows of a table travel in the municipality-year document and in the trash: by key, never by id."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from django.core.exceptions import ValidationError
from pydantic import BaseModel, ConfigDict, Field

from municipalities.choices import Audience
from municipalities.japanese.dates import FIRST_YEAR, LAST_YEAR
from municipalities.kernel import changes
from municipalities.rows.row_plans import Entry, Known, Plan, Problem, clean, in_words
from municipalities.rows.row_writing import OWNERS, RowsWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

    from municipalities.kernel.changes import Versioned
    from municipalities.models import Cycle

Key = Annotated[
    str,
    Field(
        pattern=r"^[-a-zA-Z0-9_]{1,80}$",
        title="キー",
        description="行を見分ける名前。半角の英数字と - _ を80文字まで",
    ),
]
# Empty: none is named. What may lie in another document is named, not pointed at.
KeyOrNone = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{0,80}$")]
# What a column of small numbers holds.
MOST_SMALL = 32_767
Day = Annotated[dt.date, Field(ge=dt.date(FIRST_YEAR, 1, 1), le=dt.date(LAST_YEAR, 12, 31))]
# Far below what the column holds: rows are put behind the last one by counting on.
Position = Annotated[int, Field(ge=0, le=1_000_000, title="並び順")]
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
# Texts that leave the house with a report; 庁内 stays.
ADVISERS_READ = (Audience.ADVISER, Audience.PREFECTURE, Audience.PUBLIC)


class RowSchema(BaseModel):
    """A row in the document: unknown names are refused, its key is its identity.

    A row is always whole: what it leaves out takes its default, not what was stored before.
    """

    model_config = ConfigDict(
        extra="forbid", strict=True, use_enum_values=True, validate_default=True
    )

    key: Key


def written(model: type[Model], name: str) -> Any:
    """Return a text's place in a schema: label, length and whether it may be left out, as stored."""
    column: Any = model._meta.get_field(name)
    limits: dict[str, Any] = {
        "title": str(column.verbose_name),
        "max_length": column.max_length,
        "min_length": 0 if column.blank else 1,
    }
    return Field(default="", **limits) if column.blank else Field(**limits)


class RowsPart(RowsWriter):
    """One list (or single object) of the document, kept in one versioned table.

    A part is read in one query and written in three steps that the assembly calls for all parts:
    `plan` finds every problem without writing, `remove` deletes, `save` inserts and updates.
    A part that lies inside another (`inside`) is a list in each of that part's rows; the column
    that points at the row around it (`owner`) is told by the nesting and written nowhere.
    """

    schema: ClassVar[type[RowSchema]]
    # Further relations that a row's name in words follows, so that a list of rows reads them at once.
    named_with: ClassVar[tuple[str, ...]] = ()
    # Further relations that are read with the rows themselves.
    read_with: ClassVar[tuple[str, ...]] = ()
    inside: ClassVar[RowsPart | None] = None
    owner: ClassVar[str] = ""
    # By what the rows lie in the document. Sorted here: databases sort texts each in its own way.
    order: ClassVar[tuple[str, ...]] = ("key",)
    single: ClassVar[bool] = False
    # Rows of a year vanish when a document that names their part leaves them out.
    deletes: ClassVar[bool] = True
    # What a report tells; the rest travels in the document only.
    in_report: ClassVar[bool] = True
    # Columns that are marks of those at work: the document has them, a report leaves them out.
    working: ClassVar[tuple[str, ...]] = ()

    def stored(self, cycle: Cycle) -> list[Versioned]:
        """Return every row that a document of this year shows or may collide with."""
        return self._read(cycle=cycle)

    def stored_with_before(self, cycle: Cycle) -> tuple[list[Versioned], list[Versioned]]:
        """Return what `stored` does, and the rows of the year before it, in the same one query."""
        rows = self._read(cycle__fiscal_year__in=(cycle.fiscal_year - 1, cycle.fiscal_year))
        ours = [row for row in rows if row.cycle_id == cycle.pk]
        return ours, [row for row in rows if row.cycle_id != cycle.pk]

    def _read(self, **which: Any) -> list[Any]:
        rows = self.model.objects.filter(**which)
        return list(rows.select_related(*self.references, *self.read_with).order_by())

    def is_shown(self, row: Versioned, cycle: Cycle) -> bool:
        """Say whether a stored row belongs into the document of this year."""
        return True

    def is_told(self, row: Versioned) -> bool:
        """Say whether a report may tell of a row, for what its audience and the document do not say."""
        return True

    def dump(self, rows: Iterable[Versioned]) -> list[dict[str, Any]]:
        """Return these rows as JSON values in the order of the document."""
        found = [self.dump_row(row) for row in rows]
        return sorted(found, key=lambda item: [item[name] for name in self.order])

    def dump_row(self, row: Versioned) -> dict[str, Any]:
        return {"key": row.key} | {name: self.dump_value(row, name) for name in self.fields}

    def dump_value(self, row: Versioned, name: str) -> Any:
        if name in self.references:
            target = getattr(row, name)
            return target.key if target else None
        return changes.plain(getattr(row, name))

    def lookups(self, cycle: Cycle) -> Any:
        """Return what `assign` needs from other tables, read once for all rows."""
        return None

    def assign(self, row: Versioned, values: dict[str, Any], lookups: Any) -> None:
        """Put the document's values on a row. Raises ValidationError by name in the document."""
        for name in self.fields:
            if name not in self.references:
                setattr(row, name, values[name])

    def refer(self, row: Versioned, values: dict[str, Any], known: Known) -> None:
        """Let a row point at the rows that the document names. Raises ValidationError."""
        wrong = {}
        for name, model in self.references.items():
            key = values[name]
            target = known[model].get(key)
            if key is not None and target is None:
                label = model._meta.verbose_name
                wrong[name] = (
                    f"キー「{key}」の{label}がありません。{label}のキーを確かめてください。"
                )
            else:
                setattr(row, name, target)
        if wrong:
            raise ValidationError(wrong)

    def new_row(self, cycle: Cycle, key: str) -> Versioned:
        return self.model(cycle=cycle, key=key)

    def plan(
        self, cycle: Cycle, data: Any, *, stored: list[Versioned], known: Known | None = None
    ) -> Plan:
        """Say what upserting by key will do. `data` has the part's shape already."""
        plan, lookups = Plan(), self.lookups(cycle)
        found = self.matched(cycle, data, stored=stored, problems=plan.problems)
        rest = [row for row in stored if row.key not in found]
        known = known or {}
        if self.tree:
            staying = [] if self.deletes else rest
            beside = {row.key: row for row in staying} | {k: e.row for k, (e, _) in found.items()}
            known = {**known, self.model: beside}
        entries: list[Entry] = []
        for entry, item in found.values():
            try:
                self.assign(entry.row, item, lookups)
                self.refer(entry.row, item, known)
                clean(entry.row)
            except ValidationError as error:
                plan.problems.extend(in_words(error, entry.pointer))
            else:
                entries.append(entry)
        plan.gone = rest if self.deletes else []
        plan.problems.extend(self.collisions(entries, staying=[] if self.deletes else rest))
        plan.problems.extend(self.circles(entries))
        plan.new = [entry for entry in entries if entry.row.pk is None]
        plan.changed = [entry for entry in entries if self.is_changed(entry)]
        return plan

    def matched(
        self, cycle: Cycle, data: Any, *, stored: list[Versioned], problems: list[Problem]
    ) -> dict[str, tuple[Entry, dict[str, Any]]]:
        """Return by key the stored or new row of every item, and the item."""
        by_key = {row.key: row for row in stored}
        found: dict[str, tuple[Entry, dict[str, Any]]] = {}
        for pointer, item in self.pointed(data):
            key = item["key"]
            if key in found:
                message = "同じキーの行がほかにもあります。どちらかのキーを変えてください。"
                problems.append(Problem(f"{pointer}/key", message))
                continue
            row = by_key.get(key) or self.new_row(cycle, key)
            found[key] = self.entry(pointer, row), item
        return found

    def circles(self, entries: list[Entry]) -> Iterator[Problem]:
        """Yield the rows of a tree that stand, over others, below themselves."""
        if not self.tree:
            return
        for entry in entries:
            above, seen = getattr(entry.row, self.tree), {entry.row.key}
            while above is not None and above.key not in seen:
                seen.add(above.key)
                above = getattr(above, self.tree)
            if above is not None and above.key == entry.row.key:
                label = changes.label_of(self.model, self.tree)
                message = f"{label}をたどると、この行に戻ります。どれかの{label}を外してください。"
                yield Problem(f"{entry.pointer}/{self.tree}", message)

    def disclaim(self, plan: Plan) -> None:
        """Take off new rows what a file alone cannot say of them; for most parts nothing."""

    def is_changed(self, entry: Entry) -> bool:
        """Say whether a stored row's columns differ from what the document wants."""
        columns = (*self.fields, *self.follows)
        return bool(entry.before) and entry.before != changes.values_of(entry.row, columns)

    def pointed(self, data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each row of the part with its JSON pointer. `data` is what lies under `root`."""
        if self.inside:
            for pointer, item in self.inside.pointed(data):
                for index, child in enumerate(item[self.name]):
                    yield f"{pointer}/{self.name}/{index}", child | {self.owner: item["key"]}
        elif not self.single:
            yield from ((f"/{self.name}/{index}", item) for index, item in enumerate(data))
        elif data is not None:
            yield f"/{self.name}", data

    def entry(self, pointer: str, row: Versioned) -> Entry:
        if row.pk is None:
            return Entry(pointer, row)
        before = changes.values_of(row, (*self.fields, *self.follows))
        return Entry(pointer, row, before, self.place(row))

    def collisions(self, entries: list[Entry], *, staying: list[Versioned]) -> Iterator[Problem]:
        """Yield the rows that stand where another row stands."""
        taken = {self.place(row): row.key for row in staying}
        for entry in entries:
            place = self.place(entry.row)
            if place and place in taken:
                yield Problem(entry.pointer, self.taken_message(taken[place]))
            taken[place] = entry.row.key

    def taken_message(self, key: str) -> str:
        names = [name for name in self.model.FOUND_BY if name not in OWNERS]
        labels = "・".join(changes.label_of(self.model, name.removesuffix("_id")) for name in names)
        return f"{labels}が同じ行が、キー「{key}」にあります。一つの行にまとめてください。"


def audience_lets_out(row: Versioned) -> bool:
    """Say whether a row may leave the house with a report."""
    return getattr(row, "audience", Audience.ADVISER) in ADVISERS_READ
