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
from reports.prefecture import places, years
from reports.prefecture.standing import arranging, copies, nation, need
from reports.prefecture.standing.asking_forms import unknown_of_progress
from reports.prefecture.standing.standing import line_of, lines_of
from reports.prefecture.standing.workbook import make_workbook
from reports.submission.showing import publishing
from reports.support import records


@require_safe
@requires(Permission.VIEW_DISTRICT)
def prefectures(request):
    """The prefectures that this person may enter; with one alone, go there."""
    own = nation.prefectures_of(request.user)
    if len(own) == 1:
        return redirect("prefecture:current", own[0].code)
    known = years.with_anything_nationwide()
    year = chosen_year(request, known)
    context = {
        "lines": nation.overview(own, year),
        "year": year,
        "years": years.offered(known, year),
    }
    return render(request, "reports/prefecture/prefectures.html", context)


def chosen_year(request, known):
    """Return the year of the query if it is offered, else the one that an officer's pages open."""
    text = request.GET.get("year", "")
    first = years.first_shown(known)
    return {str(year): year for year in years.offered(known, first)}.get(text, first)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def current(request):
    """Go to today's fiscal year in Japan, or to the newest before it that has anything when it has nothing."""
    year = years.first_shown(years.with_anything(request.scope))
    return redirect("prefecture:progress", request.scope.prefecture.code, year)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def progress(request, year):
    prefecture = request.scope.prefecture
    lines, known = lines_of(request.scope, year), years.with_anything(request.scope)
    table = arranging.arranged(lines, request.GET)
    context = {
        "prefecture": prefecture,
        "year": year,
        "years": years.offered(known, year),
        "empty_year": years.empty_today(known, year),
        "table": table,
        "unknown": unknown_of_progress(request.GET, table.areas),
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
