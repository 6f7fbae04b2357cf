"""Until when reports are due in a prefecture, and how it accepts them."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from municipalities.access import Permission, requires
from municipalities.templatetags.era import western
from reports.choices import ReportKind
from reports.prefecture.accepting import periods as deeds
from reports.prefecture.accepting.forms import PrefecturePeriodForm, day_text
from reports.prefecture.years import years_around
from reports.submission.drafts import due_dates


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PREFECTURE)
def periods(request, year):
    prefecture = request.scope.prefecture
    if request.method != "POST":
        return period_page(request, year, form_of(prefecture, year))
    form = form_of(prefecture, year, request.POST)
    if not form.is_valid():
        return period_page(request, year, form, status=422)
    try:
        changed = save(prefecture, year, form, by=request.user)
    except deeds.SetMeanwhile as error:
        form = form_of(prefecture, year, as_seen_now(request.POST, prefecture, year))
        form.add_error(None, error)
        return period_page(request, year, form, status=409)
    messages.success(
        request, "期限と受理のしかたを保存しました。" if changed else "変更はありませんでした。"
    )
    return redirect("prefecture:periods", prefecture.code, year)


def save(prefecture, year, form, *, by):
    """Write dates and way together, or neither; say whether anything changed."""
    place, words = deeds.of_prefecture(prefecture), form.cleaned_data
    with transaction.atomic():
        dates = deeds.set_dates(place, year, form.wishes, by=by)
        way = deeds.set_way(prefecture, words["way"], seen=words["way_seen"], by=by)
    return bool(dates or way)


def form_of(prefecture, year, data=None):
    return PrefecturePeriodForm(
        data,
        fiscal_year=year,
        stored=deeds.dates_of(deeds.of_prefecture(prefecture), year),
        hints=hints(year),
        way=deeds.way_of(prefecture),
    )


def hints(year):
    """Say of each kind what holds while the field is empty."""
    nation = deeds.dates_of(deeds.NATION, year)
    return {
        kind: f"空欄のときは、全国の期限（{western(nation[kind])}）になります。"
        if kind in nation
        else "空欄のときは、期限なしになります（全国の期限は決まっていません）。"
        for kind in ReportKind
    }


def as_seen_now(posted, prefecture, year):
    """Return what was typed, on what is stored now."""
    data = posted.copy()
    stored = deeds.dates_of(deeds.of_prefecture(prefecture), year)
    for kind in ReportKind:
        data[f"{kind}_seen"] = day_text(stored.get(kind))
    data["way_seen"] = deeds.way_of(prefecture)
    return data


def period_page(request, year, form, *, status=200):
    prefecture = request.scope.prefecture
    due = due_dates.due_dates_in(prefecture, year)
    context = {
        "prefecture": prefecture,
        "year": year,
        "years": years_around(year),
        "form": form,
        "holding": [(kind.label, due.get(kind)) for kind in ReportKind],
        "way": deeds.way_of(prefecture),
        "has_errors": form.is_bound,
    }
    return render(request, "reports/prefecture/periods.html", context, status=status)
