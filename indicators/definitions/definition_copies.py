"""The copy of a prefecture's definition by which statistics name it: beside the national ones, and kept in step.

Its text is no secret: every town of the prefecture reads it in the catalogue. Values of it are those of a statistic that
the prefecture has brought in, with all that protects them (docs/adr/0058, 0065).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators.choices import COMMON
from indicators.models import Definition, PrefectureDefinition
from municipalities.prefecture_tenancy import reading_prefecture

if TYPE_CHECKING:
    from municipalities.models import Prefecture

# Behind all national ones.
LAST = 30_000


def of_files_of(prefecture: Prefecture | None) -> dict[str, Definition]:
    """Return by code what a file of a prefecture (None: of the operator) may name; its own are brought in step before."""
    if prefecture is not None:
        keep_in_step(prefecture)
    return {one.code: one for one in Definition.every.of_files_of(prefecture)}


def keep_in_step(prefecture: Prefecture) -> None:
    """Copy what a prefecture has defined, retired or not. Asked again, it writes nothing."""
    with reading_prefecture(prefecture):
        rows = list(PrefectureDefinition.objects.order_by("pk").prefetch_related("versions"))
    stored = {one.code: one for one in Definition.every.filter(prefecture=prefecture)}
    for row in rows:
        told = {name: getattr(row, name) for name in Definition.FIELDS}
        # It names no scene; where one is chosen by scene, it stands among what belongs to all.
        told |= {"changes": told_changes(row), "scenes": COMMON}
        known = stored.get(row.key)
        if known is None or any(getattr(known, name) != said for name, said in told.items()):
            Definition.every.update_or_create(
                code=row.key, defaults=told | {"prefecture": prefecture, "position": LAST}
            )


def told_changes(row: PrefectureDefinition) -> list[list[Any]] | None:
    """Return year, words and break of each change of a definition, oldest first; nothing where there is none."""
    found = [[one.fiscal_year, one.what_changed, one.is_break] for one in row.versions.all()]
    return found or None
