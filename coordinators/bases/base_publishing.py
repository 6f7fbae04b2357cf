"""Sharing a 拠点 with the prefecture: its copy crosses the fence, and is taken back when it should not be read any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from coordinators.bases.base_copy import BaseSheet, freeze
from coordinators.models import Base, PublishedBase
from municipalities.choices import CARE_SCENES
from municipalities.rows.published_copies import Copies

if TYPE_CHECKING:
    from municipalities.models import User

CLOSED = "見せる範囲が「県まで」か「公表」の拠点だけを共有できます。先に拠点の「見せる範囲」を変えてください。"


def place(base: Base) -> dict[str, Any]:
    return {"municipality_id": base.municipality_id, "key": base.key}


COPIES = Copies(PublishedBase, place, CLOSED)
withdraw, keep_within = COPIES.withdraw, COPIES.keep_within


def sheet_of(base: Base) -> BaseSheet:
    """Return what would be shared now, in one query besides the row."""
    area, told = base.medical_area, {one.scene: one.text for one in base.functions.all()}
    return BaseSheet(
        name=base.name,
        number_text=base.number_text,
        host_kind=base.host_kind,
        state=base.state,
        since=base.since,
        area_scheme=area.scheme if area else "",
        area_code=area.code if area else "",
        area_name=area.name if area else "",
        covers=base.covers,
        funding=base.funding,
        is_for_all_ages=base.is_for_all_ages,
        is_contractor=base.is_contractor,
        note=base.note,
        functions=tuple(
            (scene.value, told[scene.value]) for scene in CARE_SCENES if scene.value in told
        ),
    )


def publish(base: Base, *, by: User, seen: str | None = None) -> PublishedBase:
    """Write the copy of a 拠点 over an earlier one. Raises ValidationError.

    `seen` is the sha256 of what was looked at before: something else is not shared.
    """
    with transaction.atomic():
        rows = Base.objects.select_for_update(of=("self",)).select_related("medical_area")
        row = rows.get(pk=base.pk)
        now = freeze(sheet_of(row))
        made: PublishedBase = COPIES.write(row, {"name": row.name}, now, by=by, seen=seen)
    return made
