"""The indicator that an address names, for every page that is about one of them."""

from django.shortcuts import get_object_or_404

from indicators.models import Indicator

DEFINITIONS = ("definition", "own_definition")


def indicator_of(request, key):
    """Return an indicator of the year with its definition. Raises Http404 for what is none."""
    rows = Indicator.objects.select_related(*DEFINITIONS)
    indicator = get_object_or_404(rows, cycle=request.cycle, key=key)
    # The year is at hand: what tells of the row need not read it again.
    indicator.cycle = request.cycle
    return indicator


def page_of(request, indicator):
    return request.cycle.url("indicators:indicator", indicator.key)
