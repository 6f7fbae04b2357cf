"""Published values become the municipality's own: taken over by its people, or filled by the statistic itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from indicators.choices import Finality, ValueState
from indicators.models import Measurement, OwnDefinition
from indicators.models.definitions import PREFECTURE_PREFIX
from municipalities.kernel import changes
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indicators.models import Definition
    from indicators.publishing.withheld import Told
    from municipalities.models import User

# The deed of a value that a statistic has filled by itself.
FILL = "fill"
# What had come by itself has gone with its statistic.
UNFILL = "unfill"
NOT_LAST = ("速報", "概数")


def definitions_here(rows: Iterable[Told]) -> dict[str, Definition | OwnDefinition]:
    """Return by code what the municipality follows in these values: of the prefecture's definitions its own copies.

    One query, and none where all are national.
    """
    told: dict[str, Definition | OwnDefinition] = {
        row.definition.code: row.definition for row in rows
    }
    keys = [code for code in told if code.startswith(PREFECTURE_PREFIX)]
    own = OwnDefinition.objects.filter(key__in=keys) if keys else ()
    return told | {one.key: one for one in own}


def blank(published: Told, here: Mapping[str, Definition | OwnDefinition]) -> Measurement:
    """Return the value with its year and source, yet to be written; `here` of `definitions_here`."""
    row = Measurement(
        key=new_key(published.definition.code),
        fiscal_year=published.fiscal_year,
        state=ValueState.VALUE,
        value=published.value,
        **told_beside(published),
        source=published.dataset.title,
    )
    row.follow(here[published.definition.code])
    return row


def told_beside(published: Told) -> dict[str, Any]:
    """Return what comes with a published value: its parts, how final it is, as of when."""
    return {
        "numerator": published.numerator,
        "denominator": published.denominator,
        "finality": published.finality or finality(published.dataset.title),
        "as_of": published.as_of,
    }


def finality(title: str) -> Finality:
    """Return how final a statistic is, as far as its name says."""
    is_early = any(word in title for word in NOT_LAST)
    return Finality.PRELIMINARY if is_early else Finality.FINAL


def take_over(published: Told, *, by: User) -> Measurement:
    """Write the value with its year and source. Asked twice, by whoever, it is there once."""
    if found := the_same(published):
        return found
    row = blank(published, definitions_here([published]))
    try:
        with transaction.atomic():
            changes.create_versioned(row, by=by)
    except IntegrityError:
        # Somebody pressed the same button a moment before.
        if found := the_same(published):
            return found
        raise
    return row


def the_same(published: Told) -> Measurement | None:
    """Return the municipality's own value of that year and source, if it has one."""
    return Measurement.objects.filter(
        code=published.definition.code,
        fiscal_year=published.fiscal_year,
        source=published.dataset.title,
    ).first()
