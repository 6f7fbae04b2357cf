"""Pages of 在宅医療に必要な連携を担う拠点."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from coordinators.models import Base
from municipalities.access import Permission, requires


@require_safe
@requires(Permission.VIEW_PLAN)
def base_list(request):
    """Every row in its order."""
    rows = list(Base.objects.all())
    return render(request, "coordinators/base_list.html", {"rows": rows})
