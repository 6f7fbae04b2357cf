"""Whose municipalities a prepared file holds: all of a prefecture's, or those of a health centre's colleague.

The codes stand in the row's query under a name that no selection knows. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict

from municipalities import town_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.access import Scope
    from reports.models import PreparedFile

TOWNS = "towns"


def cut(query: str, towns: frozenset[str] | None) -> str:
    """Return a query that says for which municipalities a file is made; None is all of them."""
    if towns is None:
        return query
    joint = "&" if query else "?"
    return f"{query}{joint}{TOWNS}={town_codes.write(towns).strip(',')}"


def towns_of(row: PreparedFile) -> frozenset[str] | None:
    """Return the codes of the municipalities that a file holds; None where it holds all of them."""
    return towns_in(row.query)


def towns_in(query: str) -> frozenset[str] | None:
    asked = QueryDict(query.removeprefix("?"))
    return frozenset(town_codes.read(asked[TOWNS])) if TOWNS in asked else None


def is_open_to(row: PreparedFile, scope: Scope) -> bool:
    """Say whether a file holds no municipality but those that are shown in a scope."""
    if scope.towns is None:
        return True
    towns = towns_of(row)
    return towns is not None and towns <= scope.towns


def open_to(rows: Iterable[PreparedFile], scope: Scope) -> list[PreparedFile]:
    return [row for row in rows if is_open_to(row, scope)]
