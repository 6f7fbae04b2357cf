"""What statistics have published of a municipality for the indicators that it follows, to be taken over at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.arithmetic import accumulating
from indicators.arithmetic.printing import printed
from indicators.models import Indicator, Measurement, WithheldValue
from indicators.publishing import filling, withheld
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Container

    from indicators.publishing.withheld import Told
    from municipalities.models import Cycle


THIS = "この統計"


@dataclass(frozen=True, slots=True)
class Offer:
    """A published value. `own` is what the municipality has for the same year, from any source.

    `is_filled`: it came by itself and stands as it came.
    """

    published: Told
    is_taken: bool
    own: tuple[str, ...] = ()
    is_filled: bool = False

    @property
    def year(self) -> str:
        return fiscal.label(self.published.fiscal_year)

    @property
    def number(self) -> str:
        """What tells the value from the others of a page."""
        kind = "w" if isinstance(self.published, WithheldValue) else ""
        return f"{kind}{self.published.pk}"

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
    decimals = accumulating.digits(definition, value.value)
    return printed(value.value, state=value.state, unit=definition.unit, decimals=decimals)


def offered(cycle: Cycle) -> list[Offered]:
    """Return the indicators of a year for which something is published, in their order, in five queries."""
    followed = list(
        Indicator.objects.filter(filling.TOLD, cycle=cycle).select_related(
            "definition", "own_definition"
        )
    )
    rows = withheld.told_to(
        cycle.municipality,
        definitions=[one.code for one in followed],
        since=cycle.fiscal_year - filling.YEARS,
        until=cycle.fiscal_year,
    )
    rows.sort(key=lambda one: (-one.fiscal_year, one.dataset.title, one.pk))
    own = own_values(followed, since=cycle.fiscal_year - filling.YEARS)
    untouched = filling.untouched_of(one for found in own.values() for one in found)
    by_code: dict[str, list[Offer]] = {}
    for row in rows:
        found = own.get((row.definition.code, row.fiscal_year), [])
        by_code.setdefault(row.definition.code, []).append(offer_of(row, found, untouched))
    return [Offered(one, tuple(by_code[one.code])) for one in followed if one.code in by_code]


def offer_of(row: Told, own: list[Measurement], untouched: Container[int]) -> Offer:
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
