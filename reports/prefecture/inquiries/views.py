"""照会 of a prefecture: the list of a year, one of them, and writing it."""

from functools import partial

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from municipalities.kernel import changes
from municipalities.pages.editing import FORM_METHODS
from municipalities.pages.prefecture_pages import (
    RemovalPage,
    RowPage,
    add_row,
    delete_row,
    edit_row,
    inside,
    stem_of,
)
from municipalities.rows.keys import new_key
from reports.inquiry import reading
from reports.models import Inquiry
from reports.prefecture.inquiries import handing, places, table
from reports.prefecture.inquiries.forms import InquiryForm
from reports.prefecture.sendings import towns_of
from reports.prefecture.years import years_around

LEAD = "送信するまで、市町村には見えません。質問は、保存したあとの画面で追加します。"
GONE = "作成中の照会を、質問とともに削除します。削除すると元に戻せません。"


def title(request, year, words):
    return f"{request.scope.prefecture}　{fiscal.label(year)}　{words}"


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def inquiries(request, year):
    """A year's 照会, the latest first, with how many have answered."""
    rows, replies = places.KIND.of_year(request.scope, year)
    known = Inquiry.objects.order_by().values_list("fiscal_year", flat=True).distinct()
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "years": years_around(year, known),
        "lines": [table.count(row, replies) for row in rows],
    }
    return render(request, "reports/prefecture/inquiries/list.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def inquiry(request, year, inquiry_key):
    """One 照会: its questions, and where every municipality stands."""
    seen, today = places.seen(request, year, inquiry_key), timezone.localdate()
    row, replies = seen.row, seen.replies
    handed = handing.of(row, replies, only=request.GET.get("only", ""))
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "inquiry": row,
        "asked": places.asked_of(row),
        "towns": towns_of(row, request.scope.prefecture) if row.is_draft else (),
        "lines": [(one, reading.days_late(row, one, today)) for one in handed.shown],
        "handed": handed,
        "count": table.count(row, replies),
        "row_key": new_key(stem_of(row)),
    }
    return render(request, "reports/prefecture/inquiries/inquiry.html", context)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def inquiry_add(request, year):
    def insert(row):
        changes.create_versioned(row, by=request.user)

    row = Inquiry(fiscal_year=year, prefecture=request.scope.prefecture)
    back, onward = places.list_url(request, year), partial(places.url, request, "inquiry")
    page = RowPage(title(request, year, "照会を作る"), back, LEAD, onward=onward)
    return add_row(request, row, form_class=InquiryForm, page=page, insert=insert)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
@places.draft_or_back
def inquiry_edit(request, row):
    page = RowPage(
        title(request, row.fiscal_year, "照会を編集する"),
        places.url(request, "inquiry", row),
        LEAD,
        remove=places.url(request, "inquiry_delete", row),
    )
    return edit_row(request, row, form_class=InquiryForm, page=page)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
@places.draft_or_back
def inquiry_delete(request, row):
    told = (("件名", row.title), ("質問", f"{row.questions.count()}問"))
    year = row.fiscal_year
    back = places.list_url(request, year)
    page = RemovalPage(title(request, year, "照会を削除する"), back, told, GONE)
    return delete_row(request, row, page=page)
