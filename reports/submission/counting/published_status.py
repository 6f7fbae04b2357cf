"""Where a report stands, as it is known outside the municipality: the row of Progress, without any text.

The row speaks of the version that is out; a new one in the making is the municipality's own affair.
"""

from django.utils import timezone

from municipalities.models import Change
from reports.models import Progress
from reports.submission.counting import progress

ACCEPTING = "accept"


def publish_status(report, **values):
    """Write the report's status and dates, in the transaction of the deed that changed them.

    `values` are columns of Progress that the deed knows better; an acceptance is dropped unless told. The
    counts of the year go with it, so that both agree.
    """
    Progress.objects.update_or_create(
        municipality=report.cycle.municipality,
        fiscal_year=report.cycle.fiscal_year,
        kind=report.kind,
        serial=report.serial,
        defaults={
            "status": report.status,
            "submitted_on": timezone.localdate(report.submitted_at),
            "accepted_on": None,
        }
        | values,
    )
    progress.publish(report.cycle)


def of(report):
    """Return the row of a report, or None before its first submission."""
    return Progress.objects.filter(
        municipality=report.cycle.municipality,
        fiscal_year=report.cycle.fiscal_year,
        kind=report.kind,
        serial=report.serial,
    ).first()


def last_acceptance(report):
    """Return the Change by which the report was accepted last, or None."""
    return Change.objects.of(report).filter(deed=ACCEPTING).first()
