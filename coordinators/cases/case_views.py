"""Publishing a structure of ours, and the published structures of everybody as cases to learn from."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coordinators.cases import cases, publishing
from coordinators.cases.case_forms import CaseFilterForm, chosen
from coordinators.cases.freezing import thaw
from coordinators.models import PublishedStructure, Structure
from coordinators.reading.network import network
from municipalities.access import Permission, requires
from municipalities.pages.shared_views import led_or_404

ROWS_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A copy in the table, with the way to its page."""

    row: object
    url: str
    levels: list[str]


def page_of(request, copies, address):
    """Return what the list shows of these copies; `address(row)` is the page of one."""
    wanted = chosen(request.GET)
    found = cases.found(copies, wanted)
    page = Paginator(found.rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return {
        "form": CaseFilterForm(initial=ticked(wanted), counts=found.counts),
        "found": found,
        "page": page,
        "lines": [Line(row, address(row), cases.level_names(row)) for row in page],
        "is_filtered": any(wanted.values()),
    }


def ticked(wanted):
    """Return the choices as boxes take them: a list for each axis."""
    return {name: sorted(values) for name, values in wanted.items()}


def one_case(copies, case_year, town, published_key):
    """Return what the page of a copy shows, from its bytes alone. Raises Http404."""
    found = copies.select_related("municipality")
    row = get_object_or_404(
        found, fiscal_year=case_year, municipality__code=town, key=published_key
    )
    prefecture, sheet = thaw(bytes(row.content))
    diagram = network(sheet.posts, sheet.prefecture_posts).diagram
    return {"row": row, "sheet": sheet, "prefecture_name": prefecture, "diagram": diagram}


@require_safe
@requires(Permission.VIEW_PLAN)
def case_list(request):
    """What municipalities have published for everybody, by the three axes."""

    def address(row):
        place = (row.fiscal_year, row.municipality.code, row.key)
        return request.cycle.url("cases:case", *place)

    context = page_of(request, PublishedStructure.objects.for_towns(), address)
    return render(request, "coordinators/case_list.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def case(request, case_year, town, published_key):
    context = one_case(PublishedStructure.objects.for_towns(), case_year, town, published_key)
    context["back"] = request.cycle.url("cases:case_list")
    return render(request, "coordinators/case.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def structures(request, year):
    """The same for officers, with what their own towns let out to them alone."""
    prefecture = request.scope.prefecture

    def address(row):
        place = [prefecture.code, year, row.fiscal_year, row.municipality.code, row.key]
        return reverse("prefecture:structure", args=place)

    context = page_of(
        request, PublishedStructure.objects.for_officers(prefecture, request.scope.towns), address
    )
    context |= {"prefecture": prefecture, "year": year}
    return render(request, "coordinators/prefecture_cases.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def structure(request, year, case_year, case_town, published_key):
    prefecture = request.scope.prefecture
    copies = PublishedStructure.objects.for_officers(prefecture, request.scope.towns)
    context = one_case(copies, case_year, case_town, published_key)
    context["back"] = reverse("prefecture:structures", args=[prefecture.code, year])
    return render(request, "coordinators/case.html", context)


def our_structure(request, key):
    """Return a structure of this year that we lead. Raises Http404."""
    year = request.cycle.fiscal_year
    structure = led_or_404(Structure, fiscal_year=year, key=key)
    structure.municipality = request.municipality
    return structure


@require_safe
@requires(Permission.EDIT_PLAN)
def publication(request, structure_key):
    """What others would see of a structure, and whether they do."""
    return publication_page(request, our_structure(request, structure_key))


def publication_page(request, structure, *, error="", status=200):
    _, now = publishing.copy_of(structure)
    # As the bytes have it: what they leave out is not shown either.
    _, sheet = thaw(now.content)
    context = {
        "structure": structure,
        "sheet": sheet,
        "diagram": network(sheet.posts, sheet.prefecture_posts).diagram,
        "error": error,
        **publishing.COPIES.standing(structure, now),
    }
    return render(request, "coordinators/publication.html", context, status=status)


@require_POST
@requires(Permission.EDIT_PLAN)
def publication_publish(request, structure_key):
    structure = our_structure(request, structure_key)
    try:
        publishing.publish(structure, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as error:
        return publication_page(request, structure, error="".join(error.messages), status=409)
    messages.success(request, "公開しました。")
    return redirect(request.cycle.url("cases:publication", structure_key))


@require_POST
@requires(Permission.EDIT_PLAN)
def publication_withdraw(request, structure_key):
    structure = our_structure(request, structure_key)
    gone = publishing.withdraw(structure, by=request.user)
    messages.success(request, "公開をやめました。" if gone else "公開していません。")
    return redirect(request.cycle.url("cases:publication", structure_key))
