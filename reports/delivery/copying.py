"""The job that makes the PDF of the prefecture's copy and hands it on to the prefecture's recipients."""

from django.conf import settings

from municipalities.kernel import files, jobs
from municipalities.models import Publication
from reports.choices import DeliveryState, RecipientPart
from reports.delivery import posting
from reports.models import Delivery, ProgressReport
from reports.numbers import ReportNumber
from reports.paper.rendering.client import RenderFailed
from reports.paper.report.sheet import make_pdf
from reports.submission.showing import publishing

FOLDER = "publications"


def handle(running):
    """Make the copy's PDF once, whatever dies: a second attempt finds the file of the first and stops."""
    copy = Publication.objects.get(pk=running.arguments["publication"])
    if copy.pdf:
        with running.finishing():
            return
    try:
        pdf = make_pdf(publishing.review_of(copy))
    except RenderFailed as reason:
        if not reason.is_final:
            raise
        raise jobs.GiveUp(str(reason)) from reason
    keep(running, copy, pdf)


def keep(running, copy, pdf):
    """File first under a name of its own, then its place in the row, the mails and the job's end."""
    file = files.kept(
        settings.MEDIA_ROOT / FOLDER,
        f"{copy.number}-{copy.version}-{copy.sha256[:12]}",
        attempt=running.attempt,
        suffix=".pdf",
        data=pdf.content,
    )
    with file as path, running.finishing():
        filled = Publication.objects.filter(pk=copy.pk, pdf="").update(
            pdf=str(path.relative_to(settings.MEDIA_ROOT)),
            pdf_sha256=pdf.sha256,
            pdf_pages=pdf.pages,
            pdf_size=len(pdf.content),
        )
        if not filled:
            raise jobs.LostLease
        posting.post(deliveries(copy), municipality=running.municipality, by=running.actor)


def deliveries(copy):
    """Return the deliveries of a copy's version to the prefecture."""
    report = ProgressReport.objects.numbered(ReportNumber.parse(copy.number)).get()
    of_version = Delivery.objects.filter(report=report, snapshot__version=copy.version)
    return of_version.filter(part=RecipientPart.PREFECTURE).select_related("recipient")


def failed(running, reason):
    """Say on the deliveries that wait for the copy why they will not go out."""
    copy = Publication.objects.get(pk=running.arguments["publication"])
    waiting = deliveries(copy).filter(state=DeliveryState.QUEUED)
    Delivery.objects.filter(pk__in=[one.pk for one in waiting]).update(
        state=DeliveryState.FAILED, reason=f"写しのPDFを作れませんでした：{reason}"[:300]
    )
