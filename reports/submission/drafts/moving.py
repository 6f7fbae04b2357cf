"""How a report moves on between its people: a conditional UPDATE and the one Change that tells of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from municipalities.kernel import changes
from reports.models import ProgressReport

OVERTAKEN = "この報告書は、ほかの人が先に操作しています。いまの状態を確かめてから、もう一度操作してください。"


class Overtaken(ValidationError):
    """Somebody moved the report, or what hangs on it, since it was read; nothing was written."""

    def __init__(self, message=OVERTAKEN):
        super().__init__(message, code="overtaken")


def move(report, values, *, by, deed, told=None):
    """Write columns of a report as it was read, or raise Overtaken; record it under the deed.

    `told` is what the Change keeps beside the columns: a reason, a comment. Of two deeds that meet,
    one finds another version and writes nothing, so a status looked at in Python is safe to act on.
    """
    before, now = changes.values_of(report, values), timezone.now()
    with transaction.atomic():
        moved = ProgressReport.objects.filter(pk=report.pk, version=report.version).update(
            **values, version=F("version") + 1, updated_at=now, updated_by=by
        )
        if not moved:
            raise Overtaken
        for name, value in values.items():
            setattr(report, name, value)
        report.version, report.updated_at, report.updated_by = report.version + 1, now, by
        after = changes.values_of(report, values) | (told or {})
        changes.record(report, by=by, deed=deed, before=before, after=after, version=report.version)
    return report
