"""Opening a municipality's year: the cycle, and the five steps of the support prepared."""

from django.db import transaction

from municipalities.kernel import changes
from municipalities.models import Cycle
from reports.choices import FIVE_STEPS
from reports.models import SupportStep


def open_year(fiscal_year, *, by):
    """Return the year's cycle within the current municipality, made with its five empty steps.

    Opening an open year changes nothing.
    """
    with transaction.atomic():
        cycle, is_new = Cycle.objects.get_or_create(fiscal_year=fiscal_year)
        if is_new:
            for position, kind in enumerate(FIVE_STEPS, start=1):
                step = SupportStep(
                    cycle=cycle, key=kind.replace("_", "-"), kind=kind, position=position
                )
                changes.create_versioned(step, by=by)
    return cycle
