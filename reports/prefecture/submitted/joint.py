"""Which towns keep their coordination together: what one of them counts, the other may count as well (domain.md 5.5)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coordinators.models import PublishedStructure
from municipalities import town_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.access import Scope
    from municipalities.models import Municipality


def partners_of(scope: Scope, places: Iterable[Municipality], year: int) -> dict[str, str]:
    """Return by code the towns with which each keeps a structure of a year: 「見本町、見本村」. One query.

    Of published structures alone; towns that are not among `places` are not named.
    """
    names = {place.code: place.name for place in places}
    found: dict[str, set[str]] = defaultdict(set)
    copies = PublishedStructure.objects.for_officers(scope.prefecture, scope.towns)  # type: ignore[arg-type]
    rows = copies.filter(fiscal_year=year, municipality__code__in=names).exclude(partners="")
    for lead, partners in rows.values_list("municipality__code", "partners"):
        together = {lead, *town_codes.read(partners)} & names.keys()
        for code in together:
            found[code] |= together - {code}
    return {
        code: "、".join(names[one] for one in sorted(others))
        for code, others in found.items()
        if others
    }
