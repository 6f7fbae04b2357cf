"""Taking definitions into a year: each becomes one indicator at the end of the list, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from indicators.models import Indicator
from municipalities.kernel import changes
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import Cycle, User


def adopt(cycle: Cycle, definitions: Iterable[Any], *, by: User) -> list[Indicator]:
    """Follow these definitions in the year; return the new indicators. Those that are there stay."""
    with transaction.atomic():
        rows = Indicator.objects.filter(cycle=cycle)
        present, keys = (
            set(rows.values_list("code", flat=True)),
            set(rows.values_list("key", flat=True)),
        )
        last = rows.aggregate(last=Max("position"))["last"] or 0
        wanted = [one for one in definitions if one.code not in present]
        return [
            indicator
            for number, definition in enumerate(wanted, start=last + 1)
            if (indicator := follow(cycle, definition, taken=keys, position=number, by=by))
        ]


def follow(
    cycle: Cycle, definition: Any, *, taken: set[str], position: int, by: User
) -> Indicator | None:
    """Return the new indicator; None when somebody has added it at this moment."""
    key = definition.code if definition.code not in taken else new_key("indicator")
    indicator = Indicator(cycle=cycle, key=key, position=position)
    indicator.follow(definition)
    try:
        with transaction.atomic():
            changes.create_versioned(indicator, by=by)
    except IntegrityError:
        return None
    return indicator
