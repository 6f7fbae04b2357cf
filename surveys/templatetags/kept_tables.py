"""What stays of the tables of a round, for the page that asks before its answers go."""

from django import template

from surveys.tabulation.keeping import foretelling

register = template.Library()


@register.inclusion_tag("surveys/rounds/_stays.html", takes_context=True)
def what_stays(context, row):
    return {"told": foretelling.of(row), "round": row, "request": context["request"]}
