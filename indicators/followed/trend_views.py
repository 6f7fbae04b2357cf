"""推移の一覧: small charts of every indicator, to be seen together and printed."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.followed import trends
from indicators.followed.evaluation_views import chosen_scene
from municipalities.access import Permission, requires
from municipalities.choices import CARE_SCENES
from municipalities.japanese import dates


@require_safe
@requires(Permission.VIEW_PLAN)
def trend_list(request):
    """The trends of the year or of one scene, A4 on paper."""
    scene = chosen_scene(request)
    context = {
        "groups": trends.groups(request.cycle, scene=scene),
        "scenes": CARE_SCENES,
        "chosen": scene,
        "made_on": dates.in_wareki(timezone.localdate()),
    }
    return render(request, "indicators/trends.html", context)
