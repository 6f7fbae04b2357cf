"""Taking a published value over as the municipality's own: the officer has looked at it and says yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from indicators.choices import ValueState
from indicators.models import Measurement
from municipalities.kernel import changes
from municipalities.keys import new_key

if TYPE_CHECKING:
    from indicators.models import PublishedValue
    from municipalities.models import User


def take_over(published: PublishedValue, *, by: User) -> Measurement:
    """Write the value with its year and source. Asked twice, by whoever, it is there once."""
    if found := the_same(published):
        return found
    row = Measurement(
        key=new_key(published.definition.code),
        fiscal_year=published.fiscal_year,
        state=ValueState.VALUE,
        value=published.value,
        source=published.dataset.title,
    )
    row.follow(published.definition)
    try:
        with transaction.atomic():
            changes.create_versioned(row, by=by)
    except IntegrityError:
        # Somebody pressed the same button a moment before.
        if found := the_same(published):
            return found
        raise
    return row


def the_same(published: PublishedValue) -> Measurement | None:
    """Return the municipality's own value of that year and source, if it has one."""
    return Measurement.objects.filter(
        code=published.definition.code,
        fiscal_year=published.fiscal_year,
        source=published.dataset.title,
    ).first()
