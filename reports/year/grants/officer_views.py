"""The items of the grant on the prefecture's side: the list that holds, as a file, and a corrected one for a year."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from municipalities import fiscal
from municipalities.access import Permission, requires
from municipalities.editing import FORM_METHODS
from reports.delivery import office
from reports.year.grants import items, workbook
from reports.year.grants.forms import GrantItemsForm

UNPROCESSABLE = 422


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
def grant_items(request, year):
    """Show the items of a year, or take a file of them."""
    prefecture = request.scope.prefecture
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = GrantItemsForm(*sent, fiscal_year=year)
    if form.is_bound and form.is_valid():
        found = form.cleaned_data["file"]
        items.replace(prefecture, year, found, by=request.user)
        messages.success(request, f"{fiscal.label(year)}の項目{len(found)}件を登録しました。")
        return redirect(reverse("prefecture_grants:grant_items", args=[prefecture.code, year]))
    context = {
        "form": form,
        "prefecture": prefecture,
        "year": year,
        "items": items.for_town(prefecture, year),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "reports/grants/items.html", context, status=status)


@require_safe
@requires(Permission.MANAGE_PREFECTURE)
def grant_items_export(request, year):
    """The list that holds, as a file for this year to be put right."""
    prefecture = request.scope.prefecture
    content = workbook.of_items(items.for_town(prefecture, year), fiscal_year=year)
    name = f"交付金の項目_{fiscal.era_year(year)}"
    return office.table(content, plain=f"grant-items-{prefecture.code}-{year}", name=name)
