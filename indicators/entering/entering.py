"""Entering many values at once, from a file or by the API: checked as a whole, written as a whole or not at all."""

from __future__ import annotations

import hashlib
import json
from copy import copy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from indicators import long_format
from indicators.choices import ValueState
from indicators.entering import asking
from indicators.measurements import told_with
from indicators.models import Definition, Measurement, OwnDefinition
from municipalities import codes
from municipalities.japanese import fiscal
from municipalities.kernel import changes
from municipalities.kernel.changes import StaleVersion
from municipalities.models import Municipality
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicators.long_format import Fact, Place, Row
    from municipalities.models import Cycle, User

MOST_WRITTEN = 2000
STORED_DIGITS = Decimal("0.0001")
# What a row may change; its indicator, year and source say which value it is.
FIELDS = ("value", "numerator", "denominator", "state", "finality", "as_of", "note")
# What goes with the number: it is written with it, and told by itself nowhere.
CHECKED = ("checked_as", "checked_note")
TWICE = "この指標・年度・出典の行は、{first}行目にもあります。どちらか一つにしてください。"
COMPUTED = "この値は、月ごとなどの内訳から計算しています。指標の画面で内訳を直してください。"
TOO_MANY = f"一度に書き込めるのは{MOST_WRITTEN:,}行までです。分けて取り込んでください。"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about one cell of a row; without a column about the row, without a number about all."""

    number: int | None
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row does: `before` is empty for a new value, both are empty where nothing changes."""

    number: int
    definition: Any
    fiscal_year: int
    source: str
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def model(self) -> str:
        """The table, for showing an entry in the words of a change."""
        return Measurement._meta.label_lower

    @property
    def year(self) -> str:
        return fiscal.label(self.fiscal_year)


@dataclass(frozen=True, slots=True)
class Report:
    """What rows would do, or have done if `is_written`: nothing is written while one row is refused."""

    new: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    same: tuple[Entry, ...] = ()
    untouched: int = 0
    refused: tuple[Remark, ...] = ()
    doubts: tuple[Remark, ...] = ()
    is_written: bool = False

    @property
    def writes(self) -> int:
        return len(self.new) + len(self.changed)

    @property
    def digest(self) -> str:
        """A hash of what would be written over what."""
        told = [
            (one.number, one.definition.code, one.fiscal_year, one.source, one.before, one.after)
            for one in (*self.new, *self.changed)
        ]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reading:
    """What rows say, each with its number, and what is wrong with the others."""

    facts: tuple[tuple[int, Fact], ...]
    refused: tuple[Remark, ...]
    untouched: int


@dataclass(slots=True)
class Plan:
    """The rows of the table that a report tells of, ready to be written."""

    report: Report
    new: list[Measurement] = field(default_factory=list)
    # Each beside the row as it was read.
    changed: list[tuple[Measurement, Measurement]] = field(default_factory=list)


def enter(
    cycle: Cycle, rows: Sequence[Row], *, by: User, dry_run: bool = False, expected: str = ""
) -> Report:
    """Write the rows of the long format, or tell what they would do.

    Writes all or nothing, in one transaction; nothing either when `expected` is the digest of another report.
    """
    try:
        return attempt(cycle, rows, by=by, dry_run=dry_run, expected=expected)
    except (StaleVersion, IntegrityError):
        # Somebody saved one of these values between our reading and writing: look again.
        return attempt(cycle, rows, by=by, dry_run=dry_run, expected=expected)


def attempt(cycle: Cycle, rows: Sequence[Row], *, by: User, dry_run: bool, expected: str) -> Report:
    # Reading twenty thousand rows takes seconds, and a transaction on SQLite keeps everybody else from writing.
    found = reading_of(cycle, rows)
    if dry_run or found.refused:
        return examine(found).report
    with transaction.atomic():
        plan = examine(found)
        if plan.report.refused or expected not in {"", plan.report.digest}:
            return plan.report
        for row in plan.new:
            changes.create_versioned(row, by=by, deed="import")
        for row, read in plan.changed:
            changes.save_versioned(
                row,
                by=by,
                expected_version=read.version,
                fields=(*FIELDS, *CHECKED),
                deed="import",
                read=read,
            )
    return replace(plan.report, is_written=True)


def reading_of(cycle: Cycle, rows: Sequence[Row]) -> Reading:
    """Read every row by itself; what is stored is not looked at yet."""
    touched = [row for row in rows if not row.is_untouched]
    facts, refused = facts_of(touched, place_of(cycle, touched))
    return Reading(tuple(facts), tuple(refused), len(rows) - len(touched))


def examine(found: Reading) -> Plan:
    """Compare what the rows say with what is stored; nothing is written."""
    stored = stored_values({fact.definition.code for _, fact in found.facts})
    plan = plan_of(found.facts, stored)
    too_many = (Remark(None, "", TOO_MANY),) if plan.report.writes > MOST_WRITTEN else ()
    plan.report = replace(
        plan.report,
        untouched=found.untouched,
        refused=(*found.refused, *plan.report.refused, *too_many),
        doubts=tuple(doubts_about(found.facts, stored)),
    )
    return plan


def definitions() -> dict[str, Any]:
    """Return everything that can be measured here by its code, with its versions, in two queries."""
    found: dict[str, Any] = {one.code: one for one in Definition.objects.order_by()}
    own = told_with.own_versions(OwnDefinition.objects.order_by())
    return found | {one.code: one for one in own}


def place_of(cycle: Cycle, rows: Iterable[Row]) -> Place:
    """Gather what the rows are read against."""
    code = cycle.municipality.code
    written = {row.cells.get("municipality_code", "").strip() for row in rows} - {code}
    named = {one for one in written if len(one) == codes.LENGTH and one.isdigit()}
    others = Municipality.objects.filter(code__in=named).values_list("code", "name")
    return long_format.Place(
        code=code,
        name=cycle.municipality.name,
        latest=cycle.fiscal_year,
        definitions=definitions(),
        others=dict(others) if named else {},
    )


def facts_of(rows: Iterable[Row], place: Place) -> tuple[list[tuple[int, Fact]], list[Remark]]:
    """Read the rows; what is wrong in them comes as remarks, a value told twice too."""
    facts: list[tuple[int, Fact]] = []
    refused: list[Remark] = []
    seen: dict[tuple[str, int, str], int] = {}
    for row in rows:
        fact, wrong = long_format.read(row, place)
        refused += [Remark(row.number, column, sentence) for column, sentence in wrong.items()]
        if fact is None:
            continue
        first = seen.setdefault(fact.identity, row.number)
        if first == row.number:
            facts.append((row.number, fact))
        else:
            refused.append(Remark(row.number, "", TWICE.format(first=first)))
    return facts, refused


def stored_values(wanted: set[str]) -> dict[tuple[str, int, str], Measurement]:
    rows = Measurement.objects.filter(code__in=wanted).order_by("fiscal_year", "key")
    return {(row.code, row.fiscal_year, row.source): row for row in rows}


def plan_of(
    facts: Iterable[tuple[int, Fact]], stored: dict[tuple[str, int, str], Measurement]
) -> Plan:
    plan = Plan(Report())
    same, computed = [], []
    entries: dict[str, list[Entry]] = {"new": [], "changed": []}
    for number, fact in facts:
        read = stored.get(fact.identity)
        row = copy(read) if read else blank(fact.definition, fact.fiscal_year, fact.source)
        apply(row, fact)
        entry = entry_of(number, fact, row=row, read=read)
        if read is None:
            plan.new.append(row)
            entries["new"].append(entry)
        elif entry.after and read.composed_of:
            computed.append(Remark(number, "value", COMPUTED))
        elif entry.after:
            plan.changed.append((row, read))
            entries["changed"].append(entry)
        else:
            same.append(entry)
    plan.report = Report(
        tuple(entries["new"]), tuple(entries["changed"]), tuple(same), refused=tuple(computed)
    )
    return plan


def entry_of(number: int, fact: Fact, *, row: Measurement, read: Measurement | None) -> Entry:
    before = changes.values_of(read, FIELDS) if read else {}
    after = changes.values_of(row, FIELDS)
    if read:
        moved = [name for name in FIELDS if before[name] != after[name]]
        before, after = ({name: values[name] for name in moved} for values in (before, after))
    return Entry(number, fact.definition, fact.fiscal_year, fact.source, before, after)


def blank(definition: Any, fiscal_year: int, source: str = "") -> Measurement:
    """Return a value yet to be entered."""
    row = Measurement(
        key=new_key(definition.code),
        fiscal_year=fiscal_year,
        source=source,
        state=ValueState.VALUE,
    )
    row.follow(definition)
    return row


def apply(row: Measurement, fact: Fact) -> None:
    """Write what a row says onto a measurement."""
    before = row.value
    for name in long_format.NUMBERS:
        number = getattr(fact, name)
        setattr(row, name, None if number is None else number.quantize(STORED_DIGITS) + 0)
    if row.value != before:
        # What was found about one value says nothing about another.
        row.forget_check()
    row.state = fact.state
    row.finality = fact.finality or row.finality
    row.as_of = fact.as_of or row.as_of
    row.note = fact.note or row.note


def doubts_about(
    facts: Iterable[tuple[int, Fact]], stored: dict[tuple[str, int, str], Measurement]
) -> Iterable[Remark]:
    """Yield what is strange about the values, each beside the earlier ones of its source or of any."""
    facts = list(facts)
    known: dict[tuple[str, int, str], Any] = {**stored}
    known |= {fact.identity: fact for _, fact in facts}
    by_code: dict[str, list[Any]] = {}
    for (code, _, _), one in known.items():
        by_code.setdefault(code, []).append(one)
    for number, fact in facts:
        for sentence in asking.doubts_of(fact.definition, fact, by_code[fact.definition.code]):
            yield Remark(number, "value", sentence)
