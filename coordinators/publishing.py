"""Publishing a structure: a copy crosses the fence, and is taken back when it should not be read any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from coordinators import gathering
from coordinators.freezing import freeze
from coordinators.models import PublishedStructure, Structure
from municipalities.choices import Audience
from municipalities.kernel import changes

if TYPE_CHECKING:
    from coordinators.freezing import Frozen
    from coordinators.sheet import StructureSheet
    from municipalities.models import User

OPEN = (Audience.PREFECTURE, Audience.PUBLIC)
CLOSED = "見せる範囲が「県まで」か「公表」の体制だけを公開できます。先に体制の「見せる範囲」を変えてください。"
CHANGED = "確かめていた間に内容が変わりました。下の内容をもう一度確かめてから、公開してください。"


def copy_of(structure: Structure) -> tuple[StructureSheet, Frozen]:
    """Return what would be published now: the structure with its parts, and its copy."""
    sheet = gathering.gathered_in(structure.municipality, structure)
    prefecture = structure.municipality.prefecture
    return sheet, freeze(sheet, prefecture=prefecture.name if prefecture else "")


def published(structure: Structure) -> PublishedStructure | None:
    """Return the copy that others read now, or None."""
    return copies_of(structure).first()


def copies_of(structure: Structure):
    return PublishedStructure.objects.filter(
        municipality=structure.municipality_id,
        fiscal_year=structure.fiscal_year,
        key=structure.key,
    )


def publish(structure: Structure, *, by: User, seen: str | None = None) -> PublishedStructure:
    """Write the copy of a structure that we lead, over an earlier one. Raises ValidationError.

    `seen` is the sha256 of what was looked at before: something else is not published.
    """
    with transaction.atomic():
        # Of two who publish at once the second waits.
        rows = Structure.objects.led().select_for_update(of=("self",))
        row = rows.select_related("municipality__prefecture").get(pk=structure.pk)
        if row.audience not in OPEN:
            raise ValidationError(CLOSED)
        sheet, frozen = copy_of(row)
        if seen is not None and seen != frozen.sha256:
            raise ValidationError(CHANGED)
        made, _ = PublishedStructure.objects.update_or_create(
            municipality=row.municipality,
            fiscal_year=row.fiscal_year,
            key=row.key,
            defaults=columns(sheet, frozen, audience=row.audience),
        )
        note(row, by=by, deed="publish", after={"audience": row.audience})
    return made


def columns(sheet: StructureSheet, frozen: Frozen, *, audience: str):
    """Return what the copy is found by, with the copy itself."""
    return {
        "name": sheet.name,
        "affiliation": sheet.affiliation,
        "coverage": sheet.coverage,
        "levels": between_commas(sheet.levels),
        "partners": between_commas(partner.code for partner in sheet.partners),
        # The prefecture's are counted once, in the prefecture.
        "people": sheet.headcount.municipal,
        "audience": audience,
        "content": frozen.content,
        "sha256": frozen.sha256,
        "published_at": timezone.now(),
    }


def between_commas(codes) -> str:
    """Return ",a,b,", or nothing."""
    joined = ",".join(codes)
    return f",{joined}," if joined else ""


def withdraw(structure: Structure, *, by: User) -> bool:
    """Take the copy back; say whether there was one."""
    with transaction.atomic():
        gone, _ = copies_of(structure).delete()
        if gone:
            note(structure, by=by, deed="withdraw", after={})
    return bool(gone)


def keep_within(structure: Structure, audience: str, *, by: User) -> bool:
    """Take the copy back when fewer people may now read the structure than the copy was made for."""
    copy = published(structure)
    order = Audience.values
    if copy is None or order.index(audience) >= order.index(copy.audience):
        return False
    return withdraw(structure, by=by)


def note(structure: Structure, *, by: User, deed: str, after: dict[str, str]) -> None:
    """Append a Change that alters no column: a merge finds nothing in it to walk back."""
    changes.record(structure, by=by, deed=deed, before={}, after=after, version=structure.version)
