"""What stands in a report beside the rows that its municipality leads: shared rows and the prefecture's posts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import councils.document
from coordinators.contracts import contract_document
from coordinators.models import ContractPartner, StructurePartner
from coordinators.reading.prefecture_posts import posts_shown_in
from coordinators.structures import structure_document
from councils.models import CouncilPartner
from municipalities.rows.shared_rows import LedPart
from reports.document.assembly import may_leave

if TYPE_CHECKING:
    from municipalities.models import Cycle

Row = dict[str, Any]
# Rows by list, each with what is told of it.
Made = dict[str, list[tuple[Any, Row]]]
# The parts below each table of partners.
SHARED = (
    (CouncilPartner, councils.document.PARTS),
    (ContractPartner, contract_document.PARTS),
    (StructurePartner, structure_document.PARTS),
)
OF_A_POST = (
    "key",
    "name",
    "level",
    "people",
    "employment",
    "duty",
    "qualifications",
    "work",
    "source",
)


def shared(cycle: Cycle) -> Row:
    """Return the rows that other municipalities lead and share with ours, by part, each with its lead.

    `towns` names every municipality concerned by its code. Of what the lead keeps in its own registers
    only the names are told. A table nobody shares with us costs one query. Empty where nothing is shared.
    """
    found: Row = {}
    for partners, parts in SHARED:
        rows = list(partners.objects.select_related("partner", "municipality").order_by("pk"))
        if rows:
            both = [town for row in rows for town in (row.partner, row.municipality)]
            found["towns"] = found.get("towns", {}) | {town.code: town.name for town in both}
        if any(row.municipality_id != cycle.municipality_id for row in rows):
            found |= _parts([part for part in parts if isinstance(part, LedPart)], cycle)
    return found


def _parts(parts: list[LedPart], cycle: Cycle) -> Row:
    rows = {part.name: part.stored_by_others(cycle) for part in parts}
    keys = {part.model: {one.pk: one.key for one in rows[part.name]} for part in parts}
    hidden: dict[Any, set[Any]] = {}
    made: Made = {}
    for part in parts:
        # What stands under a hidden row, such as a meeting of a council, is hidden with it.
        shown = [one for one in rows[part.name] if may_leave(one, part.references, hidden)]
        hidden[part.model] = {one.pk for one in rows[part.name]} - {one.pk for one in shown}
        made[part.name] = [(one, _dumped(part, one, keys)) for one in shown]
    return _nested(parts, made)


def _dumped(part: LedPart, row: Any, keys: dict[Any, dict[int, str]]) -> Row:
    """Return a shared row as the document writes it: what it points at in the lead's registers is left out."""
    made = {"key": row.key}
    for name in part.fields:
        if name in part.references:
            known = keys.get(part.references[name], {})
            made[name] = known.get(getattr(row, f"{name}_id"))
        elif name == "name":
            made[name] = row.name
        else:
            made[name] = part.dump_value(row, name)
    return made


def _nested(parts: list[LedPart], made: Made) -> Row:
    """Return the rows of each list that stands by itself, with what hangs on them and with their lead."""
    children = {part.name: [one for one in parts if one.inside is part] for part in parts}
    by_owner = {part.name: _by_owner(part, made[part.name]) for part in parts if part.inside}

    def whole(part: LedPart, row: Any, values: Row) -> Row:
        inner: Row = {
            child.name: [
                {name: value for name, value in whole(child, *pair).items() if name != child.owner}
                for pair in by_owner[child.name].get(row.pk, ())
            ]
            for child in children[part.name]
        }
        return values | inner

    return {
        part.name: [
            whole(part, row, values)
            | {"lead": row.municipality.name, "lead_code": row.municipality.code}
            for row, values in _in_order(part, made[part.name])
        ]
        for part in parts
        if part.inside is None
    }


def _by_owner(part: LedPart, pairs: list[tuple[Any, Row]]) -> dict[int, list[tuple[Any, Row]]]:
    """Return rows by what they hang on, in order."""
    found: dict[int, list[tuple[Any, Row]]] = defaultdict(list)
    for row, values in _in_order(part, pairs):
        found[getattr(row, f"{part.owner}_id")].append((row, values))
    return found


def _in_order(part: LedPart, pairs: list[tuple[Any, Row]]) -> list[tuple[Any, Row]]:
    """Sort rows as their list is sorted; what is not told comes first, and a zero is told."""

    def place(pair: tuple[Any, Row]) -> list[tuple[bool, Any]]:
        told = [pair[1][name] for name in part.order]
        return [(value is not None, "" if value is None else value) for value in told]

    return sorted(pairs, key=place)


def prefecture_posts(cycle: Cycle) -> list[Row]:
    """Return the posts that the prefecture keeps and that work for this municipality, in their order."""
    return [
        {name: getattr(post, name) for name in OF_A_POST}
        for post in posts_shown_in(cycle.municipality, cycle.fiscal_year)
    ]
