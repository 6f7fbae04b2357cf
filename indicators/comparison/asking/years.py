"""Which fiscal years a prefecture's comparison is there for: from the first with a value to the one that is prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min

from indicators.choices import Direction
from indicators.comparison.judging.quarters import LEAST_COMPARED
from indicators.comparison.reading.published import asked_for
from indicators.comparison.shape import Origin
from indicators.models import PublishedValue, SubmittedValue
from municipalities.entrance import known_years
from municipalities.entrance.known_years import this_year

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from indicators.comparison.asking.asked import Asked
    from municipalities.models import Prefecture

NAMESPACE = "comparison"


def require(prefecture: Prefecture, year: int) -> None:
    """Raise NoSuchYearError as the page itself does, for a deed that is asked from it."""
    known_years.require(prefecture, year, NAMESPACE)


def first_year(prefecture: Prefecture) -> int:
    """Return the first year with a value of the prefecture or its towns, this one before any.

    Three queries, which read every value of the towns.
    """
    firsts = (rows.aggregate(first=Min("fiscal_year"))["first"] for rows in values_of(prefecture))
    return min((one for one in firsts if one is not None), default=this_year())


def has_begun(prefecture: Prefecture, year: int) -> bool:
    """Say whether anything is told of this year or one before: one row found will do, in most prefectures by one query."""
    return any(rows.filter(fiscal_year__lte=year).exists() for rows in values_of(prefecture))


def values_of(prefecture: Prefecture) -> Iterable[QuerySet[Any]]:
    """Return the values that a prefecture's comparison can show: of its towns, of itself, and what was submitted."""
    towns = prefecture.municipalities.order_by().values("code")
    yield PublishedValue.objects.filter(place_code__in=towns)
    yield PublishedValue.objects.filter(place_code=prefecture.code)
    yield SubmittedValue.objects.filter(municipality__prefecture=prefecture)


def register() -> None:
    """Have the pages of the comparison begin with the first value."""
    pages = known_years.Pages(first_year, has_begun, "comparison:compare", "の市町村の比較")
    known_years.register(NAMESPACE, pages)


def lagging(asked: Asked) -> set[str]:
    """Return the codes of the indicators that places may be behind in, also of those without a value here."""
    selection = asked.selection
    rows = [*asked_for(selection, asked.definitions.rows), *asked.comparison.columns]
    if selection.sort:
        rows = [one for one in rows if one.code == selection.sort] or rows
    ranked = {one.code for one in rows if one.direction != Direction.NEUTRAL}
    return ranked or {one.code for one in rows}


def with_enough(asked: Asked) -> list[int]:
    """Return the years, the newest first, of which enough of the places have an indicator to be behind in. One query."""
    selection, places = asked.selection, [place.code for place in asked.group.places]
    codes = lagging(asked)
    if selection.origin is Origin.SUBMITTED:
        rows = SubmittedValue.objects.known().filter(code__in=codes, municipality__code__in=places)
        column = ("code", "definition_version", "fiscal_year")
    else:
        rows = PublishedValue.objects.filter(
            definition__code__in=codes, place_code__in=places, value__isnull=False
        )
        column = ("definition", "dataset", "fiscal_year")
    if selection.until is not None:
        rows = rows.filter(fiscal_year__lte=selection.until)
    counted = rows.order_by().values(*column).annotate(count=Count("pk"))
    enough = counted.filter(count__gte=LEAST_COMPARED)
    return sorted({one["fiscal_year"] for one in enough}, reverse=True)
