"""Comparing municipalities as a tutorial of Django writes it: model instances, the standard library's statistics, a template.

It makes one query for the whole table, computes each column's quartiles once and sorts it once. Its rule is the
product's: a boundary belongs to the better quarter, equal values share the better rank, below eight values there are none.
"""

import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.template import Context, Engine

from indicators.models import Definition, PublishedValue
from municipalities.models import Municipality

ENGINE = Engine(dirs=[Path(__file__).parent], autoescape=True)
LEAST = 8
SIGNS = {4: "▲▲", 3: "▲", 2: "▼", 1: "▼▼"}


@dataclass
class Cell:
    value: Decimal
    quarter: int | None
    rank: int

    @property
    def sign(self) -> str:
        return SIGNS.get(self.quarter, "")


@dataclass
class Column:
    definition: Definition
    values: dict[str, Decimal]
    minimum: Decimal
    first: Decimal
    median: Decimal
    third: Decimal
    maximum: Decimal

    def cell(self, code: str) -> Cell | None:
        if code not in self.values:
            return None
        value = self.values[code]
        return Cell(value, self._quarter(value), self._rank(value))

    def _quarter(self, value: Decimal) -> int | None:
        if len(self.values) < LEAST:
            return None
        if self.definition.direction == "lower":
            return 4 - sum(value > cut for cut in (self.first, self.median, self.third))
        return 1 + sum(value >= cut for cut in (self.first, self.median, self.third))

    def _rank(self, value: Decimal) -> int:
        if self.definition.direction == "lower":
            return 1 + sum(other < value for other in self.values.values())
        return 1 + sum(other > value for other in self.values.values())


@dataclass
class Line:
    place: Municipality
    cells: list[Cell | None]


def table(prefecture: str, codes: Sequence[str], year: int) -> tuple[list[Column], list[Line]]:
    """Return columns and lines of a prefecture's municipalities in a year."""
    places = list(Municipality.objects.filter(prefecture__code=prefecture).order_by("code"))
    rows = PublishedValue.objects.select_related("definition", "dataset").filter(
        place_kind="municipality",
        place_code__in=[place.code for place in places],
        definition__code__in=codes,
        fiscal_year=year,
        value__isnull=False,
    )
    values = defaultdict(dict)
    definitions = {}
    for row in rows:
        definitions[row.definition.code] = row.definition
        values[row.definition.code][row.place_code] = row.value
    columns = [column(definitions[code], values[code]) for code in codes]
    lines = [Line(place, [one.cell(place.code) for one in columns]) for place in places]
    return columns, lines


def column(definition: Definition, values: dict[str, Decimal]) -> Column:
    numbers = list(values.values())
    first, median, third = statistics.quantiles(numbers, n=4, method="inclusive")
    return Column(definition, values, min(numbers), first, median, third, max(numbers))


def html_of(prefecture: str, codes: Sequence[str], year: int) -> str:
    columns, lines = table(prefecture, codes, year)
    context = Context({"columns": columns, "lines": lines})
    return ENGINE.get_template("naive_comparison.html").render(context)
