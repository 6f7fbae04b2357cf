"""担当の自治体: the years of all municipalities that a person advises. It reads heads across municipalities."""

from dataclasses import dataclass

from municipalities.access import Permission, codes_with
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import across


@dataclass(frozen=True, slots=True)
class Place:
    municipality: Municipality
    cycles: list[Cycle]


def advised_by(user):
    """Return the municipalities that this person advises today, each with its years, the newest first."""
    codes = codes_with(user, Permission.ADVISE)
    towns = Municipality.objects.filter(code__in=codes).select_related("prefecture")
    found = {town.pk: Place(town, []) for town in towns.order_by("code")}
    if not found:
        return []
    with across(found):
        for cycle in Cycle.objects.order_by("-fiscal_year", "pk"):
            place = found[cycle.municipality_id]
            cycle.municipality = place.municipality
            place.cycles.append(cycle)
    return list(found.values())
