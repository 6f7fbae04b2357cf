"""A prefecture of towns with planted statistics."""

from decimal import Decimal

from django.utils import timezone

from indicators.choices import PlaceKind
from indicators.comparison.reading.reading import Reader, comparison
from indicators.comparison.selection import Selection
from indicators.models import Dataset, Definition, PublishedValue, SubmittedValue
from municipalities.models import Municipality, Prefecture

CODE = "98"
SHARE, ABOVE, BELOW = "aging_rate_75", "population_75plus", "population_total"
STATIONS, CASES, CLINICS = (
    "home_visit_nursing_stations",
    "home_visit_clinic_cases",
    "home_visit_clinics",
)


def town(number):
    return f"98{number:04}"


def plant(count, *, names=()):
    """Make so many towns in a prefecture of their own."""
    prefecture = Prefecture.objects.get(code=CODE)
    Municipality.objects.bulk_create(
        Municipality(
            code=town(at),
            name=dict(names).get(at, f"町{at}"),
            kana="まち",
            kind="town",
            prefecture=prefecture,
        )
        for at in range(1, count + 1)
    )
    return prefecture


def tell(code, year, values, *, dataset="census", kind=PlaceKind.MUNICIPALITY):
    """Publish values by the number of the town (or the code of a place); None is suppressed."""
    told, _ = Dataset.objects.get_or_create(code=dataset, defaults={"title": f"{dataset}の統計"})
    definition = Definition.objects.get(code=code)
    PublishedValue.objects.bulk_create(
        PublishedValue(
            definition=definition,
            dataset=told,
            fiscal_year=year,
            place_kind=kind,
            place_code=place if isinstance(place, str) else town(place),
            value=None if value is None else Decimal(value),
            state="suppressed" if value is None else "value",
        )
        for place, value in values.items()
    )


def tell_shares(year, pairs, **more):
    """Publish a share and both its parts."""
    tell(ABOVE, year, {at: above for at, (above, _) in pairs.items()}, **more)
    tell(BELOW, year, {at: below for at, (_, below) in pairs.items()}, **more)
    shares = {at: Decimal(above * 100) / Decimal(below) for at, (above, below) in pairs.items()}
    tell(SHARE, year, {at: round(one, 4) for at, one in shares.items()}, **more)


def submit(code, year, values, **more):
    """Let towns out with numerator and denominator; None is suppressed."""
    definition = Definition.objects.filter(code=code).first()
    for at, pair in values.items():
        above, below = pair or (None, None)
        SubmittedValue.objects.create(
            municipality=Municipality.objects.get(code=town(at)),
            code=code,
            definition=definition,
            fiscal_year=year,
            value=None if pair is None else Decimal(above * 100) / below,
            numerator=above,
            denominator=below,
            state="suppressed" if pair is None else "value",
            source="報告書",
            number="R8-1",
            published_at=timezone.now(),
            **more,
        )


def compared(places, **asked):
    return comparison(Selection(**asked), places, reader=Reader(CODE))


def cell(found, at, code):
    place = next(one for one in found.places if one.code == town(at))
    return found.cell(place, found.column(code))
