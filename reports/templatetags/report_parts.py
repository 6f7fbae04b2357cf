"""What stands beside a report on its pages: its superiors, its versions, its corrections."""

from django import template
from django.db.models import F

from reports.choices import ApprovalState
from reports.delivery import versions
from reports.models import Erratum
from reports.submission.reworking import reopening
from reports.submission.submitting import approving

register = template.Library()


@register.simple_tag
def returned_approval(report):
    """Return the place of the superior who has sent this draft back, or None."""
    places = approving.of(report) if report.is_open else ()
    return next((one for one in places if one.state == ApprovalState.RETURNED), None)


@register.simple_tag
def last_reopening(report):
    """Return the Change that made a draft of a submitted report, or None when no new version is in the making."""
    return reopening.reopenings(report).first() if reopening.is_reopened(report) else None


@register.simple_tag
def number_of_versions(report):
    """Return how many versions of a report were submitted."""
    return report.snapshots.count()


@register.simple_tag
def versions_of(report):
    """Return the versions of a report, the newest first."""
    return versions.of(report)


@register.simple_tag
def errata_of(report, version):
    """Return the corrections of a report, oldest first, each with its `version_number`; of one version where a page shows one."""
    found = Erratum.objects.filter(report=report).annotate(version_number=F("snapshot__version"))
    if version:
        found = found.filter(snapshot=version)
    return list(found.select_related("written_by").order_by("pk"))
