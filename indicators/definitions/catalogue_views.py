"""Choosing what to follow: the catalogue of indicators."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from indicators.choices import LogicLevel
from indicators.definitions import adopting, catalogue
from municipalities.access import Permission, requires
from municipalities.choices import CARE_SCENES, Theme

THEMES = (Theme.DEMENTIA, Theme.INFECTION, Theme.DISASTER)


@require_safe
@requires(Permission.VIEW_PLAN)
def catalogue_list(request):
    """Definitions to choose from: one's own first, then the prefecture's, the national core and the rest."""
    asked = {name: request.GET.get(name, "") for name in ("text", "scene", "level")}
    found = catalogue.entries(request.cycle)
    scenes = [*CARE_SCENES, *THEMES]
    context = {
        "asked": asked,
        "entries": catalogue.matching(found, **asked),
        "total": len(found),
        "scenes": [*((one.value, one.label) for one in scenes), ("common", "共通")],
        "levels": LogicLevel.choices,
    }
    return render(request, "indicators/catalogue_list.html", context)


@require_POST
@requires(Permission.EDIT_PLAN)
def catalogue_add(request):
    """Follow what was ticked, or the one whose button was pressed; what is there already stays."""
    codes = request.POST.getlist("one") or request.POST.getlist("code")
    chosen = catalogue.chosen(codes, request.cycle, by=request.user)
    added = adopting.adopt(request.cycle, chosen, by=request.user)
    if added:
        names = "」「".join(str(one) for one in added)
        messages.success(request, f"指標「{names}」を加えました。")
        return redirect(request.cycle.url("indicators:indicator_list"))
    messages.info(request, "加える指標を選んでから、「選んだ指標を加える」を押してください。")
    return redirect(request.cycle.url("indicators:catalogue_list"))
