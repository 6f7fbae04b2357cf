"""Pages of 協議体: the structure as a list and a chart, its paper, and one council."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from councils.models import Council
from councils.register import register, sheet
from municipalities.access import Permission, requires
from municipalities.pages.shared_views import shared_or_404


@require_safe
@requires(Permission.VIEW_PLAN)
def council_list(request):
    """All councils as a nested list, and the chart made from it."""
    entries = register.entries(request.cycle)
    context = {"entries": entries, "chart": register.chart_of(entries)}
    return render(request, "councils/council_list.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def council_print(request):
    """The chart on A4 landscape."""
    chart = register.chart_of(register.entries(request.cycle))
    return render(request, "councils/council_print.html", {"chart": chart})


@require_safe
@requires(Permission.VIEW_PLAN)
def council(request, council_key):
    rows = Council.objects.led().select_related("parent", "area", "updated_by")
    row = get_object_or_404(rows, key=council_key)
    context = {"sheet": sheet.of(row, request.cycle)}
    return render(request, "councils/council.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def council_shared(request, lead, council_key):
    """A joint council that another municipality leads: to be read."""
    row = shared_or_404(Council, lead=lead, key=council_key)
    context = {"sheet": sheet.of(row, request.cycle)}
    return render(request, "councils/council_shared.html", context)
