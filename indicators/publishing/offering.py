"""What statistics have published of a municipality for the indicators that it follows, to be taken over at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.arithmetic.printing import printed
from indicators.models import Indicator, Measurement, PublishedValue
from indicators.publishing import filling
from municipalities import fiscal

if TYPE_CHECKING:
    from collections.abc import Container

    from municipalities.models import Cycle


THIS = "この統計"


@dataclass(frozen=True, slots=True)
class Offer:
    """A published value. `own` is what the municipality has for the same year, from any source.

    `is_filled`: it came by itself and stands as it came.
    """

    published: PublishedValue
    is_taken: bool
    own: tuple[str, ...] = ()
    is_filled: bool = False

    @property
    def year(self) -> str:
        return fiscal.label(self.published.fiscal_year)

    @property
    def text(self) -> str:
        return text_of(self.published, self.published.definition)


@dataclass(frozen=True, slots=True)
class Offered:
    """One indicator with what is offered for it, newest year first."""

    indicator: Indicator
    offers: tuple[Offer, ...]

    @property
    def filled(self) -> int:
        return sum(one.is_filled for one in self.offers)


def text_of(value: Any, definition: Any) -> str:
    return printed(
        value.value, state=value.state, unit=definition.unit, decimals=definition.decimals
    )


def offered(cycle: Cycle) -> list[Offered]:
    """Return the indicators of a year for which something is published, in their order, in four queries."""
    followed = list(
        Indicator.objects.filter(cycle=cycle, own_definition=None).select_related("definition")
    )
    rows = (
        PublishedValue.objects.of_town(cycle.municipality, until=cycle.fiscal_year)
        .filter(
            definition__in=[one.definition_id for one in followed],
            fiscal_year__gt=cycle.fiscal_year - filling.YEARS,
        )
        .select_related("definition", "dataset")
        .order_by("-fiscal_year", "dataset__title", "pk")
    )
    own = own_values(followed, since=cycle.fiscal_year - filling.YEARS)
    untouched = filling.untouched_of(one for found in own.values() for one in found)
    by_definition: dict[int, list[Offer]] = {}
    for row in rows:
        found = own.get((row.definition.code, row.fiscal_year), [])
        by_definition.setdefault(row.definition_id, []).append(offer_of(row, found, untouched))
    return [
        Offered(one, tuple(by_definition[one.definition_id]))
        for one in followed
        if one.definition_id in by_definition
    ]


def offer_of(row: PublishedValue, own: list[Measurement], untouched: Container[int]) -> Offer:
    same = next((one for one in own if one.source == row.dataset.title), None)
    return Offer(
        row,
        is_taken=same is not None,
        own=tuple(
            f"{text_of(one, row.definition)}（{THIS if one is same else one.source}）"
            for one in own
        ),
        is_filled=same is not None and same.pk in untouched,
    )


def own_values(
    followed: list[Indicator], *, since: int
) -> dict[tuple[str, int], list[Measurement]]:
    rows = Measurement.objects.filter(
        code__in=[one.code for one in followed], fiscal_year__gt=since
    )
    found: dict[tuple[str, int], list[Measurement]] = {}
    for row in rows.order_by("source", "key"):
        found.setdefault((row.code, row.fiscal_year), []).append(row)
    return found
