"""What statistics say about a place: its latest figures and its series, always with year and source.

Values of two statistics are never joined to one series, even where they count the same thing.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from indicators.arithmetic import accumulating
from indicators.arithmetic.printing import printed
from indicators.choices import PlaceKind
from indicators.models import Dataset, Definition, PublishedValue
from municipalities.choices import MunicipalityKind
from municipalities.entrance.scopes import NATION_CODE
from municipalities.japanese import fiscal

NATION = (PlaceKind.NATION, NATION_CODE)


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one year; None where a state stands in its place."""

    fiscal_year: int
    value: Decimal | None
    state: str


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one place from one statistic, oldest year first; there is at least one."""

    definition: Definition
    dataset: Dataset
    points: tuple[Point, ...]

    @property
    def latest(self):
        return self.points[-1]

    @property
    def text(self):
        """The latest value with its unit."""
        return printed(
            self.latest.value,
            state=self.latest.state,
            unit=self.definition.unit,
            decimals=accumulating.digits(self.definition, self.latest.value),
        )

    @property
    def source(self):
        """What is said beside the latest value: the year, and whose statistic it is."""
        title, year = self.dataset.title, self.latest.fiscal_year
        return title if fiscal.tells_year(title, year) else f"{fiscal.label(year)}　{title}"


def place_of(municipality):
    """Return kind and code under which statistics know a municipality or a ward."""
    is_ward = municipality.kind == MunicipalityKind.WARD
    return PlaceKind.WARD if is_ward else PlaceKind.MUNICIPALITY, municipality.code


def series(place, codes):
    """Return by indicator the series of a place, the one that reaches furthest first, in one query."""
    return series_of_places(place[0], [place[1]], codes).get(place[1], {})


def latest(place, codes):
    """Return by indicator the series with the newest figure; without a figure there is no entry. One query."""
    return {code: found[0] for code, found in series(place, codes).items()}


def series_of_places(kind, place_codes, codes):
    """Return the series of several places of one kind, by place and indicator, in one query."""
    rows = (
        PublishedValue.objects.filter(
            place_kind=kind, place_code__in=place_codes, definition__code__in=codes
        )
        .select_related("definition", "dataset")
        .order_by("place_code", "definition__code", "dataset__code", "fiscal_year")
    )
    found = defaultdict(lambda: defaultdict(list))
    for (place_code, code, _), group in groupby(rows, key=_series_key):
        found[place_code][code].append(_as_series(list(group)))
    return {place_code: _newest_first(by_code) for place_code, by_code in found.items()}


def _series_key(row):
    return row.place_code, row.definition.code, row.dataset.code


def _as_series(rows):
    points = tuple(Point(row.fiscal_year, row.value, row.state) for row in rows)
    return Series(rows[0].definition, rows[0].dataset, points)


def _newest_first(by_code):
    """Sort each indicator's series by their last year; of two the same, the order of datasets holds."""
    return {
        code: sorted(found, key=lambda one: one.latest.fiscal_year, reverse=True)
        for code, found in by_code.items()
    }
