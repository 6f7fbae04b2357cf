"""Choosing what to follow: the catalogue of indicators."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.choices import COMMON, COMMON_NAME, LogicLevel
from indicators.definitions import catalogue
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
    shown = catalogue.matching(found, **asked)
    context = {
        "asked": asked,
        "entries": catalogue.beside_alike(shown or catalogue.near(found, **asked), found),
        "is_found": bool(shown),
        "elsewhere": 0 if shown else len(catalogue.matching(found, text=asked["text"])),
        "total": len(found),
        "scenes": [*((one.value, one.label) for one in scenes), (COMMON, COMMON_NAME)],
        "levels": LogicLevel.choices,
    }
    return render(request, "indicators/catalogue_list.html", context)
