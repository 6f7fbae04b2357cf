"""Pages of 委託."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from coordinators.models import Contract
from municipalities.access import Permission, requires


@require_safe
@requires(Permission.VIEW_PLAN)
def contract_list(request):
    """Every row in its order."""
    rows = list(Contract.objects.all())
    return render(request, "coordinators/contract_list.html", {"rows": rows})
