"""これまでの助言 for the municipality's own people: who takes over reads what was said before their time."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.support import history
from reports.support.history_forms import HistoryFilterForm

EVERYTHING = history.Reader(audiences=None, is_shown=lambda _row: True)


def listed(request, reader):
    """Return what the page of past advice shows to a reader, cut as its address asks."""
    words = history.words_for(reader)
    cycles = dict.fromkeys(one.cycle for one in words)
    form = HistoryFilterForm(request.GET, cycles=cycles)
    shown = history.matching(words, form.wanted)
    return {"form": form, "total": len(words), "shown": shown, "years": history.by_year(shown)}


@require_safe
@requires(Permission.VIEW_PLAN)
def support_history(request):
    return render(request, "reports/support/history.html", listed(request, EVERYTHING))
