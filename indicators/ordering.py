"""Moving an indicator up and down among those it is shown with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from indicators.models import Indicator
from municipalities.kernel import changes

if TYPE_CHECKING:
    from municipalities.models import Cycle, User


def move(cycle: Cycle, key: str, *, past: str, by: User) -> None:
    """Let two indicators of a year change places in the order that is stored at this moment."""
    with transaction.atomic():
        rows = Indicator.objects.select_for_update().filter(cycle=cycle)
        order = list(rows.order_by("position", "pk"))
        places = {row.key: place for place, row in enumerate(order)}
        if key not in places or past not in places:
            return
        one, other = places[key], places[past]
        order[one], order[other] = order[other], order[one]
        for place, row in enumerate(order, start=1):
            renumber(row, place, by=by)


def renumber(row: Indicator, place: int, *, by: User) -> None:
    if row.position == place:
        return
    row.position = place
    changes.save_versioned(
        row, by=by, expected_version=row.version, fields=("position",), deed="move"
    )
