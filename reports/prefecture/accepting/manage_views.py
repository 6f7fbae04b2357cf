"""The operator sets the nationwide dates, and accepts reports where no prefecture does."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.models import Prefecture
from reports.choices import ReportKind
from reports.prefecture import places
from reports.prefecture.accepting import acceptance
from reports.prefecture.accepting import periods as deeds
from reports.prefecture.accepting.forms import PeriodForm, day_text
from reports.prefecture.standing import nation
from reports.prefecture.years import this_year, years_around

ROWS_PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OPERATE)
def periods(request):
    """The nationwide dates of one fiscal year (`?year=`, else this year)."""
    known = deeds.years_of(deeds.NATION)
    year = chosen_year(request, known)
    if request.method != "POST":
        return period_page(request, year, known, form_of(year))
    form = form_of(year, request.POST)
    if not form.is_valid():
        return period_page(request, year, known, form, status=422)
    try:
        changed = deeds.set_dates(deeds.NATION, year, form.wishes, by=request.user)
    except deeds.SetMeanwhile as error:
        form = form_of(year, as_seen_now(request.POST, year))
        form.add_error(None, error)
        return period_page(request, year, known, form, status=409)
    messages.success(
        request, "全国の期限を保存しました。" if changed else "変更はありませんでした。"
    )
    return redirect(reverse("nation:periods", query={"year": year}))


def chosen_year(request, known):
    """Return the year of the query if the page offers it. Raises Http404 for any other."""
    text = request.GET.get("year", "")
    offered = {str(year): year for year in years_around(this_year(), known)}
    if text and text not in offered:
        raise Http404
    return offered[text] if text else this_year()


def form_of(year, data=None):
    return PeriodForm(data, fiscal_year=year, stored=deeds.dates_of(deeds.NATION, year))


def as_seen_now(posted, year):
    """Return what was typed, on what is stored now."""
    data = posted.copy()
    stored = deeds.dates_of(deeds.NATION, year)
    for kind in ReportKind:
        data[f"{kind}_seen"] = day_text(stored.get(kind))
    return data


def period_page(request, year, known, form, *, status=200):
    stored = deeds.dates_of(deeds.NATION, year)
    context = {
        "year": year,
        "years": years_around(year, known),
        "form": form,
        "due": [(kind.label, stored.get(kind)) for kind in ReportKind],
        "has_errors": form.is_bound,
    }
    return render(request, "reports/manage/periods.html", context, status=status)


@require_safe
@requires(Permission.OPERATE)
def waiting(request):
    """Submitted and not accepted reports over the country, the longest waiting first; from Progress alone."""
    chosen = request.GET.get("prefecture", "")
    rows = nation.not_accepted(chosen)
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [nation.as_waiting(row) for row in page.object_list]
    context = {"page": page, "prefectures": nation.prefectures_waiting(), "chosen": chosen}
    return render(request, "reports/manage/waiting.html", context)


@require_POST
@requires(Permission.OPERATE)
def accept(request, number):
    """Accept in place of the prefecture."""
    prefecture = get_object_or_404(Prefecture, municipalities__code=number.municipality_code)
    place = places.submitted_place(prefecture, number, number.fiscal_year)
    try:
        acceptance.accept(place, number, by=request.user)
    except ValidationError as error:
        messages.warning(
            request, f"{place.name}（受付番号{number}）は受理していません。{error.messages[0]}"
        )
    else:
        messages.success(request, f"{place.name}の報告書（受付番号{number}）を受理しました。")
    chosen = request.GET.get("prefecture", "")
    query = {"prefecture": chosen} if chosen else None
    return redirect(reverse("nation:waiting", query=query))
