"""Starting the first year of a municipality."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from reports.year.opening import open_year


@require_POST
@requires(Permission.EDIT_PLAN)
def year_create(request):
    """Open the fiscal year that contains today in Japan."""
    cycle = open_year(fiscal.fiscal_year_of(timezone.localdate()), by=request.user)
    cycle.municipality = request.municipality
    messages.success(request, f"{cycle.label}を始めました。まず自治体概要を書いてください。")
    return redirect(cycle.board_url)
