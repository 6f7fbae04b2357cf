"""Rows of indicators for tests: short ways to put a value, a target or a definition into a year."""

import itertools

from indicators.definitions import adopting, catalogue
from indicators.models import Dataset, Definition, Indicator, Measurement, PublishedValue, Target
from municipalities.models import User
from municipalities.tenancy import within

BASE = "/m/990019/2026/indicators/"
HOME_DEATH = "home_death_rate"
NUMBERS = itertools.count(1)


def follow(cycle, *codes):
    """Follow national definitions in the year; return the last indicator."""
    with within(cycle.municipality):
        editor = User.objects.get(username="editor")
        adopting.adopt(cycle, catalogue.named(codes), by=editor)
        return Indicator.objects.select_related("definition", "own_definition").get(
            cycle=cycle, code=codes[-1]
        )


def measure(cycle, code, year, value, **other):
    told = {"state": "value" if value is not None else "unknown", "source": "調査"} | other
    with within(cycle.municipality):
        row = Measurement(key=f"row-{next(NUMBERS)}", fiscal_year=year, value=value, **told)
        row.follow(catalogue.named([code], besides=[code])[0])
        row.save()
    return row


def aim(cycle, indicator, year, value):
    with within(cycle.municipality):
        return Target.objects.create(
            cycle=cycle,
            indicator=indicator,
            key=f"t-{next(NUMBERS)}",
            fiscal_year=year,
            value=value,
        )


def publish(code, year, value, *, place=("municipality", "990019"), dataset="国勢調査"):
    definition, _ = Definition.objects.get_or_create(code=code, defaults={"name": code})
    told, _ = Dataset.objects.get_or_create(
        title=dataset, defaults={"code": f"set-{next(NUMBERS)}", "publisher": "国"}
    )
    return PublishedValue.objects.create(
        definition=definition,
        place_kind=place[0],
        place_code=place[1],
        fiscal_year=year,
        value=value,
        state="value" if value is not None else "suppressed",
        dataset=told,
    )


def stored(cycle, code):
    """Return the values of an indicator as year, value and state."""
    with within(cycle.municipality):
        rows = Measurement.objects.filter(code=code).order_by("fiscal_year", "key")
        return [(row.fiscal_year, row.value, row.state) for row in rows]
