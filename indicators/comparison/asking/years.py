"""Which fiscal years a prefecture's comparison is there for: from the first with a value to the one that is prepared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from indicators.choices import Direction
from indicators.comparison.judging.quarters import LEAST_COMPARED
from indicators.comparison.reading import shelf
from indicators.comparison.reading.published import asked_for
from indicators.comparison.shape import Origin
from indicators.models import PublishedValue, SubmittedValue
from municipalities.entrance.scopes import NoSuchYearError, YearThere
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from indicators.comparison.asking.asked import Asked
    from indicators.publishing.marking import Marks
    from municipalities.models import Prefecture


def this_year() -> int:
    """Return today's fiscal year in Japan."""
    return fiscal.fiscal_year_of(timezone.localdate())


def require(prefecture: Prefecture, year: int, marks: Marks = ()) -> None:
    """Raise NoSuchYearError for a year before all values, or later than the next; no query for this year and the next.

    With the marks of what is published, read before anything else, a year that is there is remembered under them.
    """
    if this_year() <= year <= this_year() + 1:
        return
    if year < this_year() and shelf.remembered(
        marks, shelf.YEARS, (prefecture.code, year), lambda: _has_begun(prefecture, year)
    ):
        return
    there = offered(prefecture)
    urls = (reverse("comparison:compare", args=[prefecture.code, one]) for one in there)
    raise NoSuchYearError(
        year,
        [YearThere(one, url) for one, url in zip(there, urls, strict=True)],
        f"{prefecture.name}の市町村の比較",
    )


def offered(prefecture: Prefecture) -> list[int]:
    """Return the years, the newest first, in three queries."""
    firsts = (rows.aggregate(first=Min("fiscal_year"))["first"] for rows in _values(prefecture))
    first = min((one for one in firsts if one is not None), default=this_year())
    return [*range(this_year() + 1, min(first, this_year()) - 1, -1)]


def _has_begun(prefecture: Prefecture, year: int) -> bool:
    """Say whether anything is known of this year or before: the first row found says so, where a minimum reads them all."""
    return any(rows.filter(fiscal_year__lte=year).exists() for rows in _values(prefecture))


def _values(prefecture: Prefecture) -> Iterator[QuerySet[Any]]:
    towns = prefecture.municipalities.order_by().values("code")
    yield PublishedValue.objects.filter(place_code__in=towns)
    yield PublishedValue.objects.filter(place_code=prefecture.code)
    yield SubmittedValue.objects.filter(municipality__prefecture=prefecture)


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
