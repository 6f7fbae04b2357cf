"""The tables of reports, by subject."""

from reports.models.approvals import Approval
from reports.models.calendar import LetterRound, ReminderRule, YearDate
from reports.models.carrying import Carried
from reports.models.closing import CouncilQuestion, SupportFeedback
from reports.models.deliveries import Delivery, PdfFile
from reports.models.errata import Erratum
from reports.models.findings import FindingCount, Waiver
from reports.models.grants import GrantAnswer, GrantItem
from reports.models.handover import HandoverNote, IndicatorHandover
from reports.models.inquiries import (
    Inquiry,
    InquiryAnswer,
    InquiryQuestion,
    InquiryReply,
    InquiryReplyLine,
)
from reports.models.practices import Practice, PublishedPractice
from reports.models.prepared import PreparedFile
from reports.models.progress import (
    AcceptanceRule,
    DueDate,
    OfficerEntry,
    PhaseProgress,
    Progress,
    StepProgress,
    YearProgress,
)
from reports.models.reviews import (
    Comment,
    CommentReply,
    Decision,
    OpenedSection,
    ReviewLook,
)
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
from reports.models.support_log import SupportRecord

__all__ = [
    "AcceptanceRule",
    "AdviceItem",
    "Approval",
    "Carried",
    "Comment",
    "CommentReply",
    "CouncilQuestion",
    "Decision",
    "Delivery",
    "DueDate",
    "Erratum",
    "FindingCount",
    "GrantAnswer",
    "GrantItem",
    "HandoverNote",
    "IndicatorHandover",
    "Inquiry",
    "InquiryAnswer",
    "InquiryQuestion",
    "InquiryReply",
    "InquiryReplyLine",
    "LetterRound",
    "OfficerEntry",
    "OpenedSection",
    "PdfFile",
    "PhaseProgress",
    "Practice",
    "PreparedFile",
    "Progress",
    "ProgressReport",
    "PublishedPractice",
    "Recipient",
    "ReminderRule",
    "ReportText",
    "ReviewLook",
    "SectionMark",
    "Snapshot",
    "StepProgress",
    "SupportEffect",
    "SupportFeedback",
    "SupportIssue",
    "SupportMember",
    "SupportOutlook",
    "SupportRecord",
    "SupportRound",
    "SupportStep",
    "SupportTask",
    "Waiver",
    "YearDate",
    "YearProgress",
]
