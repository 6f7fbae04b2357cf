"""The job that makes the one PDF of a submitted report and hands it on for delivery."""

from django.conf import settings
from django.utils import timezone

from municipalities.kernel import files, jobs
from reports.choices import RecipientPart
from reports.delivery import posting
from reports.document import snapshot
from reports.models import Delivery, PdfFile, Snapshot
from reports.paper.rendering.client import RenderFailed
from reports.paper.report.sheet import make_pdf


def handle(running):
    """Make the PDF once, whatever dies: a second attempt finds the file of the first and stops."""
    frozen = Snapshot.objects.select_related("report__submitted_by").get(
        pk=running.arguments["snapshot"]
    )
    if PdfFile.objects.filter(snapshot=frozen).exists():
        with running.finishing():
            return
    try:
        pdf = make_pdf(snapshot.review_of(frozen))
    except RenderFailed as reason:
        if not reason.is_final:
            raise
        raise jobs.GiveUp(str(reason)) from reason
    keep(running, frozen, pdf)


def keep(running, frozen, pdf):
    """File first under a name of its own, then its row, the deliveries' mails and the job's end."""
    file = files.kept(
        settings.MEDIA_ROOT / "reports",
        f"{frozen.report.number}-{frozen.sha256[:12]}",
        attempt=running.attempt,
        suffix=".pdf",
        data=pdf.content,
    )
    with file as path, running.finishing():
        PdfFile.objects.create(
            snapshot=frozen,
            file=str(path.relative_to(settings.MEDIA_ROOT)),
            sha256=pdf.sha256,
            pages=pdf.pages,
            size=len(pdf.content),
            made_at=timezone.now(),
        )
        # The prefecture's wait for the PDF of their own copy.
        deliveries = Delivery.objects.filter(snapshot=frozen).exclude(part=RecipientPart.PREFECTURE)
        posting.post(
            deliveries.select_related("recipient"),
            municipality=running.municipality,
            by=running.actor,
        )
