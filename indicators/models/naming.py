"""What the history calls a row about an indicator: 「在宅看取り率　令和8年度」. Many rows at once, in a query or two for a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators.models.definitions import Definition, OwnDefinition
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from municipalities.models import Change

    Names = dict[int, str]


def names_in_changes(model: Any, changes: Iterable[Change], *, of: str = "") -> Names:
    """Return by row what it is about. `of` is the relation to the indicator or value that it belongs to.

    Of a row that is gone its changes tell, as far as they are at hand.
    """
    told: dict[int, dict[str, Any]] = {}
    for one in changes:
        told.setdefault(one.row, {}).update(one.before | one.after)
    found = _stored(model, told, of)
    gone = {row: known for row, known in told.items() if row not in found}
    return found | (_told(model, gone, of) if gone else {})


def _stored(model: Any, rows: Collection[int], of: str) -> Names:
    """Return the names of rows that are stored, in one query."""
    path = f"{of}__" if of else ""
    columns = [f"{path}definition__name", f"{path}own_definition__name"]
    if _has_year(model):
        columns.append("fiscal_year")
    elif of and _has_year(_related(model, of)):
        columns.append(f"{path}fiscal_year")
    found = model.objects.filter(pk__in=rows).order_by()
    return {
        pk: with_year(national or own or "", *year)
        for pk, national, own, *year in found.values_list("pk", *columns)
    }


def _told(model: Any, gone: dict[int, dict[str, Any]], of: str) -> Names:
    """Return the names of rows that are gone, in two queries."""
    names: dict[tuple[str, Any], str] = {}
    if of:
        above = _related(model, of)
        keys = {known[of] for known in gone.values() if known.get(of)}
        names |= {(of, pk): name for pk, name in _stored(above, keys, "").items()}
    else:
        for kind, table in (("definition", Definition), ("own_definition", OwnDefinition)):
            keys = {known[kind] for known in gone.values() if known.get(kind)}
            rows = table.objects.filter(pk__in=keys).order_by()
            names |= {(kind, pk): name for pk, name in rows.values_list("pk", "name")}
    return {row: _of_gone(known, names, has_year=_has_year(model)) for row, known in gone.items()}


def _of_gone(known: dict[str, Any], names: dict[tuple[str, Any], str], *, has_year: bool) -> str:
    name = next((found for one in known.items() if (found := names.get(one))), "")
    return with_year(name, known.get("fiscal_year") if has_year else None)


def with_year(name: str, year: int | None = None) -> str:
    """Return 「在宅看取り率　令和8年度（2026年度）」, or as much of it as is known."""
    return "　".join(filter(None, (name, fiscal.label(year) if year else "")))


def _has_year(model: Any) -> bool:
    return any(field.name == "fiscal_year" for field in model._meta.concrete_fields)


def _related(model: Any, of: str) -> Any:
    return model._meta.get_field(of).related_model
