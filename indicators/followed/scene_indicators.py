"""The indicators of a scene: those placed at its outcomes or shown at its issues, with values, targets and verdicts."""

from django.db.models import Q

from indicators.followed import following
from indicators.models import Indicator


def of(cycle, scene):
    """Return the lines of a scene in the order of the year, in three queries."""
    of_scene = Q(uses__outcome__scene=scene) | Q(issue_figures__issue__scene=scene)
    rows = Indicator.objects.filter(of_scene, cycle=cycle).distinct()
    found = rows.select_related("definition", "own_definition").order_by("position", "pk")
    return following.lines_of(list(found), cycle, used={})
