"""The poster of a survey that is asked, drawn now and kept nowhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.delivery.office import named
from reports.paper.client import RenderFailed
from reports.paper.poster import make_poster
from surveys.rounds import door_address
from surveys.rounds.round_rows import the_round

NO_ADDRESS = (
    "回答の画面のアドレスがないため、ポスターを作れません。受付を始めてから作ってください。"
)


@require_safe
@requires(Permission.VIEW_PLAN)
def survey_poster(request, round_key):
    row = the_round(request, round_key)
    address = door_address.of(row)
    if not address:
        messages.error(request, NO_ADDRESS)
        return redirect(row.page)
    try:
        pdf = make_poster(row, address=address, code=door_address.code_of(address))
    except RenderFailed as failure:
        messages.error(request, failure.reason)
        return redirect(row.page)
    name = named(f"{request.municipality.code}-poster.pdf", f"ポスター_{row.title[:40]}.pdf")
    headers = {"Content-Disposition": name, "Cache-Control": "no-store, private"}
    return HttpResponse(pdf.content, content_type="application/pdf", headers=headers)
