"""What waits at an adviser's desk, by name for the foundation's home."""

from municipalities.desks import DeskKind, register
from reports.choices import ReportStatus
from reports.review import inbox


def waiting(user, codes):
    """Return how many submitted reports nobody has ended the reading of."""
    heads = [one for one in inbox.heads_for(user) if one.status == ReportStatus.SUBMITTED]
    return {"": [f"お待ちの報告 {len(heads)}件"]} if heads else {}


register(DeskKind.ADVISER, waiting)
