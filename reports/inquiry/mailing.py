"""The mails of a 照会 to the municipalities: that it came, that it changed, and that its due date comes near.

One job writes the mails of all municipalities, so that sending to 179 takes no longer than sending to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from municipalities import dates
from municipalities.access import Permission, may_in, may_in_prefecture
from municipalities.kernel import jobs, mail
from municipalities.models import Cycle, Prefecture
from municipalities.prefecture_tenancy import reading_prefecture
from municipalities.tenancy import within
from reports.choices import ReplyState
from reports.delivery import writers
from reports.inquiry import sheet
from reports.inquiry.questions import Asked, numbered
from reports.models import Inquiry, InquiryReply

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.kernel.mail import OutgoingMail
    from municipalities.models import User

JOB = "inquiry_mails"
SENT, CHANGED, REMINDED = "inquiry_sent", "inquiry_changed", "inquiry_reminded"
SUBJECTS = {
    SENT: "県からの照会",
    CHANGED: "照会のお知らせ（期限・内容の補足）",
    REMINDED: "照会の回答をお願いします",
}
LABELS = {SENT: "照会の送付", CHANGED: "照会の変更のお知らせ", REMINDED: "照会の期限のお知らせ"}
WRITER_LEFT = "宛先の方がこの自治体の内容を書けなくなったため、送信していません。"
NOT_OPEN = "照会が締め切られているため、送信していません。"
HAS_ANSWERED = "すでに回答しているため、送信していません。"
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True, slots=True)
class Told:
    """What a mail tells of: one 照会 and the state of one municipality."""

    inquiry: Inquiry
    asked: tuple[Asked, ...]
    reply: InquiryReply


def ring(kind: str, inquiry: Inquiry, *, by: User | None, day: dt.date | None = None) -> None:
    """Have the mails of a kind written, in the caller's transaction.

    They go to all municipalities, with a `day` to those that are reminded on it.
    """
    jobs.enqueue(
        JOB,
        municipality=None,
        actor=by,
        prefecture=inquiry.prefecture_id,
        inquiry=inquiry.key,
        tells=kind,
        day=str(day or ""),
    )


def handle(running: jobs.Running) -> None:
    """Write one mail for each person who answers for an asked municipality."""
    told = running.arguments
    prefecture = Prefecture.objects.get(pk=told["prefecture"])
    actor = running.actor
    if actor and not may_in_prefecture(actor, Permission.MANAGE_PREFECTURE, prefecture):
        raise jobs.GiveUp(jobs.RIGHT_ENDED)
    rows = InquiryReply.objects.filter(
        municipality__prefecture=prefecture, inquiry=told["inquiry"]
    ).select_related("municipality")
    if told["day"]:
        rows = rows.filter(reminded_on=told["day"]).exclude(state=ReplyState.ANSWERED)
    replies = list(rows)
    people = writers.of({row.municipality.code for row in replies})
    with running.finishing():
        for row in replies:
            for person in people.get(row.municipality.code, ()):
                mail.post(
                    told["tells"],
                    municipality=row.municipality,
                    recipient=person,
                    reference=row.pk,
                    by=actor,
                )


def compose(outgoing: OutgoingMail) -> mail.Letter:
    """Tell a municipality of the 照会, with the workbook to fill in. Raises mail.Withhold."""
    told = _told(outgoing)
    place = told.reply.municipality
    context = {
        "inquiry": told.inquiry,
        "place": place,
        "due": dates.in_both(told.inquiry.due_on),
        "number": len(told.asked),
        "kind": outgoing.kind,
        "link": _link(told),
        "has_form": place.attaches_reports,
    }
    text = render_to_string("reports/mail/inquiry.txt", context)
    subject = f"【{place}】{SUBJECTS[outgoing.kind]}：{told.inquiry.title}"
    return mail.Letter(subject, text, _attached(told) if place.attaches_reports else ())


def _told(outgoing: OutgoingMail) -> Told:
    rows = InquiryReply.objects.select_related("municipality__prefecture")
    reply = rows.get(pk=outgoing.reference)
    place = reply.municipality
    if not may_in(outgoing.recipient, Permission.EDIT_PLAN, place):
        raise mail.Withhold(WRITER_LEFT)
    with reading_prefecture(place.prefecture_id):
        inquiry = Inquiry.objects.get(key=reply.inquiry)
        asked = numbered(inquiry.questions.all())
    if not inquiry.is_open:
        raise mail.Withhold(NOT_OPEN)
    if outgoing.kind == REMINDED and reply.state == ReplyState.ANSWERED:
        raise mail.Withhold(HAS_ANSWERED)
    return Told(inquiry, asked, reply)


def _link(told: Told) -> str:
    """Return where it is answered; nothing where the municipality has no such year here."""
    place = told.reply.municipality
    with within(place):
        cycle = Cycle.objects.filter(fiscal_year=told.inquiry.fiscal_year).first()
    if cycle is None or not settings.BASE_URL:
        return ""
    cycle.municipality = place
    return f"{settings.BASE_URL}{cycle.url('reports:inquiry', told.inquiry.key)}"


def _attached(told: Told) -> tuple[tuple[str, bytes, str], ...]:
    place = told.reply.municipality
    content = sheet.make(told.inquiry, told.asked, place, {}, day=_day_of(told.inquiry))
    return ((f"回答票_{place}.xlsx", content, "/".join(XLSX)),)


def _day_of(inquiry: Inquiry) -> dt.date:
    return timezone.localdate(inquiry.sent_at)


def settled(outgoing: OutgoingMail) -> None:
    """Nothing hangs on these mails: the page of the 照会 says the same."""
