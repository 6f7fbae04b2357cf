"""The prefecture officer sees who has submitted what, and reads the copies written for the prefecture."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from municipalities import fiscal
from municipalities.access import Permission, requires
from reports.delivery import opened
from reports.prefecture import copies
from reports.prefecture.standing import standings, years_with_submissions
from reports.submission import publishing


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def current(request):
    """Go to the newest fiscal year with a submission; before the first one, to today's in Japan."""
    prefecture = request.scope.prefecture
    year = next(iter(years_with_submissions(prefecture)), this_year())
    return redirect("prefecture:progress", prefecture.code, year)


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def progress(request, year):
    prefecture = request.scope.prefecture
    years = {*years_with_submissions(prefecture), this_year(), year}
    context = {
        "prefecture": prefecture,
        "year": year,
        "years": sorted(years, reverse=True),
        "standings": standings(prefecture, year),
    }
    return render(request, "reports/prefecture/progress.html", context)


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def municipality_year(request, year, town):
    """A municipality's year: its submitted reports with their copies. Another prefecture's is absent."""
    prefecture = request.scope.prefecture
    context = {
        "prefecture": prefecture,
        "year": year,
        "place": get_object_or_404(prefecture.municipalities.without_wards(), code=town),
    }
    context["lines"] = copies.lines(context["place"], year)
    return render(request, "reports/prefecture/municipality_year.html", context)


def one_copy(request, year, number):
    """Return the newest copy of this number. Raises Http404 for another year or prefecture."""
    copy = copies.newest(request.scope.prefecture, number)
    if copy is None or copy.fiscal_year != year:
        raise Http404
    return copy


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def report(request, year, number):
    """A report as the prefecture received it, from the bytes of its copy alone."""
    copy = one_copy(request, year, number)
    opened.note_copy(copy, by=request.user)
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "copy": copy,
        "counts": copies.counts_of(copy),
        "review": publishing.review_of(copy),
    }
    return render(request, "reports/prefecture/report.html", context)


@require_safe
@requires(Permission.VIEW_PREFECTURE)
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


def this_year():
    return fiscal.fiscal_year_of(timezone.localdate())
