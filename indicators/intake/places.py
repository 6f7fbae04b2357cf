"""The places of the country as a file of statistics may name them: by code, by name, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.choices import PlaceKind
from indicators.intake.extracting import Places
from municipalities import finding
from municipalities.choices import MunicipalityKind
from municipalities.models import Municipality

if TYPE_CHECKING:
    from municipalities.models import Prefecture


def places_for(prefecture: Prefecture | None) -> Places:
    """Return every municipality and ward, in four queries; `prefecture` is whose rows are taken, None for all."""
    rows = Municipality.objects.order_by("code").values_list("code", "kind", "prefecture__code")
    by_code = {
        code: (
            PlaceKind.WARD if kind == MunicipalityKind.WARD else PlaceKind.MUNICIPALITY,
            code,
            prefecture_code,
        )
        for code, kind, prefecture_code in rows
    }
    index = finding.index()
    return Places(
        by_code=by_code,
        find=lambda name, prefecture="": [one.code for one in index.find(name, prefecture)],
        prefecture="" if prefecture is None else prefecture.code,
    )
