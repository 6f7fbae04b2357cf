"""Indicators at the outcomes of a logic model, shown on the lower app's pages."""

from django import template

from indicators.followed import placing
from logicmodels.shape import structure

register = template.Library()


@register.simple_tag
def outcome_indicators(model):
    """Return what stands at each outcome of a model, read once for the page."""
    return placing.placed_in(model)


@register.inclusion_tag("indicators/_outcome_indicators.html", takes_context=True)
def indicators_at(context, placed, model, effect, may_edit=False):  # noqa: FBT002 -- a template says `may_edit`
    """List the indicators at one outcome with 「（再）」; who may edit gets the way to the page of ticks."""
    return {
        "request": context["request"],
        "indicators": placed.get(effect.key, ()),
        "model": model,
        "effect": effect,
        "may_edit": may_edit,
    }


@register.inclusion_tag("indicators/_indicator_remarks.html", takes_context=True)
def indicator_remarks(context, model, found):
    """List the outcomes at which no indicator stands."""
    placed = placing.placed_in(model)
    return {
        "request": context["request"],
        "model": model,
        "remarks": structure.unmeasured(found, placed),
    }
