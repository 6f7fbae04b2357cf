"""The mail that tells a municipality of a questionnaire of its prefecture.

One job writes the mails of all municipalities, so that sending to 179 takes no longer than sending to one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from municipalities.access import Permission, may_in, may_in_prefecture
from municipalities.japanese import dates
from municipalities.kernel import jobs, mail
from municipalities.models import Cycle, Prefecture
from municipalities.prefecture_tenancy import reading_prefecture
from municipalities.tenancy import within
from reports.delivery import writers
from surveys.models import FormReply, PrefectureForm

if TYPE_CHECKING:
    from municipalities.kernel.mail import OutgoingMail
    from municipalities.models import Municipality, User

JOB, MAIL = "prefecture_form_mails", "prefecture_form_sent"
LABEL = "県の調査票の送付"
WRITER_LEFT = "宛先の方がこの自治体の内容を書けなくなったため、送信していません。"
GONE = "県の調査票がなくなったため、送信していません。"


def ring(form: PrefectureForm, *, by: User) -> None:
    """Have the mails written, in the caller's transaction."""
    jobs.enqueue(JOB, municipality=None, actor=by, prefecture=form.prefecture_id, form=form.key)


def handle(running: jobs.Running) -> None:
    """Write one mail for each person who writes for a municipality that was sent it."""
    told, actor = running.arguments, running.actor
    prefecture = Prefecture.objects.get(pk=told["prefecture"])
    if actor and not may_in_prefecture(actor, Permission.MANAGE_PREFECTURE, prefecture):
        raise jobs.GiveUp(jobs.RIGHT_ENDED)
    replies = list(
        FormReply.objects.filter(
            municipality__prefecture=prefecture, form=told["form"]
        ).select_related("municipality")
    )
    people = writers.of({row.municipality.code for row in replies})
    with running.finishing():
        for row in replies:
            for person in people.get(row.municipality.code, ()):
                mail.post(
                    MAIL,
                    municipality=row.municipality,
                    recipient=person,
                    reference=row.pk,
                    by=actor,
                )


def compose(outgoing: OutgoingMail) -> mail.Letter:
    """Tell a municipality that a questionnaire has come. Raises mail.Withhold."""
    rows = FormReply.objects.select_related("municipality__prefecture")
    reply = rows.get(pk=outgoing.reference)
    place = reply.municipality
    if not may_in(outgoing.recipient, Permission.EDIT_PLAN, place):
        raise mail.Withhold(WRITER_LEFT)
    with reading_prefecture(place.prefecture_id):
        form = PrefectureForm.objects.filter(key=reply.form).first()
    if form is None:
        raise mail.Withhold(GONE)
    return letter(form, place, link=_link(form, reply))


def preview(form: PrefectureForm, place: Municipality) -> mail.Letter:
    """Return the mail that a municipality will get of a draft, as it will read."""
    link = reverse("reports:prefecture_form", args=[place.code, form.fiscal_year, form.key])
    return letter(form, place, link=f"{settings.BASE_URL}{link}" if settings.BASE_URL else "")


def letter(form: PrefectureForm, place: Municipality, *, link: str) -> mail.Letter:
    context = {
        "form": form,
        "place": place,
        "due": dates.in_wareki(form.due_on) if form.due_on else "",
        "link": link,
    }
    text = render_to_string("reports/mail/prefecture_form.txt", context)
    return mail.Letter(f"【{place}】{place.prefecture.word}の調査票：{form.title}", text)


def _link(form: PrefectureForm, reply: FormReply) -> str:
    """Return where it is taken over; nothing where the municipality has no such year here."""
    place = reply.municipality
    with within(place):
        cycle = Cycle.objects.filter(fiscal_year=reply.fiscal_year).first()
    if cycle is None or not settings.BASE_URL:
        return ""
    cycle.municipality = place
    return f"{settings.BASE_URL}{cycle.url('reports:prefecture_form', form.key)}"


def settled(outgoing: OutgoingMail) -> None:
    """Nothing hangs on these mails: the page of the questionnaire says the same."""
