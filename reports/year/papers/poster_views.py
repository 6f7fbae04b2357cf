"""The poster of a survey that is asked, drawn now and kept nowhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.delivery.office import named
from reports.paper.asking.poster import make_poster
from reports.paper.rendering.client import RenderFailed
from surveys.rounds import door_address
from surveys.rounds.door_address import Door
from surveys.rounds.round_rows import the_round

# Nobody is to be led to a page that takes no answer.
NO_POSTER = {
    Door.DRAFT: "受付を始めてから、ポスターを作ってください。",
    Door.EMPTIED: "回答を消した調査のポスターは作れません。",
    Door.NO_NETWORK: "公開用のアドレスが設定されていないため、ポスターを作れません。",
    Door.LOST: "回答の画面のアドレスを作れないため、ポスターを作れません。受付をいちど終了して、再開してください。",
    Door.CLOSED: "受付を終了した調査のポスターは作れません。受付を再開すると作れます。",
    Door.PAST: "締切日を過ぎているため、ポスターを作れません。締切日を直すと作れます。",
}


@require_safe
@requires(Permission.VIEW_PLAN)
def survey_poster(request, round_key):
    row = the_round(request, round_key)
    if trouble := NO_POSTER.get(door_address.standing(row, today=timezone.localdate())):
        messages.error(request, trouble)
        return redirect(row.page)
    address = door_address.of(row)
    try:
        pdf = make_poster(row, address=address, code=door_address.code_of(address))
    except RenderFailed as failure:
        messages.error(request, failure.reason)
        return redirect(row.page)
    name = named(f"{request.municipality.code}-poster.pdf", f"ポスター_{row.title[:40]}.pdf")
    headers = {"Content-Disposition": name, "Cache-Control": "no-store, private"}
    return HttpResponse(pdf.content, content_type="application/pdf", headers=headers)
