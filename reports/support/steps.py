"""The steps of a year's support: putting in the five of the form."""

from django.db import transaction

from municipalities.kernel import changes
from municipalities.models import Cycle
from reports.choices import FIVE_STEPS
from reports.models import SupportStep


def missing(steps):
    """Return the kinds of the form's five steps that the year has not."""
    there = {step.kind for step in steps}
    return [kind for kind in FIVE_STEPS if kind not in there]


def prepare(cycle, *, by):
    """Put in what the year has not of the five steps; return how many that were.

    The year is locked meanwhile: two people who press at once make five steps together.
    """
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        kinds = missing(SupportStep.objects.filter(cycle=cycle))
        for kind in kinds:
            step = SupportStep(
                cycle=cycle,
                key=kind.replace("_", "-"),
                kind=kind,
                position=FIVE_STEPS.index(kind) + 1,
            )
            changes.create_versioned(step, by=by)
    return len(kinds)
