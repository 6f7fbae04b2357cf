"""Reading lists of rows together with the versions of their own definitions: one query more, and only where there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from indicators.models import OwnDefinition, OwnDefinitionVersion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.models import Indicator


def versions(rows: QuerySet[Indicator]) -> list[Indicator]:
    """Return rows that follow a definition, each with the versions of it."""
    found = list(rows.annotate(has_versions=_exist("own_definition")))
    tell((one.own_definition, one.has_versions) for one in found if one.own_definition)
    return found


def own_versions(rows: QuerySet[OwnDefinition]) -> list[OwnDefinition]:
    """Return own definitions, each with its versions."""
    found = list(rows.annotate(has_versions=_exist("pk")))
    tell((one, one.has_versions) for one in found)
    return found


def _exist(column: str) -> Exists:
    return Exists(OwnDefinitionVersion.objects.filter(own_definition=OuterRef(column)).order_by())


def tell(definitions: Iterable[tuple[OwnDefinition, Any]]) -> None:
    """Let definitions know their versions; those without any are asked nothing more."""
    changed = []
    for definition, has_versions in definitions:
        if has_versions:
            changed.append(definition)
        else:
            definition.told_versions = ()
    if changed:
        prefetch_related_objects(changed, "versions")
