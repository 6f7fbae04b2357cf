"""What waits at an officer's desk, by name for the foundation's home: from published copies alone."""

from collections import Counter

from municipalities.desks import DeskKind, register
from reports.choices import ReportStatus
from reports.models import Progress

NOT_ACCEPTED = (ReportStatus.SUBMITTED, ReportStatus.REVISIT, ReportStatus.ADVISED)


def waiting(user, codes):
    """Return how many submitted reports of each prefecture are not yet accepted."""
    rows = Progress.objects.filter(
        municipality__prefecture__code__in=codes,
        status__in=NOT_ACCEPTED,
        submitted_on__isnull=False,
    )
    numbers = Counter(rows.values_list("municipality__prefecture__code", flat=True))
    return {code: [f"受理していない報告書 {number}件"] for code, number in numbers.items()}


register(DeskKind.PREFECTURE, waiting)
