"""The whole municipality-year document, out of every app's part in layer order and back again."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from municipalities.kernel.changes import StaleVersion
from municipalities.models import Municipality
from municipalities.rows.rows import Problem, audience_lets_out
from municipalities.rows.shared_rows import AcrossPart
from reports.document import shape
from reports.document.shape import PARTS, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from municipalities.kernel.changes import Versioned
    from municipalities.models import Cycle, User
    from municipalities.rows.rows import Known, Plan, RowsPart

# The municipality (on SQLite: everybody) waits while an import writes. Measured: so many rows take
# two seconds of a processor, ten on a busy machine.
MOST_WRITES = 2000
TOO_MANY = Problem(
    "",
    f"一度に書き換えられるのは{MOST_WRITES:,}行までです。書き換える部分を分けて、順に送ってください。",
)
OVERTAKEN = Problem(
    "",
    "ほかの人が先に保存しています。最新の文書を読み込み直し、変更を加えてから送り直してください。",
)


def assemble(
    cycle: Cycle,
    *,
    for_report: bool = False,
    stored: dict[str, list[Versioned]] | None = None,
) -> dict[str, Any]:
    """Return the document of a year: one query per table, however many rows.

    `for_report` leaves out what stays 庁内; the exchange file and the API hold everything. `stored`
    is what `stored_rows` has just returned, for those who read more than the document from it.
    """
    return _document(cycle, stored or stored_rows(cycle), for_report=for_report)


def stored_rows(cycle: Cycle, *, only: Collection[str] | None = None) -> dict[str, list[Versioned]]:
    """Return the rows of a year by part, one query each; of parts that are not wanted none.

    Nor is a list asked for that would lie in the rows of an empty one.
    """
    return _stored(cycle, only=only)[0]


def stored_with_before(
    cycle: Cycle, *, compared: Collection[str]
) -> tuple[dict[str, list[Versioned]], dict[str, list[Versioned]]]:
    """Return the rows of a year by part, and those of the year before of the compared parts, in no query more."""
    return _stored(cycle, compared=compared)


def _stored(
    cycle: Cycle, *, only: Collection[str] | None = None, compared: Collection[str] = ()
) -> tuple[dict[str, list[Versioned]], dict[str, list[Versioned]]]:
    found: dict[str, list[Versioned]] = {}
    # Of what lies in the rows of an empty list nothing is compared.
    before: dict[str, list[Versioned]] = {part.name: [] for part in PARTS if part.name in compared}
    for part in PARTS:
        is_wanted = only is None or part.name in only
        is_possible = part.inside is None or found[part.inside.name] or not is_wanted
        if not (is_wanted and is_possible):
            found[part.name] = []
        elif part.name in compared:
            found[part.name], before[part.name] = part.stored_with_before(cycle)
        else:
            found[part.name] = part.stored(cycle)
    return found, before


def kept_inside(cycle: Cycle, stored: dict[str, list[Versioned]]) -> list[Versioned]:
    """Return the rows that a report leaves out because they, or what they point at, stay 庁内."""
    everything = _shown(cycle, stored, for_report=False)
    leaving = _shown(cycle, stored, for_report=True)
    gone = {name: {row.pk for row in rows} for name, rows in leaving.items()}
    # What no report ever tells of is not left out.
    return [row for name in gone for row in everything[name] if row.pk not in gone[name]]


def _document(
    cycle: Cycle, stored: dict[str, list[Versioned]], *, for_report: bool = False
) -> dict[str, Any]:
    place = cycle.municipality
    return {
        "schema_version": SCHEMA_VERSION,
        "municipality": {
            "code": place.code,
            "name": place.name,
            "prefecture": place.prefecture.name,
        },
        "fiscal_year": cycle.fiscal_year,
        **nested(_shown(cycle, stored, for_report=for_report), for_report=for_report),
    }


def _shown(
    cycle: Cycle, stored: dict[str, list[Versioned]], *, for_report: bool
) -> dict[str, list[Versioned]]:
    """Return the rows of each part that belong into the document.

    A report leaves out what stays 庁内, and with it every row that points there.
    """
    hidden: dict[Any, set[Any]] = {}
    found = {}
    for part in PARTS:
        if for_report and not part.in_report:
            continue
        rows = [row for row in stored[part.name] if part.is_shown(row, cycle)]
        if for_report:
            rows = [
                row for row in rows if part.is_told(row) and may_leave(row, part.references, hidden)
            ]
            hidden[part.model] = {row.pk for row in stored[part.name]} - {row.pk for row in rows}
        found[part.name] = rows
    return found


def may_leave(row: Versioned, references: dict[str, Any], hidden: dict[Any, set[Any]]) -> bool:
    """Say whether a row, and everything it points at, may leave the house with a report."""
    return audience_lets_out(row) and not any(
        getattr(row, f"{name}_id") in hidden.get(model, ()) for name, model in references.items()
    )


def nested(rows: dict[str, list[Versioned]], *, for_report: bool = False) -> dict[str, Any]:
    """Return the parts as they lie in the document: lists, a single object, lists inside rows."""
    parts = [part for part in PARTS if part.name in rows]
    found: dict[str, Any] = {
        part.name: told(part, rows[part.name], for_report=for_report) for part in parts
    }
    for part in reversed(parts):
        if part.inside is not None:
            around = {row["key"]: row for row in found[part.inside.name]}
            for row in around.values():
                row[part.name] = []
            for child in found.pop(part.name):
                around[child.pop(part.owner)][part.name].append(child)
        elif part.single:
            found[part.name] = next(iter(found[part.name]), None)
    return found


def told(part: RowsPart, rows: list[Versioned], *, for_report: bool) -> list[dict[str, Any]]:
    """Return the rows of one part; a report leaves out the marks of those at work."""
    found = part.dump(rows)
    if for_report and part.working:
        return [{name: row[name] for name in row if name not in part.working} for row in found]
    return found


def canonical(document: dict[str, Any]) -> bytes:
    """Return the bytes that are frozen and hashed: sorted keys, UTF-8, no spaces."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def etag_of(document: dict[str, Any]) -> str:
    """Return the entity tag under which a document may be written back."""
    return f'"{sha256(canonical(document))}"'


def load(
    cycle: Cycle, data: Any, *, by: User, expected: str | None = None, vouched: bool = False
) -> list[Problem]:
    """Write a document over a year: all of it or, with any problem, nothing.

    Only the parts that `data` names are touched; in them rows are upserted by key, whole (what a
    row leaves out takes its default), and rows of the year that are not named are deleted.
    `expected` is the entity tag that the year must still have; without it the last one wins.
    `vouched` says that whoever made the document is known to have written what it claims of others
    (the demo, a signed file): else a new row of advice is nobody's word but the sender's.
    Returns the problems by JSON pointer, OVERTAKEN among them when somebody else was first; none
    means done.
    """
    problems: list[Problem] = []
    document = shape.checked(data, problems)
    if document is None:
        return problems
    if problems := shape.strangeness(document, cycle):
        return problems
    values = document.model_dump(include=document.model_fields_set)
    try:
        with transaction.atomic():
            problems = _write(cycle, values, by=by, expected=expected, vouched=vouched)
            if problems:
                transaction.set_rollback(True)
    except StaleVersion:
        return [OVERTAKEN]
    except IntegrityError:
        # The plan has ruled out every collision among the rows it read: what others hold lies behind the
        # fence, the rest came afterwards.
        return list(_held(cycle, values)) or [OVERTAKEN]
    return problems


def _held(cycle: Cycle, values: dict[str, Any]) -> Iterator[Problem]:
    """Yield the rows that a document takes out of what a neighbour may read, and so may point at."""
    pointed_at = {
        part.references[name]
        for part in PARTS
        if isinstance(part, AcrossPart)
        for name in part.foreign
    }
    for part in PARTS:
        if part.model in pointed_at and part.deletes and part.name in values:
            named = {row["key"] for row in values[part.name]}
            gone = sorted(row.key for row in part.stored(cycle) if row.key not in named)
            if gone:
                message = (
                    "共同で行う市区町村が使っているため、取り除けない行があります。"
                    f"文書に残して送り直してください（キー：{'、'.join(gone)}）。"
                )
                yield Problem(f"/{part.name}", message)


def _write(
    cycle: Cycle, values: dict[str, Any], *, by: User, expected: str | None, vouched: bool
) -> list[Problem]:
    # One import at a time in a municipality: two could wait for each other's rows for ever.
    Municipality.objects.select_for_update(no_key=True).get(pk=cycle.municipality_id)
    stored = stored_rows(cycle)
    if expected is not None and expected != etag_of(_document(cycle, stored)):
        return [OVERTAKEN]
    plans = _plans(cycle, values, stored, vouched=vouched)
    if problems := [problem for _, plan in plans for problem in plan.problems]:
        return problems
    if sum(plan.writes for _, plan in plans) > MOST_WRITES:
        return [TOO_MANY]
    for part, plan in reversed(plans):
        problems.extend(part.remove(plan, by=by))
    for part, plan in plans:
        problems.extend(part.save(plan, by=by))
    return problems


def _plans(
    cycle: Cycle, values: dict[str, Any], stored: dict[str, list[Versioned]], *, vouched: bool
) -> list[tuple[Any, Plan]]:
    """Plan every named part in layer order; each knows the rows that the earlier ones leave behind."""
    plans: list[tuple[Any, Plan]] = []
    known: Known = {}
    for part in PARTS:
        rows = {row.key: row for row in stored[part.name]}
        if part.root in values:
            plan = part.plan(cycle, values[part.root], stored=stored[part.name], known=known)
            if not vouched:
                part.disclaim(plan)
            plans.append((part, plan))
            for row in plan.gone:
                del rows[row.key]
            rows |= {entry.row.key: entry.row for entry in plan.new}
        known[part.model] = rows
    return plans
