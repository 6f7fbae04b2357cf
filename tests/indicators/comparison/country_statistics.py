"""The shipped census and land areas of all municipalities, stored without what follows from them."""

from indicators import statistics
from indicators.arithmetic import derivation
from indicators.choices import PlaceKind
from indicators.models import Dataset

MEASURED = {
    "census": ("population_total", "population_75plus", "aging_rate_75"),
    "land_area_2024": ("area_total",),
}


def store(**prints):
    """Store what nearness is measured by, of the newest years; `prints` are the fingerprints."""
    shipped = {row["code"]: row for row in statistics._shipped()}
    for code, wanted in MEASURED.items():
        table = statistics.table_of(statistics.checked(code, shipped[code]["sha256"]))
        full = {
            place: {
                column: cell
                for column, cell in with_rates(row).items()
                if column[0] in wanted and column[1] >= 2020
            }
            for place, row in table.items()
            if place[0] == PlaceKind.MUNICIPALITY
        }
        dataset = Dataset.objects.create(
            code=code, title=shipped[code]["title"], fingerprint=prints.get(code, "")
        )
        statistics.store(dataset, full)


def with_rates(row):
    above, below = row.get(("population_75plus", 2020)), row.get(("population_total", 2020))
    rate = derivation.ratio(above, below, 100)
    return row if rate is None else row | {("aging_rate_75", 2020): rate}
