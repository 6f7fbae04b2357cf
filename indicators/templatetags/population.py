"""The population of a municipality over the years, on the foundation's page."""

from django import template

from indicators.measurements import series

register = template.Library()


@register.inclusion_tag("indicators/_population.html", takes_context=True)
def population_chart(context):
    """Draw the published population, one chart for each statistic; nothing where there is none."""
    return {"charts": series.population(context["request"].municipality)}
