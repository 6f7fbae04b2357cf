"""Taking a prefecture's definition over into a town, and later what the prefecture has changed in it.

The town's copy bears the prefecture's key: in every town of the prefecture the same number has one name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from indicators.models import OwnDefinition, OwnDefinitionVersion, PrefectureDefinition
from indicators.models.definitions import PREFECTURE_PREFIX
from municipalities.kernel import changes
from municipalities.prefecture_tenancy import reading_prefecture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.models import PrefectureDefinitionVersion
    from municipalities.models import User

DECIDED = tuple(one for one in OwnDefinition.FIELDS if one not in OwnDefinition.OWN_WORDS)
OF_A_VERSION = ("what_changed", "is_break")


def definitions(prefecture: int, *, keys: list[str] | None = None) -> list[PrefectureDefinition]:
    """Return a prefecture's definitions with their versions: those of these keys, or those it offers."""
    with reading_prefecture(prefecture):
        rows = PrefectureDefinition.objects.order_by("name", "pk").prefetch_related("versions")
        chosen = rows.filter(is_retired=False) if keys is None else rows.filter(key__in=keys)
        return list(chosen)


def by_code(prefecture: int, codes: Iterable[str]) -> dict[str, PrefectureDefinition]:
    """Return those of these codes that a prefecture has defined, with their versions."""
    keys = [code for code in codes if code.startswith(PREFECTURE_PREFIX)]
    found = definitions(prefecture, keys=keys) if keys else []
    return {one.key: one for one in found}


def take(definition: PrefectureDefinition, *, by: User) -> OwnDefinition:
    """Return the town's copy of a definition; it is made once, whoever presses."""
    if found := OwnDefinition.objects.filter(key=definition.key).first():
        return found
    row = OwnDefinition(key=definition.key)
    for name in OwnDefinition.FIELDS:
        setattr(row, name, getattr(definition, name))
    try:
        with transaction.atomic():
            changes.create_versioned(row, by=by)
            _tell(row, definition, by=by)
    except IntegrityError:
        return OwnDefinition.objects.get(key=definition.key)
    return row


@dataclass(frozen=True, slots=True)
class Moved:
    """A field that the prefecture has written anew: as the town has it, and as it is now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class News:
    """What a prefecture has changed in a definition since the town took it over."""

    fields: tuple[Moved, ...]
    versions: tuple[PrefectureDefinitionVersion, ...]
    is_retired: bool

    @property
    def is_to_take(self) -> bool:
        return bool(self.fields or self.versions)


def news(own: OwnDefinition, *, prefecture: int) -> News | None:
    """Return what is new in the prefecture's definition of a town's copy; None where there is nothing."""
    definition = _origin(own, prefecture)
    if definition is None:
        return None
    moved = [name for name in DECIDED if getattr(own, name) != getattr(definition, name)]
    found = News(
        tuple(
            Moved(changes.label_of(own, name), in_words(own, name), in_words(definition, name))
            for name in moved
        ),
        tuple(one for one, _ in _untold(own, definition)),
        definition.is_retired,
    )
    return found if found.is_to_take or found.is_retired else None


def in_words(row: OwnDefinition | PrefectureDefinition, name: str) -> str:
    """Return a field as people read it: of a choice its label."""
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else getattr(row, name))


def _origin(own: OwnDefinition, prefecture: int) -> PrefectureDefinition | None:
    found = definitions(prefecture, keys=[own.origin]) if own.origin else []
    return found[0] if found else None


def _untold(
    own: OwnDefinition, definition: PrefectureDefinition
) -> list[tuple[PrefectureDefinitionVersion, OwnDefinitionVersion | None]]:
    """Return the prefecture's versions that the copy lacks or tells otherwise, each beside the copy's."""
    told = {one.fiscal_year: one for one in OwnDefinitionVersion.objects.filter(own_definition=own)}
    pairs = [(one, told.get(one.fiscal_year)) for one in definition.versions.all()]
    return [(one, mine) for one, mine in pairs if mine is None or not _same(one, mine)]


def _same(one: PrefectureDefinitionVersion, mine: OwnDefinitionVersion) -> bool:
    return all(getattr(one, name) == getattr(mine, name) for name in OF_A_VERSION)


def catch_up(own: OwnDefinition, *, prefecture: int, by: User) -> bool:
    """Write what the prefecture has changed onto the copy, with its versions; say whether there was anything.

    A command: it reads the copy again and never conflicts.
    """
    definition = _origin(own, prefecture)
    if definition is None:
        return False
    with transaction.atomic():
        row = OwnDefinition.objects.select_for_update().get(pk=own.pk)
        version = row.version
        for name in DECIDED:
            setattr(row, name, getattr(definition, name))
        saved = changes.save_versioned(row, by=by, expected_version=version, fields=DECIDED)
        told = _tell(row, definition, by=by)
    return saved.version != version or told


def _tell(own: OwnDefinition, definition: PrefectureDefinition, *, by: User) -> bool:
    """Bring the versions of a copy in step with the prefecture's; say whether one was missing."""
    pairs = _untold(own, definition)
    for one, mine in pairs:
        row = mine or OwnDefinitionVersion(
            key=one.key, own_definition=own, fiscal_year=one.fiscal_year
        )
        version = row.version
        row.what_changed, row.is_break = one.what_changed, one.is_break
        if mine is None:
            changes.create_versioned(row, by=by)
        else:
            changes.save_versioned(row, by=by, expected_version=version, fields=OF_A_VERSION)
    return bool(pairs)
