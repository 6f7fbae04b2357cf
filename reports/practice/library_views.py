"""The library of published cases, for towns and for officers, and a case taken up as our own draft."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from reports.delivery import office
from reports.models import PublishedPractice
from reports.practice import borrowing, library, platform
from reports.practice.case import thaw
from reports.practice.forms import LibraryFilterForm

CARDS_PER_PAGE = 20


def library_page(request, copies, address):
    """Return what the library shows of these copies; `address(copy)` is the page of one."""
    form = LibraryFilterForm(request.GET)
    rows = library.found(copies, form.chosen)
    page = Paginator(rows, CARDS_PER_PAGE).get_page(request.GET.get("page"))
    cards = [
        (address(row), thaw(bytes(row.content)), library.size_in_words(row.population))
        for row in page
    ]
    return {
        "form": form,
        "unknown": [*form.unknown, *unknown_page(request.GET.get("page", ""), page)],
        "page": page,
        "cards": cards,
        "total": copies.count(),
        "of_unknown_size": library.of_unknown_size(copies, form.chosen),
        "is_filtered": bool(form.chosen),
    }


def unknown_page(asked, page):
    """Yield which page is shown instead of one that is not there."""
    if asked and asked != str(page.number):
        yield f"アドレスにあるページはありません。{page.number}ページ目を表示しています。"


def one_case(copies, case_year, town, case_key):
    """Return a copy and what its bytes tell. Raises Http404."""
    rows = copies.select_related("municipality__prefecture")
    row = rows.filter(fiscal_year=case_year, municipality__code=town, key=case_key).first()
    if row is None:
        raise Http404
    return row, thaw(bytes(row.content))


def detail(row, found):
    """Return what the page of one case shows of a copy."""
    return {"copy": row, "case": found, "size": library.size_in_words(row.population)}


def place_of(row):
    return row.fiscal_year, row.municipality.code, row.key


@require_safe
@requires(Permission.VIEW_PLAN)
def town_library(request):
    def address(row):
        return request.cycle.url("practices:case", *place_of(row))

    context = library_page(request, PublishedPractice.objects.for_towns(), address)
    return render(request, "reports/practice/library.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def case(request, case_year, town, case_key):
    row, found = one_case(PublishedPractice.objects.for_towns(), case_year, town, case_key)
    context = detail(row, found) | {"back": request.cycle.url("practices:library")}
    if row.municipality_id != request.municipality.pk:
        context["borrow"] = request.cycle.url("practices:case_borrow", *place_of(row))
    return render(request, "reports/practice/case.html", context)


@require_POST
@requires(Permission.EDIT_PLAN)
def case_borrow(request, case_year, town, case_key):
    """Begin an activity under consideration from a case."""
    row, found = one_case(PublishedPractice.objects.for_towns(), case_year, town, case_key)
    activity, is_new = borrowing.borrow(row, found, request.cycle, by=request.user)
    if is_new:
        messages.success(
            request, "取組の下書き（検討中）を作りました。自分の市区町村に合わせて直してください。"
        )
    else:
        messages.info(request, "この事例からは、すでに取組を作っています。")
    return redirect(request.cycle.url("logicmodels:activity", activity.key))


@require_safe
@requires(Permission.VIEW_DISTRICT)
def prefecture_library(request, year):
    """The same for officers, with what the towns shown to them let out to them alone."""
    prefecture = request.scope.prefecture

    def address(row):
        return reverse("prefecture_practices:case", args=[prefecture.code, year, *place_of(row)])

    copies = PublishedPractice.objects.for_officers(prefecture, request.scope.towns)
    context = library_page(request, copies, address)
    context |= {"prefecture": prefecture, "year": year}
    return render(request, "reports/practice/prefecture_library.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def prefecture_case(request, year, case_year, case_town, case_key):
    row, found = officers_case(request, case_year, case_town, case_key)
    place = request.scope.prefecture.code, year
    context = detail(row, found) | {
        "back": reverse("prefecture_practices:library", args=place),
        "export": reverse("prefecture_practices:case_export", args=[*place, *place_of(row)]),
    }
    return render(request, "reports/practice/case.html", context)


def officers_case(request, case_year, case_town, case_key):
    """Return a copy that these officers may read, and what its bytes tell. Raises Http404."""
    copies = PublishedPractice.objects.for_officers(request.scope.prefecture, request.scope.towns)
    return one_case(copies, case_year, case_town, case_key)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def prefecture_case_export(request, year, case_year, case_town, case_key):
    """The published copy in the fields of the ministry's library, for the officer who sends it there."""
    row, found = officers_case(request, case_year, case_town, case_key)
    plain = f"practice-{row.municipality.code}-{row.fiscal_year}-{row.key}"
    name = f"好事例_{found.town}_{found.title[:40]}"
    return office.table(platform.workbook(found), plain=plain, name=name)
