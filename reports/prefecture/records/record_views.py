"""県の支援の記録: what the prefecture did for its towns, with the counts that are asked of it every year."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
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
)
from reports.delivery import office
from reports.models import SupportRecord
from reports.prefecture.records.record_forms import SupportRecordForm
from reports.prefecture.records.record_workbook import make_workbook
from reports.prefecture.years import this_year
from reports.support import records
from reports.support.record_counts import SHORT, counted

LEAD = "対象の市町村の担当者も、この記録を「連携支援の経過」の画面で読めます。個人の名前は入力しないでください。"
GONE = (
    "削除した記録は元に戻せません。対象の市町村の画面にも表示されなくなり、集計からも除かれます。"
)


DOUBLED = (
    "同じ種類・時期・市町村の記録が、ほかの所属にもあります（{}）。"
    "同じ支援を二度記録しているときは、どちらか一つを削除してください。"
)


def towns_of(scope):
    """Return the towns that are shown, code → name."""
    return dict(scope.municipalities().values_list("code", "name"))


@require_safe
@requires(Permission.VIEW_DISTRICT)
def support_log(request, year):
    """A year's records, and how often each town was supported."""
    scope = request.scope
    names, rows = towns_of(scope), records.of(scope, year)
    context = {
        "prefecture": scope.prefecture,
        "year": year,
        "years": sorted({*records.years(scope), this_year(), year}, reverse=True),
        "lines": records.in_lines(rows, names, offices=records.offices(scope.prefecture)),
        "own": own(scope),
        "counts": counted(rows, names),
        "kinds": SHORT.values(),
    }
    return render(request, "reports/prefecture/support_log.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def support_log_export(request, year):
    """The records with their counts, for saving."""
    scope = request.scope
    names, rows = towns_of(scope), records.of(scope, year)
    lines = records.in_lines(rows, names, offices=records.offices(scope.prefecture))
    content = make_workbook(lines, names, scope.prefecture, year, at=timezone.now())
    name = f"{scope.prefecture.word}の支援の記録_{scope.prefecture.name}_{fiscal.era_year(year)}"
    return office.table(content, plain=f"support-log-{scope.prefecture.code}-{year}", name=name)


def to_log(request, year):
    return reverse("prefecture:support_log", args=[request.scope.prefecture.code, year])


def title(request, year, deed):
    return f"{request.scope.prefecture}　{fiscal.label(year)}　支援の記録を{deed}する"


def own(scope):
    """Return the codes of the offices whose records somebody changes; None where it is every one."""
    return None if scope.towns is None else {centre.code for centre in scope.centres}


def office_of(scope, codes):
    """Return which health centre writes of these towns: one that is in charge of them all, else of some."""
    wanted = set(codes)
    centres = sorted(scope.centres, key=lambda one: -len(wanted & set(one.town_codes)))
    return centres[0].code if centres else ""


def form_for(request):
    return partial(SupportRecordForm, scope=request.scope)


@require_http_methods(FORM_METHODS)
@requires(Permission.RECORD_SUPPORT)
@inside
def record_add(request, year):
    def insert(row):
        row.office = office_of(request.scope, row.town_codes)
        changes.create_versioned(row, by=request.user)
        if others := records.doubles(row, SupportRecord.objects.filter(fiscal_year=year)):
            messages.warning(request, DOUBLED.format("、".join(one.theme for one in others)))

    row = SupportRecord(fiscal_year=year, prefecture=request.scope.prefecture)
    page = RowPage(title(request, year, "追加"), to_log(request, year), LEAD)
    return add_row(request, row, form_class=form_for(request), page=page, insert=insert)


def one_record(request, year, key):
    """Return a record of the year. Raises Http404, and PermissionDenied for that of another office."""
    row = get_object_or_404(SupportRecord, fiscal_year=year, key=key)
    row.prefecture = request.scope.prefecture
    offices = own(request.scope)
    if offices is not None and not records.concerns(row, request.scope.towns):
        raise Http404
    if offices is not None and row.office not in offices:
        raise PermissionDenied
    return row


@require_http_methods(FORM_METHODS)
@requires(Permission.RECORD_SUPPORT)
@inside
def record_edit(request, year, record_key):
    row = one_record(request, year, record_key)
    remove = reverse("prefecture:record_delete", args=[row.prefecture.code, year, row.key])
    page = RowPage(title(request, year, "編集"), to_log(request, year), LEAD, remove=remove)
    return edit_row(request, row, form_class=form_for(request), page=page)


@require_http_methods(FORM_METHODS)
@requires(Permission.RECORD_SUPPORT)
@inside
def record_delete(request, year, record_key):
    row = one_record(request, year, record_key)
    (line,) = records.in_lines([row], towns_of(request.scope))
    told = (
        ("種類", row.get_kind_display()),
        ("テーマ", row.theme),
        ("時期", row.held_on),
        ("対象の市町村", line.towns),
    )
    page = RemovalPage(title(request, year, "削除"), to_log(request, year), told, GONE)
    return delete_row(request, row, page=page)
