"""The places of the country as a file of statistics may name them: by code, by name, and whose they are."""

from __future__ import annotations

from indicators.choices import PlaceKind
from indicators.intake.layouts.locating import Places
from municipalities.choices import MunicipalityKind
from municipalities.models import Municipality, Prefecture
from municipalities.places import finding


def places_for(prefecture: Prefecture | None) -> Places:
    """Return every municipality and ward, in five queries; `prefecture` is whose rows are taken, None for all."""
    rows = Municipality.objects.order_by("code").values_list(
        "code", "name", "kind", "prefecture__code"
    )
    by_code, names = {}, {}
    for code, name, kind, prefecture_code in rows:
        is_ward = kind == MunicipalityKind.WARD
        place_kind = (PlaceKind.WARD if is_ward else PlaceKind.MUNICIPALITY).value
        by_code[code], names[code] = (place_kind, code, prefecture_code), name
    index = finding.index()

    def find(name: str, within: str) -> list[str]:
        return [one.code for one in index.find(name, within)]

    return Places(
        by_code=by_code,
        find=find,
        names=names,
        prefectures=dict(Prefecture.objects.order_by("code").values_list("code", "name")),
        former=finding.former_codes(),
        prefecture="" if prefecture is None else prefecture.code,
    )
