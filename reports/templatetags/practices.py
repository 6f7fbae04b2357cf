"""The ways to 好事例 from the pages of activities: a lower page shows them by this tag alone."""

from django import template

from municipalities.access import Permission

register = template.Library()


@register.inclusion_tag("reports/practice/_ways.html", takes_context=True)
def practice_ways(context, activity=None):
    """Draw the links to the library and to our own cases; with an activity, to writing one from it."""
    request = context["request"]
    add = ""
    if activity is not None and request.scope.may(Permission.EDIT_PLAN):
        add = request.cycle.url("practices:practice_add") + f"?activity={activity.key}"
    return {
        "add": add,
        "library": request.cycle.url("practices:library"),
        "own": request.cycle.url("practices:practice_list"),
    }
