"""What became of a submitted report, in words: its PDF, its deliveries, what happens next."""

from dataclasses import dataclass

from municipalities.kernel.jobs import Job, JobState
from reports.choices import DeliveryState
from reports.models import Delivery, PdfFile
from reports.submission.submit import MAKE_PDF

SETTLED = {DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.WITHHELD}


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """`pdf` is None until it is made; `job` says how far the making is."""

    pdf: PdfFile | None
    job: Job | None
    deliveries: tuple[Delivery, ...]

    @property
    def pdf_word(self):
        if self.pdf:
            return "作成済み"
        if self.job and self.job.state == JobState.FAILED:
            return "作成できませんでした"
        if self.job and self.job.state == JobState.RUNNING:
            return "作成中"
        return "作成待ち"

    @property
    def is_settled(self):
        """Nothing more will happen by itself: the page may stop asking."""
        if self.job and self.job.state == JobState.FAILED:
            return True
        return self.pdf is not None and all(one.state in SETTLED for one in self.deliveries)


def of(report):
    """Return what became of the newest version."""
    newest = report.snapshot
    job = Job.objects.filter(
        kind=MAKE_PDF, municipality=report.municipality_id, arguments__snapshot=newest.pk
    ).first()
    return ReportProgress(
        pdf=PdfFile.objects.filter(snapshot=newest).first(),
        job=job,
        deliveries=tuple(Delivery.objects.filter(snapshot=newest).select_related("recipient")),
    )
