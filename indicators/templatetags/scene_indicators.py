"""The indicators of a scene, shown on the plan's page of that scene."""

from django import template

from indicators.followed import scene_indicators as indicators_by_scene

register = template.Library()


@register.inclusion_tag("indicators/_scene_indicators.html", takes_context=True)
def scene_indicators(context, scene):
    """Draw the indicators of a scene with latest value, target and verdict."""
    request = context["request"]
    return {"request": request, "lines": indicators_by_scene.of(request.cycle, scene)}
