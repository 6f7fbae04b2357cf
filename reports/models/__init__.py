"""The tables of reports, by subject."""

from reports.models.approvals import Approval
from reports.models.deliveries import Delivery, PdfFile
from reports.models.errata import Erratum
from reports.models.progress import Progress
from reports.models.rounds import (
    AdviceItem,
    SupportMember,
    SupportRound,
    SupportStep,
    SupportTask,
)
from reports.models.sections import (
    ReportText,
    SectionMark,
    SupportEffect,
    SupportIssue,
    SupportOutlook,
)
from reports.models.submissions import ProgressReport, Recipient, Snapshot

__all__ = [
    "AdviceItem",
    "Approval",
    "Delivery",
    "Erratum",
    "PdfFile",
    "Progress",
    "ProgressReport",
    "Recipient",
    "ReportText",
    "SectionMark",
    "Snapshot",
    "SupportEffect",
    "SupportIssue",
    "SupportMember",
    "SupportOutlook",
    "SupportRound",
    "SupportStep",
    "SupportTask",
]
