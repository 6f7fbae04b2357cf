"""Comparisons made by hand, for the drawings and files that are tested without a database."""

from decimal import Decimal

from indicators.comparison.shape import (
    Cell,
    Chance,
    Column,
    Comparison,
    Origin,
    Place,
    Quarter,
    Summary,
)


def place(code, name="村", kind="municipality"):
    return Place(kind, code, name)


def number(value, **told):
    return Cell(value=Decimal(str(value)), state="value", **told)


def column(code, name="指標", **told):
    made = {
        "unit": "％",
        "decimals": 1,
        "direction": "higher",
        "scenes": ("end_of_life",),
        "years": (2023,),
        "summary": Summary(3, *map(Decimal, ("1", "1.5", "2", "2.5", "3"))),
        "sources": ("見本の統計　令和5年度（2023年度）",),
    }
    return Column(code=code, name=name, **made | told)


def comparison(places, columns, cells, title="見本県　市町村の比較"):
    return Comparison(title, Origin.STATISTICS, tuple(places), tuple(columns), cells)


def three_towns():
    """Return three towns with two indicators: every kind of cell is there once."""
    city, town, village = (
        place("990019", "見本市"),
        place("990027", "見本町"),
        place("990035", "=見本村"),
    )
    home = column(
        "home_death_rate",
        "自宅死の割合",
        average=Decimal("18.2"),
        prefecture=number("18.2"),
        nation=number("17.4"),
        notes=("自宅には、グループホームを含みません。",),
    )
    visits = column(
        "home_visits",
        "訪問診療の回数",
        unit="回",
        decimals=0,
        direction="neutral",
        years=(2021, 2022, 2023),
        per="75歳以上人口千人あたり",
    )
    cells = {
        ("990019", "home_death_rate"): number(
            "25.04",
            numerator=Decimal(250),
            denominator=Decimal(1000),
            fiscal_year=2023,
            quarter=Quarter.HIGHEST,
            chance=Chance.FAR_ABOVE,
            rank=1,
        ),
        ("990027", "home_death_rate"): number(
            "12.3", quarter=Quarter.LOWEST, chance=Chance.BELOW, rank=2, word="速報"
        ),
        ("990035", "home_death_rate"): number("10", is_reference=True),
        ("990019", "home_visits"): number("1234", quarter=Quarter.HIGH, chance=Chance.WITHIN),
        ("990027", "home_visits"): number("0", is_structural_zero=True),
        ("990035", "home_visits"): Cell(state="suppressed"),
    }
    return comparison([village, city, town], [home, visits], cells)
