"""Sending a 照会: who gets it, the mail as it will read, and until when; then the press that sends."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from municipalities.access import Permission, requires
from municipalities.pages.editing import FORM_METHODS
from municipalities.pages.prefecture_pages import inside
from reports.delivery import reach
from reports.inquiry import mailing
from reports.prefecture.inquiries import asking, places
from reports.prefecture.sendings import towns_of

SAID = "{}市町村に送信しました。"


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_send(request, year, draft_key):
    """Show what is about to be sent; send it when that is what was looked at."""
    row = places.inquiry(request, year, draft_key)
    if not row.is_draft:
        return places.back(request, row, asking.ALREADY)
    if request.method != "POST":
        return check(request, row)
    mark = request.POST.get("mark", "")
    try:
        towns = asking.send(row, request.scope.prefecture, mark=mark, by=request.user)
    except ValidationError as error:
        is_stale = getattr(error, "code", "") == asking.STALE
        if is_stale:
            messages.warning(request, error.message)
        # The row may have moved since it was read: what is shown is what stands there now.
        now = places.inquiry(request, year, draft_key)
        return check(request, now, status=409 if is_stale else 422)
    said = SAID.format(len(towns)) + reach.of(towns).told(places.SEND_FORMS)
    return places.back(request, row, said, look=messages.success)


def check(request, row, status=200):
    """Show recipients, mail and due date of a draft, or what keeps it from being sent."""
    prefecture, asked = request.scope.prefecture, places.asked_of(row)
    towns = towns_of(row, prefecture)
    reached = reach.of(towns)
    waiting = asking.not_begun(row, towns)
    first = towns[0] if towns else None
    context = {
        "prefecture": prefecture,
        "year": row.fiscal_year,
        "inquiry": row,
        "asked": asked,
        "towns": [(town, reached.people.get(town.code, 0)) for town in towns],
        "without": len(reached.by_hand),
        "not_begun": [town for town in waiting if town.code in reached.people],
        "troubles": list(asking.troubles(row, towns, len(asked))),
        "mark": asking.mark_of(row),
        "mail_of": first,
        "mail": mailing.preview(row, asked, first, has_year=first not in waiting)
        if first
        else None,
    }
    return render(request, "reports/prefecture/inquiries/send.html", context, status=status)
