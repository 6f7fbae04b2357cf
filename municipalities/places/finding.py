"""Find a municipality by its name as lists write it. Names repeat: 府中市 exists twice, so the prefecture is asked."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from municipalities.models import Municipality, MunicipalityAlias, MunicipalityChange


@dataclass(frozen=True, slots=True)
class Place:
    """What a list has to know of a municipality to name it."""

    code: str
    name: str
    prefecture_code: str
    prefecture: str
    district: str = ""
    aliases: tuple[str, ...] = ()


class NameIndex:
    """The names of all municipalities with their other spellings, read once and asked often."""

    def __init__(self, places):
        self._by_name = defaultdict(dict)
        for place in places:
            for name in spellings(place):
                self._by_name[key_of(name)][place.code] = place

    def find(self, name, prefecture=""):
        """Return every municipality of this name, by code; `prefecture` is a name or a two-digit code."""
        found = self._by_name.get(key_of(name), {})
        return [
            place
            for _, place in sorted(found.items())
            if key_of(prefecture) in {"", place.prefecture_code, key_of(place.prefecture)}
        ]


def spellings(place):
    """Yield each way to write a place: with and without its district and prefecture."""
    for name in (place.name, *place.aliases):
        for before in ("", place.district):
            yield f"{before}{name}"
            yield f"{place.prefecture}{before}{name}"


def key_of(name):
    """Compare without spaces and widths; the glyphs themselves are a matter of aliases."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def index():
    """Return the index of all municipalities and wards, in two queries."""
    aliases = defaultdict(list)
    for code, alias in MunicipalityAlias.objects.order_by().values_list(
        "municipality__code", "alias"
    ):
        aliases[code].append(alias)
    rows = Municipality.objects.values_list(
        "code", "name", "prefecture__code", "prefecture__name", "district"
    )
    return NameIndex(Place(*row, aliases=tuple(aliases[row[0]])) for row in rows)


def names():
    """Return the names by code, as `codes.read` wants them: no wards."""
    return dict(Municipality.objects.without_wards().values_list("code", "name"))


def former_codes():
    """Return the codes that are no longer in use, each with those that follow it."""
    found = defaultdict(list)
    rows = MunicipalityChange.objects.values_list("old_code", "municipality__code")
    for old, new in rows.order_by("old_code", "municipality__code"):
        found[old].append(new)
    return dict(found)
