"""The one mail that tells an officer of the reports of many towns: a list with links, no paper."""

from dataclasses import dataclass

from django.db import transaction
from django.template.loader import render_to_string

from municipalities.kernel import gathering, mail
from municipalities.tenancy import within
from reports.choices import RecipientPart
from reports.delivery import mailing, papers, rights

DIGEST = "report_digest"


@dataclass(frozen=True, slots=True)
class Line:
    """One report of the list, as the published copy names it."""

    place: str
    year: str
    title: str
    number: str
    link: str


def compose(outgoing):
    """Write the list. What its reader may no longer read leaves it and is withheld by itself."""
    lines = [line for row in gathering.gathered(outgoing) if (line := _line_or_end(row))]
    if not lines:
        raise mail.Withhold(rights.ENDED[RecipientPart.PREFECTURE])
    text = render_to_string("reports/mail/digest.txt", {"lines": lines})
    return mail.Letter(f"【在宅医療・介護連携】市町村の報告書{len(lines)}件の提出のお知らせ", text)


def _line_or_end(row):
    """Return a gathered mail's line, or end it with the reason why it has none."""
    with within(row.municipality):
        try:
            return _line(mailing.delivery_of(row))
        except mail.Withhold as reason:
            with transaction.atomic():
                mail.end(row, state=mail.MailState.WITHHELD, error=str(reason))
    return None


def _line(delivery):
    if reason := rights.refusal(delivery):
        raise mail.Withhold(reason)
    copy = papers.copy_for(delivery)
    cycle = delivery.report.cycle
    place = cycle.municipality
    return Line(
        place=f"{place.prefecture}{place}",
        year=cycle.label,
        title=mailing.title_of(delivery),
        number=copy.number,
        link=mailing.link_for(delivery),
    )
