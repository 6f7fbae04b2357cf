"""これまでの助言 for the municipality's own people: who takes over reads what was said before their time."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.delivery import office
from reports.support import history, history_table
from reports.support.history_forms import HistoryFilterForm

EVERYTHING = history.Reader(audiences=None, is_shown=lambda _row: True)


def listed(request, reader, *, tables_url):
    """Return what the page of past advice shows to a reader, cut as its address asks."""
    words = history.words_for(reader)
    cycles = dict.fromkeys(one.cycle for one in words)
    form = HistoryFilterForm(request.GET, cycles=cycles)
    shown = history.matching(words, form.wanted)
    query = request.GET.urlencode()
    return {
        "form": form,
        "total": len(words),
        "shown": shown,
        "years": history.by_year(shown),
        "tables_url": f"{tables_url}?{query}" if query else tables_url,
    }


def saved(request, reader):
    """Return the same list as a workbook."""
    place = request.municipality
    shown = listed(request, reader, tables_url="")["shown"]
    content = history_table.workbook(shown, place=place)
    name = f"{place.name}_{history_table.NAME}"
    return office.table(content, plain=f"{place.code}-advice", name=name)


@require_safe
@requires(Permission.VIEW_PLAN)
def support_history(request):
    tables_url = request.cycle.url("reports:support_history_tables")
    context = listed(request, EVERYTHING, tables_url=tables_url)
    return render(request, "reports/support/history.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def support_history_tables(request):
    return saved(request, EVERYTHING)
