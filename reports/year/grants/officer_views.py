"""The items of grant and survey on the prefecture's side: the list that holds, as a file, and a corrected one for a year."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from municipalities.pages.editing import FORM_METHODS
from reports.choices import EvidenceSheet
from reports.delivery import office
from reports.year.grants import items, workbook
from reports.year.grants.forms import GrantItemsForm

UNPROCESSABLE = 422


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
def grant_items(request, year):
    return items_page(request, year, EvidenceSheet.GRANT)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
def survey_items(request, year):
    return items_page(request, year, EvidenceSheet.SURVEY)


def items_page(request, year, sheet):
    """Show the items of a paper for a year, or take a file of them."""
    prefecture = request.scope.prefecture
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = GrantItemsForm(*sent, fiscal_year=year, sheet=sheet)
    if form.is_bound and form.is_valid():
        found = form.cleaned_data["file"]
        items.replace(prefecture, year, found, by=request.user, sheet=sheet)
        told = f"{fiscal.label(year)}の{sheet.label}の項目{len(found)}件を登録しました。"
        messages.success(request, told)
        name = f"prefecture_grants:{sheet}_items"
        return redirect(reverse(name, args=[prefecture.code, year]))
    context = {
        "form": form,
        "prefecture": prefecture,
        "year": year,
        "sheet": sheet,
        "items": items.for_town(prefecture, year, sheet),
        "export": reverse(f"prefecture_grants:{sheet}_items_export", args=[prefecture.code, year]),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "reports/grants/items.html", context, status=status)


@require_safe
@requires(Permission.MANAGE_PREFECTURE)
def grant_items_export(request, year):
    return items_file(request, year, EvidenceSheet.GRANT)


@require_safe
@requires(Permission.MANAGE_PREFECTURE)
def survey_items_export(request, year):
    return items_file(request, year, EvidenceSheet.SURVEY)


def items_file(request, year, sheet):
    """The list that holds, as a file for this year to be put right."""
    prefecture = request.scope.prefecture
    found = items.for_town(prefecture, year, sheet)
    content = workbook.of_items(found, fiscal_year=year)
    name = f"{sheet.label}の項目_{fiscal.era_year(year)}"
    return office.table(content, plain=f"{sheet}-items-{prefecture.code}-{year}", name=name)
