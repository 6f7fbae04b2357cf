"""Opening a municipality's year: the cycle, the five steps of the support prepared, its published counts."""

from django.db import transaction

from municipalities.models import Cycle
from reports.submission.counting import progress
from reports.support import steps


def open_year(fiscal_year, *, by):
    """Return the year's cycle within the current municipality, made with its five empty steps.

    Opening an open year changes nothing.
    """
    with transaction.atomic():
        cycle, is_new = Cycle.objects.get_or_create(fiscal_year=fiscal_year)
        if is_new:
            steps.prepare(cycle, by=by)
            progress.publish(cycle)
    return cycle
