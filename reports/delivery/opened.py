"""When a recipient first opened what was delivered, noted by the page or PDF that they open."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from municipalities.tenancy import within
from reports.models import Delivery, ProgressReport
from reports.numbers import ReportNumber


def unopened_by(user, *, report="pk"):
    """Return a condition for `annotate`: the user has not opened the newest version delivered to them.

    With it the page that is read again writes nothing. `report` is the column that holds the report.
    """
    return Exists(_unopened(user).filter(report=OuterRef(report)))


def note(report_pk, *, by, is_unopened):
    """Note the first opening by a recipient; of anybody else there is nothing unopened."""
    if is_unopened:
        _unopened(by).filter(report=report_pk).update(opened_at=Now())


def note_copy(publication, *, by):
    """Note that an officer opened the published copy among the prefecture's pages."""
    with within(publication.municipality_id):
        number = ReportNumber.parse(publication.number)
        report = ProgressReport.objects.numbered(number).annotate(is_unopened=unopened_by(by)).get()
        note(report.pk, by=by, is_unopened=report.is_unopened)


def _unopened(user):
    return Delivery.objects.newest().filter(recipient=user, opened_at=None)
