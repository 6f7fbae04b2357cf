"""The prefecture officer sees where every municipality stands, and reads the copies written for the prefecture."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.comparison import scenes
from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from reports.delivery import opened
from reports.delivery.office import XLSX, named
from reports.prefecture import arranging, copies, nation, need, places
from reports.prefecture.standing import line_of, lines_of, years_with_submissions
from reports.prefecture.workbook import make_workbook
from reports.prefecture.years import this_year
from reports.submission import publishing
from reports.support import records


@require_safe
@requires(Permission.VIEW_DISTRICT)
def prefectures(request):
    """The prefectures that this person may enter; with one alone, go there."""
    own = nation.prefectures_of(request.user)
    if len(own) == 1:
        return redirect("prefecture:current", own[0].code)
    known = nation.years_with_submissions()
    year = chosen_year(request, known)
    context = {
        "lines": nation.overview(own, year),
        "year": year,
        "years": sorted({*known, this_year(), year}, reverse=True),
    }
    return render(request, "reports/prefecture/prefectures.html", context)


def chosen_year(request, known):
    """Return the year of the query if there is anything in it, else the newest with a submission."""
    text = request.GET.get("year", "")
    offered = {str(year): year for year in (*known, this_year())}
    return offered.get(text) or next(iter(known), this_year())


@require_safe
@requires(Permission.VIEW_DISTRICT)
def current(request):
    """Go to the newest fiscal year with a submission; before the first one, to today's in Japan."""
    prefecture = request.scope.prefecture
    year = next(iter(years_with_submissions(request.scope)), this_year())
    return redirect("prefecture:progress", prefecture.code, year)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def progress(request, year):
    prefecture = request.scope.prefecture
    lines = lines_of(request.scope, year)
    years = {*years_with_submissions(request.scope), this_year(), year}
    context = {
        "prefecture": prefecture,
        "year": year,
        "years": sorted(years, reverse=True),
        "table": arranging.arranged(lines, request.GET),
        "due": [(papers.label, papers.due_on) for line in lines[:1] for papers in line.kinds],
        "has_submissions": any(one.is_submitted for line in lines for one in line.kinds),
        "behind": list(scenes.behind()),
        "order_in_words": need.ORDER_IN_WORDS,
    }
    return render(request, "reports/prefecture/progress.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def export(request, year):
    """The table as it is filtered and sorted, for saving."""
    prefecture = request.scope.prefecture
    table = arranging.arranged(lines_of(request.scope, year), request.GET)
    content = make_workbook(table, prefecture, year, at=timezone.now())
    name = f"市町村の進み具合_{prefecture.name}_{fiscal.era_year(year)}.xlsx"
    disposition = named(f"progress-{prefecture.code}-{year}.xlsx", name)
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store, private"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def municipality_year(request, year, town):
    """A municipality's year: counts, and its reports with their copies. Another prefecture's is absent."""
    prefecture = request.scope.prefecture
    place = places.town(prefecture, town)
    context = {
        "prefecture": prefecture,
        "year": year,
        "place": place,
        "line": line_of(place, year),
        "submitted": copies.lines(place, year),
        "prefecture_support": records.lines_of_town(place, year),
    }
    return render(request, "reports/prefecture/municipality_year.html", context)


def one_copy(request, year, number):
    """Return the newest copy of this number. Raises Http404 for another year or prefecture."""
    copy = copies.newest(request.scope.prefecture, number)
    if copy is None or copy.fiscal_year != year:
        raise Http404
    return copy


@require_safe
@requires(Permission.VIEW_DISTRICT)
def report(request, year, number):
    """A report as the prefecture received it, from the bytes of its copy alone."""
    copy = one_copy(request, year, number)
    opened.note_copy(copy, by=request.user)
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "copy": copy,
        "paper": copies.paper_of(copy),
        "counts": copies.counts_of(copy),
        "review": publishing.review_of(copy),
    }
    return render(request, "reports/prefecture/report.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def pdf(request, year, number):
    copy = one_copy(request, year, number)
    path = settings.MEDIA_ROOT / copy.pdf
    if not (copy.pdf and path.is_file()):
        raise Http404
    opened.note_copy(copy, by=request.user)
    name = content_disposition_header(as_attachment=True, filename=f"{copy.number}-copy.pdf")
    return HttpResponse(
        path.read_bytes(),
        content_type="application/pdf",
        headers={"Content-Disposition": name, "Cache-Control": "no-store, private"},
    )
