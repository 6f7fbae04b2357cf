"""The mail that brings one report to one recipient: composed at the last moment, inside the fence."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from municipalities.choices import Audience
from municipalities.japanese import dates
from municipalities.kernel import mail
from municipalities.rows.rows import ADVISERS_READ
from reports.choices import DeliveryState, RecipientPart
from reports.delivery import papers, rights
from reports.document.publication import FOR_THE_PREFECTURE
from reports.models import Delivery

# To advisers and superiors; a copy goes to the prefecture, and may be gathered with other towns' ones.
MAIL = "report"
COPY = "report_copy"
LETTERS = {
    RecipientPart.ADVISER: "reports/mail/adviser.txt",
    RecipientPart.SUPERIOR: "reports/mail/superior.txt",
    RecipientPart.PREFECTURE: "reports/mail/prefecture.txt",
}
# Of which audience a meeting must be to be named to whoever receives a report.
NAMED_TO = {
    RecipientPart.ADVISER: ADVISERS_READ,
    RecipientPart.SUPERIOR: tuple(Audience),
    RecipientPart.PREFECTURE: FOR_THE_PREFECTURE,
}
STATES = {
    mail.MailState.SENT: DeliveryState.SENT,
    mail.MailState.FAILED: DeliveryState.FAILED,
    mail.MailState.WITHHELD: DeliveryState.WITHHELD,
}


def kind_of(delivery):
    """Return the kind of mail that this delivery is sent by."""
    return COPY if delivery.part == RecipientPart.PREFECTURE else MAIL


def delivery_of(outgoing):
    """Return the delivery of a mail with all that a letter tells of it."""
    return Delivery.objects.select_related(
        "report__cycle__municipality__prefecture",
        "report__step",
        "report__submitted_by",
        "snapshot",
        "recipient",
    ).get(pk=outgoing.reference)


def compose(outgoing):
    """Write the letter. Raises mail.Withhold when the recipient may no longer read the report."""
    delivery = delivery_of(outgoing)
    if reason := rights.refusal(delivery):
        raise mail.Withhold(reason)
    report = delivery.report
    place = report.cycle.municipality
    paper = papers.paper_for(delivery)
    is_attached = paper.may_be_attached(place)
    context = {
        "report": report,
        "place": place,
        "title": title_of(delivery),
        "step": step_of(delivery),
        "submitted_on": dates.in_wareki(timezone.localdate(delivery.snapshot.made_at)),
        "is_new_version": delivery.snapshot.version > 1,
        "attached": is_attached,
        "link": link_for(delivery),
        "pages": paper.pages,
    }
    subject = f"【{place}】{report.cycle.label} {title_of(delivery)}（受付番号 {report.number}）"
    return mail.Letter(
        subject,
        render_to_string(LETTERS[RecipientPart(delivery.part)], context),
        (attachment(report, paper),) if is_attached else (),
        reply_to=report.submitted_by.email if report.submitted_by.is_active else "",
    )


def title_of(delivery):
    """Return 「中間報告書」, from the second version on 「中間報告書（第2版）」."""
    version = delivery.snapshot.version
    return delivery.report.title + (f"（第{version}版）" if version > 1 else "")


def step_of(delivery):
    """Return the step of the report as far as the recipient's paper names it; nothing without one."""
    step = delivery.report.step
    return step.name_for(NAMED_TO[RecipientPart(delivery.part)]) if step else ""


def link_for(delivery):
    """Return where this recipient reads the report behind the login; nothing without BASE_URL."""
    if not settings.BASE_URL:
        return ""
    report = delivery.report
    ways = {
        RecipientPart.ADVISER: report.review_url,
        RecipientPart.SUPERIOR: report.get_absolute_url,
        RecipientPart.PREFECTURE: lambda: copy_url(report),
    }
    return f"{settings.BASE_URL}{ways[RecipientPart(delivery.part)]()}"


def copy_url(report):
    """Return the address of the published copy among the prefecture's pages."""
    number = report.number
    prefecture = report.cycle.municipality.prefecture.code
    return reverse("prefecture:report", args=[prefecture, number.fiscal_year, number])


def attachment(report, paper):
    """Return name, bytes and type. The name is ASCII: gateways mangle others."""
    return (f"{report.number}.pdf", paper.path.read_bytes(), "application/pdf")


def settled(outgoing):
    """Note on the delivery how its mail ended, in the same transaction."""
    sent = {"sent_at": outgoing.sent_at} if outgoing.sent_at else {}
    Delivery.objects.filter(pk=outgoing.reference).update(
        state=STATES[outgoing.state],
        maybe_twice=outgoing.maybe_twice,
        reason=outgoing.error,
        **sent,
    )
