"""Comparisons made by hand: places and numbers, judged as the reading judges them."""

from decimal import Decimal

from indicators.choices import PlaceKind
from indicators.comparison.shape import (
    Cell,
    Column,
    Comparison,
    Origin,
    Place,
    Summary,
)


def column(code="home_death", **changes):
    told = {
        "name": "在宅死の割合",
        "unit": "％",
        "decimals": 1,
        "direction": "higher",
        "scenes": ("end_of_life",),
        "years": (2023,),
        "sources": ("人口動態統計",),
        "summary": Summary(0),
    }
    return Column(code=code, **(told | changes))


def place(number, name=None, kind=PlaceKind.MUNICIPALITY):
    return Place(str(kind), f"99{number:04}", name or f"第{number}町")


def cell(value, **changes):
    if value is None:
        return Cell(**changes)
    return Cell(value=Decimal(str(value)), state="value", **changes)


def comparison(values, *, own="", names=(), **changes):
    """Return a comparison of one indicator: `values` are numbers, None, or whole cells."""
    places = tuple(
        place(number, names[number] if number < len(names) else None)
        for number in range(len(values))
    )
    cells = [one if isinstance(one, Cell) else cell(one) for one in values]
    told = sorted(one.value for one in cells if one.value is not None)
    shown = column(**({"summary": five(told)} | changes))
    return Comparison(
        title="見本県の市町村",
        origin=Origin.STATISTICS,
        places=places,
        columns=(shown,),
        cells={(one.code, shown.code): it for one, it in zip(places, cells, strict=True)},
        own=own,
    )


def five(told):
    """Return the distribution, its quartiles between neighbours by linear interpolation."""
    if not told:
        return Summary(0)

    def at(share):
        where = (len(told) - 1) * Decimal(share)
        low = int(where)
        return told[low] + (where - low) * (told[min(low + 1, len(told) - 1)] - told[low])

    return Summary(len(told), told[0], at("0.25"), at("0.5"), at("0.75"), told[-1])
