"""What became of a submitted report, in words: its PDF, its deliveries, what happens next."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from municipalities.kernel import mail
from municipalities.kernel.jobs import Job, JobState
from municipalities.models import OutgoingMail
from reports.choices import DeliveryState
from reports.delivery import mailing, posting
from reports.models import Delivery, PdfFile
from reports.submission.submitting.submit import MAKE_PDF

SETTLED = {DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.WITHHELD}
# The page asks again so often, in seconds: while something is under way, and while it waits.
SOON, LATER = 2, 30
NEARLY_DUE = dt.timedelta(seconds=30)
# What only a better address of the recipient mends.
OF_THE_ADDRESS = frozenset({mail.ADDRESS_REFUSED, mail.ADDRESS_MISSING})


@dataclass(frozen=True, slots=True)
class Sending:
    """One delivery: `waits_for` says why it has not gone out yet, `next_at` when it will be tried."""

    delivery: Delivery
    may_resend: bool
    waits_for: str = ""
    next_at: dt.datetime | None = None

    @property
    def is_settled(self):
        return self.delivery.state in SETTLED

    @property
    def look(self):
        """The look of its tag."""
        if self.delivery.state == DeliveryState.SENT:
            return "success"
        return "doing" if self.delivery.state == DeliveryState.QUEUED else "warning"

    @property
    def is_of_the_address(self):
        return (
            self.delivery.state == DeliveryState.FAILED and self.delivery.reason in OF_THE_ADDRESS
        )

    @property
    def is_under_way(self):
        """Something will happen by itself within moments."""
        if self.is_settled:
            return False
        return self.next_at is None or self.next_at - timezone.now() < NEARLY_DUE


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """`pdf` is None until it is made; `job` says how far the making is."""

    pdf: PdfFile | None
    job: Job | None
    deliveries: tuple[Sending, ...]

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
        return self.pdf is not None and all(one.is_settled for one in self.deliveries)

    @property
    def asks_every(self):
        """After how many seconds the page asks again."""
        is_soon = self.pdf is None or any(one.is_under_way for one in self.deliveries)
        return SOON if is_soon else LATER


def of(report):
    """Return what became of the newest version."""
    newest = report.snapshot
    job = Job.objects.filter(
        kind=MAKE_PDF, municipality=report.municipality_id, arguments__snapshot=newest.pk
    ).first()
    return ReportProgress(
        pdf=PdfFile.objects.filter(snapshot=newest).first(),
        job=job,
        deliveries=tuple(sendings(Delivery.objects.filter(snapshot=newest))),
    )


def sendings(deliveries):
    """Return each delivery with what is still to happen to it, in the same few queries for any number."""
    rows = list(deliveries.select_related("recipient", "report__cycle__municipality__prefecture"))
    waiting = _waiting(one for one in rows if one.state == DeliveryState.QUEUED)
    return [Sending(one, posting.may_resend(one), *waiting.get(one.pk, ("", None))) for one in rows]


def _waiting(deliveries):
    """Return by delivery why its mail waits, and until when."""
    queued = list(deliveries)
    if not queued:
        return {}
    mails = OutgoingMail.objects.filter(
        kind__in=(mailing.MAIL, mailing.COPY),
        municipality=queued[0].municipality_id,
        reference__in=[one.pk for one in queued],
        state=mail.MailState.QUEUED,
    ).select_related("gathered_by")
    sent_by = {one.reference: one.gathered_by or one for one in mails}
    unfinished = Job.objects.unfinished().filter(
        kind=mail.JOB, arguments__mail__in=[one.pk for one in sent_by.values()]
    )
    jobs = {job.arguments["mail"]: job for job in unfinished}
    return {
        pk: (_reason(one, jobs[one.pk]), jobs[one.pk].next_attempt_at)
        for pk, one in sent_by.items()
        if one.pk in jobs
    }


def _reason(carrying, job):
    """Return why a mail waits: what its last attempt met, or that it takes other reports along."""
    if carrying.takes_more:
        return "短い間に続いたほかの市町村の報告書と、まとめてお知らせします。"
    return carrying.error or job.error


def failed_of(cycle):
    """Return the newest versions' deliveries of a year that failed and wait for a hand."""
    failed = Delivery.objects.filter(report__cycle=cycle, state=DeliveryState.FAILED)
    return sendings(failed.newest())
