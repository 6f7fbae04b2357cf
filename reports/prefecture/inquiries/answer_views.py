"""The answers of the municipalities: side by side, as a workbook, and the form of each to hand out."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.choices import ScopeKind
from municipalities.models import AccessEvent
from municipalities.pages.prefecture_pages import inside
from reports.delivery import office
from reports.inquiry import sheet
from reports.prefecture import places as towns
from reports.prefecture.inquiries import handing, places
from reports.prefecture.inquiries.table import ONLY, table
from reports.prefecture.inquiries.workbook import make

EXPORTED = "inquiry_export"
NOBODY_BY_HAND = "回答票を別に送る市町村はありません。"
NO_FORM = "質問がまだありません。質問を追加してから、回答票を保存してください。"


def table_of(request, seen):
    return table(
        seen.row,
        places.asked_of(seen.row),
        seen.replies,
        only=request.GET.get("only", ""),
        today=timezone.localdate(),
    )


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def inquiry_answers(request, year, inquiry_key):
    seen = places.seen(request, year, inquiry_key)
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "inquiry": seen.row,
        "table": table_of(request, seen),
        "filters": ONLY.items(),
    }
    return render(request, "reports/prefecture/inquiries/answers.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def inquiry_export(request, year, inquiry_key):
    """The table as it is filtered, for saving; who took it away is written down."""
    seen, prefecture = places.seen(request, year, inquiry_key), request.scope.prefecture
    row = seen.row
    content = make(table_of(request, seen), prefecture, at=timezone.now())
    AccessEvent.objects.create(
        actor=request.user,
        deed=EXPORTED,
        scope_kind=ScopeKind.PREFECTURE,
        scope_code=prefecture.code,
        after={"inquiry": row.key},
    )
    plain = f"inquiry-{prefecture.code}-{year}"
    return office.table(content, plain=plain, name=f"照会の回答_{prefecture}_{row.title[:40]}")


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def inquiry_blank(request, year, inquiry_key, town):
    """The empty workbook of one municipality, for one that does not use the system."""
    row = places.inquiry(request, year, inquiry_key)
    place = towns.town(request.scope.prefecture, town)
    asked = places.asked_of(row)
    if not asked:
        return places.back(request, row, NO_FORM)
    content = sheet.make(row, asked, place, {}, day=timezone.localdate())
    plain = f"inquiry-{place.code}-{year}"
    return office.table(content, plain=plain, name=f"回答票_{place}_{row.title[:40]}")


@require_safe
@requires(Permission.VIEW_DISTRICT)
@inside
def inquiry_forms(request, year, inquiry_key):
    """The empty workbooks of those whom no mail reaches, in one file."""
    seen, prefecture = places.seen(request, year, inquiry_key), request.scope.prefecture
    row = seen.row
    waiting = handing.waiting(row, seen.replies).by_hand
    if not waiting:
        return places.back(request, row, NOBODY_BY_HAND)
    for place in waiting:
        place.prefecture = prefecture
    content = handing.packed(row, places.asked_of(row), waiting, at=timezone.now())
    plain = f"inquiry-forms-{prefecture.code}-{year}"
    return office.archive(content, plain=plain, name=f"回答票_{prefecture}_{row.title[:40]}")
