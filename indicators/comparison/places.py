"""The municipalities of a prefecture as places of a comparison, in the order of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.choices import PlaceKind
from indicators.comparison.shape import Place

if TYPE_CHECKING:
    from municipalities.models import Prefecture


def places_of_prefecture(prefecture: Prefecture) -> list[Place]:
    """Return every municipality of the prefecture without the wards of cities, in one query."""
    rows = prefecture.municipalities.without_wards().order_by("code")
    return [
        Place(PlaceKind.MUNICIPALITY.value, code, name, kana)
        for code, name, kana in rows.values_list("code", "name", "kana")
    ]
