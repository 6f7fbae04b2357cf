"""Pages of 地域資源."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.models import Resource


@require_safe
@requires(Permission.VIEW_PLAN)
def resource_list(request):
    """Every row in its order."""
    rows = list(Resource.objects.all())
    return render(request, "municipalities/resource_list.html", {"rows": rows})
