"""Pages of コーディネーターの体制."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from coordinators.models import Structure
from municipalities.access import Permission, requires


@require_safe
@requires(Permission.VIEW_PLAN)
def structure_list(request):
    """Every row in its order."""
    rows = list(Structure.objects.all())
    return render(request, "coordinators/structure_list.html", {"rows": rows})
