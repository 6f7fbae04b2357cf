"""県入力: where the reports of a municipality stand that does not use the system."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from municipalities.access import Permission, requires
from municipalities.entrance import unsaved
from reports.choices import ReportKind
from reports.prefecture import places
from reports.prefecture.accepting import acceptance, entering
from reports.prefecture.accepting.forms import EntryForm
from reports.prefecture.standing.standing import line_of

UNSAVED = "まだ保存していません。入力した内容を確かめて、保存してください。"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PREFECTURE)
def entry(request, year, town):
    place = places.town(request.scope.prefecture, town)
    line = line_of(place, year)
    if line.is_at_work and not line.kinds_to_enter:
        messages.warning(request, entering.AT_WORK.format(place=place.name))
        return redirect("prefecture:municipality_year", place.prefecture.code, year, place.code)
    if request.method != "POST":
        return show(request, place, year)
    form = form_of(place, year, request.POST)
    if not form.is_valid():
        return entry_page(request, place, year, form, status=422)
    try:
        changed = entering.enter(place, year, form.entries, by=request.user)
    except ValidationError as error:
        return refused(request, place, year, error)
    tell(request, place, year, changed)
    return redirect("prefecture:municipality_year", place.prefecture.code, year, place.code)


def tell(request, place, year, changed):
    """Say what was done, and which interim report a final one has overtaken."""
    messages.success(request, "状況を保存しました。" if changed else "変更はありませんでした。")
    line = line_of(place, year)
    if told := acceptance.left_behind([line], then=acceptance.to_enter(line)):
        messages.warning(request, told)


def show(request, place, year):
    """Show what is stored, or what an expired session had kept from being saved."""
    form = form_of(place, year)
    if typed := unsaved.take(request):
        messages.warning(request, UNSAVED)
        form.initial.update(
            (name, typed.fields[name]) for name in form.fields if name in typed.fields
        )
    return entry_page(request, place, year, form)


def form_of(place, year, data=None):
    return EntryForm(
        data,
        kinds=line_of(place, year).kinds_to_enter,
        fiscal_year=year,
        stored=entering.entries_of(place, year),
    )


def refused(request, place, year, error):
    """Show what was typed beside what is stored now; the next save is made on that."""
    stored = entering.entries_of(place, year)
    data = request.POST.copy()
    for kind in ReportKind:
        data[f"{kind}_version"] = str(stored[kind].version if kind in stored else 0)
    form = form_of(place, year, data)
    form.add_error(None, error)
    return entry_page(request, place, year, form, status=409)


def entry_page(request, place, year, form, *, status=200):
    context = {
        "prefecture": place.prefecture,
        "place": place,
        "year": year,
        "form": form,
        "line": line_of(place, year),
        "stored": entering.entries_of(place, year).values(),
        "has_errors": form.is_bound,
    }
    return render(request, "reports/prefecture/entry.html", context, status=status)
