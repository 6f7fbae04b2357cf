"""The mail that tells of a correction to whoever received the version that it corrects."""

from django.conf import settings
from django.template.loader import render_to_string

from municipalities.kernel import mail
from reports.choices import RecipientPart
from reports.delivery import rights
from reports.models import Delivery, Erratum

NO_LONGER = "宛先の方が報告書を読めなくなったため、送信していません。"


def compose(outgoing):
    """Write the letter. Raises mail.Withhold when the recipient may no longer read the report."""
    erratum = Erratum.objects.select_related(
        "snapshot__report", "report__cycle__municipality__prefecture"
    ).get(pk=outgoing.reference)
    report, place = erratum.report, erratum.report.cycle.municipality
    delivery = Delivery.objects.get(snapshot=erratum.snapshot_id, recipient=outgoing.recipient)
    if not rights.may_receive(outgoing.recipient, delivery.part, place):
        raise mail.Withhold(NO_LONGER)
    context = {
        "erratum": erratum,
        # The prefecture has a copy after the rules of disclosure: the raw words are not for it.
        "is_told": delivery.part != RecipientPart.PREFECTURE,
        "report": report,
        "place": place,
        "link": _link(report, delivery.part),
    }
    subject = f"【{place}】{report.cycle.label} {report.title}の正誤（受付番号 {report.number}）"
    return mail.Letter(subject, render_to_string("reports/mail/erratum.txt", context))


def _link(report, part):
    """Return where this recipient reads the report, if links are offered."""
    pages = {
        RecipientPart.ADVISER: report.review_url,
        RecipientPart.SUPERIOR: report.get_absolute_url,
    }
    page = pages.get(RecipientPart(part))
    return f"{settings.BASE_URL}{page()}" if settings.BASE_URL and page else ""


def settled(outgoing):
    """Nothing hangs on this mail: the correction stands beside the report itself."""
