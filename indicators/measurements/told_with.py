"""Reading rows together with the versions of their own definitions: no query more, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.models import Indicator, OwnDefinition

COLUMNS = ("fiscal_year", "what_changed", "is_break")


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """A change of an own definition, as read beside it."""

    fiscal_year: int
    what_changed: str
    is_break: bool


def versions(rows: QuerySet[Indicator]) -> list[Indicator]:
    """Return rows that follow a definition, in their order, each with the versions of it."""
    joined = rows.annotate(**_columns("own_definition__versions"))
    return _told((one, one.own_definition) for one in joined)


def own_versions(rows: QuerySet[OwnDefinition]) -> list[OwnDefinition]:
    """Return own definitions, each with its versions."""
    return _told((one, one) for one in rows.annotate(**_columns("versions")))


def _columns(path: str) -> dict[str, F]:
    return {f"told_{name}": F(f"{path}__{name}") for name in COLUMNS}


def _told(joined: Iterable[tuple[Any, OwnDefinition | None]]) -> list[Any]:
    """Bring together what the join has told once for each version."""
    found: dict[int, tuple[Any, OwnDefinition | None]] = {}
    changes: dict[int, list[ToldVersion]] = {}
    for row, definition in joined:
        found.setdefault(row.pk, (row, definition))
        told = [getattr(row, f"told_{name}") for name in COLUMNS]
        if told[0] is not None:
            changes.setdefault(row.pk, []).append(ToldVersion(*told))
    for key, (_, definition) in found.items():
        if definition is not None:
            definition.told_versions = tuple(changes.get(key, ()))
    return [row for row, _ in found.values()]
