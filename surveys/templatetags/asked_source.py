"""The way from a value back to the question of a survey that its source names."""

from django import template

from surveys.results import share_value

register = template.Library()


@register.simple_tag
def asked_by_source(values):
    """Return the questions that the sources of these values name, for `asked_source` to draw."""
    return share_value.asked_by_source(value.row.source for value in values)


@register.inclusion_tag("surveys/_asked_source.html")
def asked_source(asked, source):
    """Lead to the question that a source names, if it does."""
    return {"question": asked.get(source)}
