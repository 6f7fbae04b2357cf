"""The tables of reports, by subject."""

from reports.models.deliveries import Delivery, PdfFile
from reports.models.progress import Progress
from reports.models.rounds import SupportStep
from reports.models.submissions import ProgressReport, Recipient, Snapshot

__all__ = [
    "Delivery",
    "PdfFile",
    "Progress",
    "ProgressReport",
    "Recipient",
    "Snapshot",
    "SupportStep",
]
