"""The indicators of a scene: those placed at its outcomes or shown at its issues, with their latest values."""

from django.db.models import Q

from indicators.issue_figures import latest_values
from indicators.models import Indicator
from indicators.profile_figures import ProfileFigure


def of(cycle, scene):
    """Return the figures of a scene in the order of the year, in two queries."""
    of_scene = Q(uses__outcome__scene=scene) | Q(issue_figures__issue__scene=scene)
    rows = Indicator.objects.filter(of_scene, cycle=cycle).distinct()
    indicators = list(
        rows.select_related("definition", "own_definition").order_by("position", "pk")
    )
    latest = latest_values(cycle, {one.code for one in indicators})
    return [ProfileFigure(one.defined_by, latest.get(one.code)) for one in indicators]
