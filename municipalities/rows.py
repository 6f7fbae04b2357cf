"""How rows of a table travel in the municipality-year document and in the trash: by key, never by id."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from pydantic import BaseModel, ConfigDict, Field

from municipalities.choices import Audience
from municipalities.dates import FIRST_YEAR, LAST_YEAR
from municipalities.kernel import changes
from municipalities.kernel.changes import StaleVersion
from municipalities.trees import in_tree_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

    from municipalities.kernel.changes import Versioned
    from municipalities.models import Cycle, User

Key = Annotated[
    str,
    Field(
        pattern=r"^[-a-zA-Z0-9_]{1,80}$",
        title="キー",
        description="行を見分ける名前。半角の英数字と - _ を80文字まで",
    ),
]
Day = Annotated[dt.date, Field(ge=dt.date(FIRST_YEAR, 1, 1), le=dt.date(LAST_YEAR, 12, 31))]
# Far below what the column holds: rows are put behind the last one by counting on.
Position = Annotated[int, Field(ge=0, le=1_000_000, title="並び順")]
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
# Texts that leave the house with a report; 庁内 stays.
ADVISERS_READ = (Audience.ADVISER, Audience.PREFECTURE, Audience.PUBLIC)
# What the address says of a row; the rest of FOUND_BY says where in the year it stands.
OWNERS = frozenset({"municipality_id", "cycle_id"})


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


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: a JSON pointer into the document that was sent."""

    pointer: str
    message: str


@dataclass(slots=True)
class Entry:
    """A row of the document on its way into the table. `before` is empty for a new row."""

    pointer: str
    row: Versioned
    before: dict[str, Any] = field(default_factory=dict)
    place_before: tuple[Any, ...] | None = None


@dataclass(slots=True)
class Plan:
    """What a document will do to one table: nothing of it is written yet."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    gone: list[Versioned] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def writes(self) -> int:
        """How many rows will be written or deleted."""
        return len(self.new) + len(self.changed) + len(self.gone)


# The rows of every table planned so far, by key: those that will be there when all is written.
Known = dict[Any, dict[str, Any]]


class RowsPart:
    """One list (or single object) of the document, kept in one versioned table.

    A part is read in one query and written in three steps that the assembly calls for all parts:
    `plan` finds every problem without writing, `remove` deletes, `save` inserts and updates.
    A part that lies inside another (`inside`) is a list in each of that part's rows; the column
    that points at the row around it (`owner`) is told by the nesting and written nowhere.
    """

    name: ClassVar[str]
    model: ClassVar[Any]
    schema: ClassVar[type[RowSchema]]
    fields: ClassVar[tuple[str, ...]]
    # Columns that point at other rows: in the document they hold that row's key.
    references: ClassVar[dict[str, Any]] = {}
    # Columns that follow from what a row points at: kept in step with it, written nowhere in the document.
    follows: ClassVar[tuple[str, ...]] = ()
    # Further relations that a row's name in words follows, so that a list of rows reads them at once.
    named_with: ClassVar[tuple[str, ...]] = ()
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
    # The column by which a row may stand below another row of this part.
    tree: ClassVar[str] = ""

    @property
    def root(self) -> str:
        """The name, at the top of the document, under which these rows lie."""
        return self.inside.root if self.inside else self.name

    def stored(self, cycle: Cycle) -> list[Versioned]:
        """Return every row that a document of this year shows or may collide with."""
        rows = self.model.objects.filter(cycle=cycle)
        return list(rows.select_related(*self.references).order_by())

    def is_shown(self, row: Versioned, cycle: Cycle) -> bool:
        """Say whether a stored row belongs into the document of this year."""
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


def clean(row: Versioned) -> None:
    """Check a row's own columns, without a query. Raises ValidationError by field name."""
    relations = {column.name for column in row._meta.concrete_fields if column.is_relation}
    row.clean_fields(exclude=relations)
    row.clean()


def in_words(error: ValidationError, pointer: str) -> Iterable[Problem]:
    """Turn Django's errors by field into problems with pointers."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, messages in by_field.items():
        where = pointer if name in {"", "__all__"} else f"{pointer}/{name}"
        for message in messages:
            yield Problem(where, message)


def audience_lets_out(row: Versioned) -> bool:
    """Say whether a row may leave the house with a report."""
    return getattr(row, "audience", Audience.ADVISER) in ADVISERS_READ
