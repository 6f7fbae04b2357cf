"""Which paper a recipient gets: the report's own PDF, or the published copy for the prefecture."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from municipalities.kernel import jobs, mail
from municipalities.models import Job, Publication
from reports.choices import RecipientPart
from reports.models import PdfFile
from reports.submission.showing.publishing import MAKE_COPY

# Municipal mail gateways refuse more; a bigger report is read behind the login.
LARGEST_ATTACHMENT = 10 * 1024 * 1024
NOT_YET = "報告書のPDFができるのを待っています。自動で送りますので、操作は要りません。"
WAIT_SECONDS = 20
NO_COPY = "都道府県に渡す写しが作られていないため、送信していません。運営管理者に知らせてください。"


@dataclass(frozen=True, slots=True)
class Paper:
    """A kept PDF."""

    path: Path
    pages: int
    size: int

    def may_be_attached(self, municipality):
        """Say whether it goes along: the installation, the municipality and its size allow it."""
        allowed = settings.ATTACH_REPORTS and municipality.attaches_reports
        return allowed and self.size <= LARGEST_ATTACHMENT


def paper_for(delivery):
    """Return the paper of a delivery. Raises Withhold where it can never go out, Postpone until it is made."""
    if delivery.part == RecipientPart.PREFECTURE:
        return _of_copy(copy_for(delivery))
    pdf = PdfFile.objects.filter(snapshot=delivery.snapshot_id).first()
    if pdf is None:
        raise jobs.Postpone(NOT_YET, seconds=WAIT_SECONDS)
    return Paper(Path(pdf.file.path), pdf.pages, pdf.size)


def copy_for(delivery):
    """Return the published copy of a delivery's version. Raises Withhold where none was published."""
    number, version = str(delivery.report.number), delivery.snapshot.version
    copy = Publication.objects.filter(number=number, version=version).defer("document").first()
    if copy is None:
        raise mail.Withhold(NO_COPY)
    return copy


def _of_copy(copy):
    if not copy.pdf:
        raise _why_there_is_none(copy)
    return Paper(Path(settings.MEDIA_ROOT) / copy.pdf, copy.pdf_pages, copy.pdf_size)


def _why_there_is_none(copy):
    """Return what to raise: wait for the making of the copy's PDF, or give up as it has."""
    making = Job.objects.filter(kind=MAKE_COPY, arguments__publication=copy.pk).first()
    if making and making.state == jobs.JobState.FAILED:
        return jobs.GiveUp(making.error)
    return jobs.Postpone(NOT_YET, seconds=WAIT_SECONDS)
