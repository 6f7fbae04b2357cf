"""Pages of 協議体."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.models import Council
from municipalities.access import Permission, requires


@require_safe
@requires(Permission.VIEW_PLAN)
def council_list(request):
    """Every row in its order."""
    rows = list(Council.objects.all())
    return render(request, "councils/council_list.html", {"rows": rows})
