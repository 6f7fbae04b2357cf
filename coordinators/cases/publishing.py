"""Publishing a structure: a copy crosses the fence, and is taken back when it should not be read any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from coordinators.cases.freezing import freeze
from coordinators.models import PublishedStructure, Structure
from coordinators.reading import gathering
from municipalities.rows.published_copies import Copies

if TYPE_CHECKING:
    from coordinators.reading.sheet import StructureSheet
    from municipalities.models import User
    from municipalities.rows.published_copies import Frozen

CLOSED = "見せる範囲が「県まで」か「公表」の体制だけを公開できます。先に体制の「見せる範囲」を変えてください。"


def place(structure: Structure) -> dict[str, Any]:
    return {
        "municipality_id": structure.municipality_id,
        "fiscal_year": structure.fiscal_year,
        "key": structure.key,
    }


COPIES = Copies(PublishedStructure, place, CLOSED)
published, withdraw, keep_within = COPIES.published, COPIES.withdraw, COPIES.keep_within


def copy_of(structure: Structure) -> tuple[StructureSheet, Frozen]:
    """Return what would be published now: the structure with its parts, and its copy."""
    sheet = gathering.gathered_in(structure.municipality, structure)
    prefecture = structure.municipality.prefecture
    return sheet, freeze(sheet, prefecture=prefecture.name if prefecture else "")


def publish(structure: Structure, *, by: User, seen: str | None = None) -> PublishedStructure:
    """Write the copy of a structure that we lead, over an earlier one. Raises ValidationError.

    `seen` is the sha256 of what was looked at before: something else is not published.
    """
    with transaction.atomic():
        rows = Structure.objects.led().select_for_update(of=("self",))
        row = rows.select_related("municipality__prefecture").get(pk=structure.pk)
        sheet, now = copy_of(row)
        made: PublishedStructure = COPIES.write(row, columns(sheet), now, by=by, seen=seen)
    return made


def columns(sheet: StructureSheet) -> dict[str, Any]:
    """Return what the copy is found by."""
    return {
        "name": sheet.name,
        "affiliation": sheet.affiliation,
        "coverage": sheet.coverage,
        "levels": between_commas(sheet.levels),
        "partners": between_commas(partner.code for partner in sheet.partners),
        # The prefecture's are counted once, in the prefecture.
        "people": sheet.headcount.municipal,
    }


def between_commas(codes) -> str:
    """Return ",a,b,", or nothing."""
    joined = ",".join(codes)
    return f",{joined}," if joined else ""
