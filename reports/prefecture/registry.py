"""What waits at an officer's desk, from published copies alone; and the files that the worker makes for it."""

from collections import Counter

from municipalities.kernel import jobs
from municipalities.menus.desks import DeskKind, register
from reports.choices import ReportStatus
from reports.models import Progress
from reports.prefecture.prepared import asking, comparing, making, zipping

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

# The right of whoever asked is asked again by the work itself: it belongs to a prefecture.
jobs.register(
    asking.ZIP,
    zipping.handle,
    max_seconds=300,
    failed=making.failed,
    label="報告書のまとめ（ZIP）",
)
jobs.register(
    asking.PAPER,
    comparing.handle,
    max_seconds=280,
    failed=making.failed,
    label="市町村の比較のPDF",
)
