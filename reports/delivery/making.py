"""The job that makes the one PDF of a submitted report and hands it on for delivery."""

from django.conf import settings
from django.utils import timezone

from municipalities.kernel import files, jobs, mail
from reports.delivery.mailing import MAIL
from reports.document import snapshot
from reports.models import Delivery, PdfFile, ProgressReport
from reports.paper.client import RenderFailed
from reports.paper.sheet import make_pdf


def handle(running):
    """Make the PDF once, whatever dies: a second attempt finds the file of the first and stops."""
    report = ProgressReport.objects.select_related("snapshot", "submitted_by").get(
        pk=running.arguments["report"]
    )
    if PdfFile.objects.filter(snapshot=report.snapshot).exists():
        with running.finishing():
            return
    try:
        pdf = make_pdf(snapshot.review_of(report.snapshot))
    except RenderFailed as reason:
        if not reason.is_final:
            raise
        raise jobs.GiveUp(str(reason)) from reason
    keep(running, report, pdf)


def keep(running, report, pdf):
    """File first under a name of its own, then its row, the deliveries' mails and the job's end."""
    file = files.kept(
        settings.MEDIA_ROOT / "reports",
        f"{report.number}-{report.snapshot.sha256[:12]}",
        attempt=running.attempt,
        suffix=".pdf",
        data=pdf.content,
    )
    with file as path, running.finishing():
        PdfFile.objects.create(
            snapshot=report.snapshot,
            file=str(path.relative_to(settings.MEDIA_ROOT)),
            sha256=pdf.sha256,
            pages=pdf.pages,
            size=len(pdf.content),
            made_at=timezone.now(),
        )
        for delivery in Delivery.objects.filter(report=report).select_related("recipient"):
            mail.post(
                MAIL,
                municipality=running.municipality,
                recipient=delivery.recipient,
                reference=delivery.pk,
                by=running.actor,
            )
