"""What a statistic that is not public says of the municipality that reads it: the number behind its own 秘匿.

Within its fence alone; who compares places learns of a hidden number only that it was hidden here. With `intake/withholding.py` this is the only module that reads these rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.choices import PlaceKind
from indicators.models import PublishedValue, WithheldValue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from municipalities.models import Municipality

    Told = PublishedValue | WithheldValue
    # The keys of definition and dataset, and the fiscal year.
    Column = tuple[int, int, int]


def places_hidden(columns: Collection[Column]) -> dict[Column, set[str]]:
    """Return the codes of the places whose number is hidden here, by definition, dataset and year. At most one query.

    What else is 秘匿 of these columns was so in the file.
    """
    found: dict[Column, set[str]] = {}
    if not columns:
        return found
    definitions, datasets, years = map(set, zip(*columns, strict=True))
    rows = WithheldValue.objects.filter(
        definition__in=definitions, dataset__in=datasets, fiscal_year__in=years
    ).order_by()
    names = ("definition", "dataset", "fiscal_year", "place_code")
    for *column, place in rows.values_list(*names):
        found.setdefault(tuple(column), set()).add(place)
    return found


def told_to(
    town: Municipality, *, definitions: Iterable[str], since: int, until: int
) -> list[Told]:
    """Return what statistics tell a municipality of itself in the years after `since`, small counts too. Two queries."""
    wanted = {"definition__code__in": list(definitions), "fiscal_year__gt": since}
    public = PublishedValue.objects.of_town(town, until=until).filter(**wanted)
    withheld = WithheldValue.objects.filter(
        place_kind=PlaceKind.MUNICIPALITY,
        place_code=town.code,
        fiscal_year__lte=until,
        **wanted,
    )
    rows = [
        *public.select_related("definition", "dataset"),
        *withheld.select_related("definition", "dataset"),
    ]
    return sorted(rows, key=lambda one: (one.fiscal_year, one.dataset.code))
