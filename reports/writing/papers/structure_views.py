"""体制の一枚: a structure of coordinators for printing, ours or one that a neighbour leads and shares with us."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coordinators.models import Structure
from coordinators.reading import gathering
from indicators.figures import profile_figures
from municipalities.access import Permission, requires
from municipalities.japanese import dates, fiscal
from municipalities.models import Contractor
from municipalities.pages.shared_views import shared_or_404
from reports.delivery.office import named
from reports.paper.rendering.client import RenderFailed
from reports.paper.towns.structure import StructurePaper, make_structure
from reports.paper.towns.town_facts import Town, facts


def one_structure(request, key, lead=""):
    """Return a structure of the year, ours or a neighbour's that is shared with us. Raises Http404."""
    year = request.cycle.fiscal_year
    if lead:
        return shared_or_404(Structure, lead=lead, fiscal_year=year, key=key)
    ours = Structure.objects.led().select_related("municipality")
    return get_object_or_404(ours, fiscal_year=year, key=key)


def paper_of(request, key, lead):
    """Return what stands on the page."""
    sheet = gathering.gathered_in(request.municipality, one_structure(request, key, lead))
    return StructurePaper(
        sheet=sheet,
        prefecture_name=request.municipality.prefecture.name,
        facts=facts_of(sheet, request.cycle),
        year=request.cycle.label,
        made_on=dates.in_western(timezone.localdate()),
    )


def facts_of(sheet, cycle):
    """Return the figures of the structure's towns: our own profile, and of the others what is published."""
    ours = cycle.municipality.code
    published = profile_figures.published_of(
        [code for code, _ in sheet.towns if code != ours], until=cycle.fiscal_year
    )
    return facts(
        [
            our_town(cycle) if code == ours else Town(name, published[code])
            for code, name in sheet.towns
        ]
    )


def our_town(cycle):
    """Return our figures and 委託先 as 自治体概要 has them."""
    contractors = Contractor.objects.filter(cycle=cycle).select_related("organization")
    return Town(
        cycle.municipality.name,
        profile_figures.stated_of(cycle),
        tuple(str(one) for one in contractors),
    )


def address(request, name, key, lead):
    place = (lead, key) if lead else (key,)
    return request.cycle.url(f"reports:{'shared_' if lead else ''}{name}", *place)


@require_safe
@requires(Permission.VIEW_PLAN)
def structure_sheet(request, structure_key, lead=""):
    """The page on the screen, for printing from the browser."""
    paper = paper_of(request, structure_key, lead)
    context = {
        "paper": paper,
        "sheet": paper.sheet,
        "facts": paper.facts,
        "diagram": paper.diagram,
        "pdf_url": address(request, "structure_sheet_pdf", structure_key, lead),
    }
    return render(request, "reports/structure_sheet.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def structure_sheet_pdf(request, structure_key, lead=""):
    """The same as PDF, drawn now and kept nowhere."""
    paper = paper_of(request, structure_key, lead)
    try:
        pdf = make_structure(paper)
    except RenderFailed as failure:
        messages.error(request, failure.reason)
        return redirect(address(request, "structure_sheet", structure_key, lead))
    year = request.cycle.fiscal_year
    plain = f"{paper.sheet.lead_code}-{year}-structure.pdf"
    name = named(plain, f"体制_{paper.sheet.name}_{paper.towns}_{fiscal.era_year(year)}.pdf")
    headers = {"Content-Disposition": name, "Cache-Control": "no-store, private"}
    return HttpResponse(pdf.content, content_type="application/pdf", headers=headers)
