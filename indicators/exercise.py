"""Invented statistics of what a prefecture has defined itself: the demo tells 見本県's with them, and nothing else does."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators import long_format
from indicators.choices import PlaceKind
from indicators.definitions import definition_copies
from indicators.models import Dataset, PublishedValue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indicators.models import Definition
    from municipalities.models import Prefecture


def load(prefecture: Prefecture, told: Mapping[str, Any]) -> Dataset | None:
    """Store a statistic as a file of the prefecture would; None where it is there: somebody may have changed it since."""
    about = {name: said for name, said in told.items() if name != "values"}
    if Dataset.objects.filter(code=about["code"]).exists():
        return None
    definitions = definition_copies.of_files_of(prefecture)
    dataset = Dataset.objects.create(prefecture=prefecture, **about)
    PublishedValue.objects.bulk_create(
        rate(dataset, definitions[one["indicator"]], one) for one in told["values"]
    )
    return dataset


def rate(dataset: Dataset, definition: Definition, told: Mapping[str, Any]) -> PublishedValue:
    """Return the rate of a town with what it is made of."""
    above, below = Decimal(told["numerator"]), Decimal(told["denominator"])
    return PublishedValue(
        dataset=dataset,
        definition=definition,
        place_kind=PlaceKind.MUNICIPALITY,
        place_code=told["place"],
        fiscal_year=told["fiscal_year"],
        value=long_format.quotient(definition, above, below),
        numerator=above,
        denominator=below,
    )
