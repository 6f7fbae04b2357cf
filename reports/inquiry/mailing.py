"""The mails of a 照会 to the municipalities: that it came, changed, is due soon, was withdrawn or opened again.

One job writes the mails of all municipalities, so that sending to 179 takes no longer than sending to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from municipalities.access import Permission, may_in, may_in_prefecture
from municipalities.japanese import dates
from municipalities.japanese.prefecture_words import told_of
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
    from municipalities.models import Municipality, User

JOB = "inquiry_mails"
SENT, CHANGED, REMINDED = "inquiry_sent", "inquiry_changed", "inquiry_reminded"
WITHDRAWN, REOPENED = "inquiry_withdrawn", "inquiry_reopened"
SUBJECTS = {
    SENT: "県からの照会",
    CHANGED: "照会のお知らせ（期限・内容の補足）",
    REMINDED: "照会の回答をお願いします",
    WITHDRAWN: "照会の取消し（回答は不要です）",
    REOPENED: "照会の受付の再開",
}
LABELS = {
    SENT: "照会の送付",
    CHANGED: "照会の変更のお知らせ",
    REMINDED: "照会の期限のお知らせ",
    WITHDRAWN: "照会の取消しのお知らせ",
    REOPENED: "照会の受付再開のお知らせ",
}
WRITER_LEFT = "宛先の方がこの自治体の内容を書けなくなったため、送信していません。"
NOT_OPEN = "照会が締め切られたか、取り消されたため、送信していません。"
NOT_WITHDRAWN = "照会が取り消されていないため、送信していません。"
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
    return letter(told, outgoing.kind, link=_link(told))


def preview(
    inquiry: Inquiry, asked: tuple[Asked, ...], place: Municipality, *, has_year: bool
) -> mail.Letter:
    """Return the mail that a municipality will get of a draft, as it will read; without the workbook's bytes.

    `has_year`: the municipality has opened the year of the 照会, and can be led to a page of it.
    """
    told = Told(inquiry, asked, InquiryReply(municipality=place, inquiry=inquiry.key))
    link = reverse("reports:inquiry", args=[place.code, inquiry.fiscal_year, inquiry.key])
    return letter(
        told, SENT, link=f"{settings.BASE_URL}{link}" if settings.BASE_URL and has_year else ""
    )


def letter(told: Told, kind: str, *, link: str) -> mail.Letter:
    """Return the mail of a kind to one municipality; the workbook goes with one that is sent and can be answered."""
    place = told.reply.municipality
    has_form = place.attaches_reports and kind != WITHDRAWN
    context = {
        "inquiry": told.inquiry,
        "place": place,
        "due": dates.in_both(told.inquiry.due_on),
        "number": len(told.asked),
        "kind": kind,
        "link": link,
        "has_form": has_form,
    }
    text = render_to_string("reports/mail/inquiry.txt", context)
    about = told_of(SUBJECTS[kind], place.prefecture.word)
    subject = f"【{place}】{about}：{told.inquiry.title}"
    is_sent = has_form and told.inquiry.sent_at is not None
    return mail.Letter(subject, text, _attached(told) if is_sent else ())


def _told(outgoing: OutgoingMail) -> Told:
    rows = InquiryReply.objects.select_related("municipality__prefecture")
    reply = rows.get(pk=outgoing.reference)
    place = reply.municipality
    if not may_in(outgoing.recipient, Permission.EDIT_PLAN, place):
        raise mail.Withhold(WRITER_LEFT)
    with reading_prefecture(place.prefecture_id):
        inquiry = Inquiry.objects.get(key=reply.inquiry)
        asked = numbered(inquiry.questions.all())
    if outgoing.kind == WITHDRAWN:
        if not inquiry.is_withdrawn:
            raise mail.Withhold(NOT_WITHDRAWN)
    elif not inquiry.is_open:
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
