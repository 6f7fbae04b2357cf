"""Pages of 会議."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from councils.models import Meeting
from municipalities.access import Permission, requires


@require_safe
@requires(Permission.VIEW_PLAN)
def meeting_list(request):
    """Every row in its order."""
    rows = list(Meeting.objects.all())
    return render(request, "councils/meeting_list.html", {"rows": rows})
