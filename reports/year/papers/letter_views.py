"""The letters of a round to the offices that have no mail address, drawn now and kept nowhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.delivery.office import named
from reports.paper.asking.letter import Letter, make_letters
from reports.paper.rendering.client import RenderFailed
from surveys.invitees import inviting
from surveys.rounds import door_address
from surveys.rounds.door_address import Door
from surveys.rounds.round_rows import the_round

NOT_NOW = (
    "いまは回答を受け付けていないため、依頼状を作れません。受付を始めてから作ってください"
    "（締切日を過ぎたときは、締切日を直します）。"
)
NOBODY = "メールアドレスがなく、まだ回答のない依頼先はありません。"


@require_safe
@requires(Permission.EDIT_PLAN)
def survey_letters(request, round_key):
    """The letters to some fifty offices; `part` says which, counted from 1."""
    row = the_round(request, round_key)
    back = request.cycle.url("surveys:invitee_list", row.key)
    today = timezone.localdate()
    if door_address.standing(row, today=today) not in {Door.OPEN, Door.BEFORE}:
        return refused(request, NOT_NOW, back)
    letters = letters_of(inviting.part_on_paper(row, request.GET.get("part", "1")))
    if not letters:
        return refused(request, NOBODY, back)
    try:
        pdf = make_letters(row, letters, written_on=today)
    except RenderFailed as failure:
        return refused(request, failure.reason, back)
    name = named(f"{request.municipality.code}-letters.pdf", f"依頼状_{row.title[:40]}.pdf")
    headers = {"Content-Disposition": name, "Cache-Control": "no-store, private"}
    return HttpResponse(pdf.content, content_type="application/pdf", headers=headers)


def refused(request, why, back):
    messages.error(request, why)
    return redirect(back)


def letters_of(invitees):
    """Return the letters of those whose address can still be told."""
    found = [(one.name, door_address.of_token(one.token)) for one in invitees if one.token]
    return [Letter(name, link, door_address.code_of(link)) for name, link in found if link]
