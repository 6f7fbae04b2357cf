"""採用した値: of several sources of a year, the one that the municipality stands by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from indicators.models import Measurement
from municipalities.kernel import changes

if TYPE_CHECKING:
    from municipalities.models import User


def choose(value: Measurement, *, is_official: bool, by: User) -> None:
    """Call a value official and its rivals of the year no more, or take the word back. A command: it never conflicts."""
    with transaction.atomic():
        rivals = Measurement.objects.filter(code=value.code, fiscal_year=value.fiscal_year)
        for row in rivals.select_for_update().order_by("pk"):
            is_chosen = is_official and row.pk == value.pk
            # Taking the word back from one says nothing of the others.
            if row.is_official != is_chosen and (is_official or row.pk == value.pk):
                mark(row, is_official=is_chosen, by=by)


def mark(row: Measurement, *, is_official: bool, by: User) -> None:
    version, row.is_official = row.version, is_official
    changes.save_versioned(row, by=by, expected_version=version, fields=("is_official",))
