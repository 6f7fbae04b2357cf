"""The mail that brings a report to an adviser: composed at the last moment, inside the fence."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from municipalities import dates
from municipalities.kernel import mail
from reports.choices import DeliveryState
from reports.models import Delivery
from reports.submission.recipients import may_receive

MAIL = "report"
# Municipal mail gateways refuse more; a bigger report is read behind the login.
LARGEST_ATTACHMENT = 10 * 1024 * 1024
STATES = {
    mail.MailState.SENT: DeliveryState.SENT,
    mail.MailState.FAILED: DeliveryState.FAILED,
    mail.MailState.WITHHELD: DeliveryState.WITHHELD,
}


def compose(outgoing):
    """Write the letter. Raises mail.Withhold when the recipient may no longer read it."""
    delivery = Delivery.objects.select_related(
        "report__cycle__municipality__prefecture", "snapshot__pdf", "recipient"
    ).get(pk=outgoing.reference)
    report = delivery.report
    place = report.cycle.municipality
    if not may_receive(delivery.recipient, place, delivery.part):
        raise mail.Withhold("アドバイザーの任期が終わったため、送信していません。")
    if not delivery.recipient.email:
        raise mail.Withhold("宛先のメールアドレスが登録されていません。")
    pdf = delivery.snapshot.pdf
    attached = settings.ATTACH_REPORTS and pdf.size <= LARGEST_ATTACHMENT
    link = f"{settings.BASE_URL}{report.review_url()}" if settings.BASE_URL else ""
    context = {
        "report": report,
        "place": place,
        "submitted_on": dates.in_wareki(timezone.localdate(report.submitted_at)),
        "attached": attached,
        "link": link,
        "pdf": pdf,
    }
    subject = f"【{place}】{report.cycle.label} {report.title}（受付番号 {report.number}）"
    text = render_to_string("reports/mail/report.txt", context)
    return mail.Letter(subject, text, (attachment(report, pdf),) if attached else ())


def attachment(report, pdf):
    """Return name, bytes and type. The name is ASCII: gateways mangle others."""
    with pdf.file.open("rb") as file:
        return (f"{report.number}.pdf", file.read(), "application/pdf")


def settled(outgoing):
    """Note on the delivery how its mail ended, in the same transaction."""
    Delivery.objects.filter(pk=outgoing.reference).update(
        state=STATES[outgoing.state],
        sent_at=outgoing.sent_at,
        maybe_twice=outgoing.maybe_twice,
        reason=outgoing.error,
    )
