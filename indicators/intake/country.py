"""The places of the country as they are stored, for reading a file of a statistic."""

from indicators.choices import PlaceKind
from indicators.intake.places import Places
from municipalities import finding
from municipalities.choices import MunicipalityKind
from municipalities.models import Municipality, Prefecture


def places(prefecture=""):
    """Return what is known of the country, in five queries. `prefecture` is two digits; empty: all of it."""
    rows = Municipality.objects.order_by("code").values_list(
        "code", "name", "kind", "prefecture__code"
    )
    by_code, names = {}, {}
    for code, name, kind, within in rows:
        is_ward = kind == MunicipalityKind.WARD
        by_code[code] = (PlaceKind.WARD if is_ward else PlaceKind.MUNICIPALITY, code, within)
        names[code] = name
    index = finding.index()

    def find(name, within=""):
        return [place.code for place in index.find(name, within)]

    return Places(
        by_code=by_code,
        find=find,
        names=names,
        prefectures=dict(Prefecture.objects.values_list("code", "name")),
        former=finding.former_codes(),
        prefecture=prefecture,
    )
