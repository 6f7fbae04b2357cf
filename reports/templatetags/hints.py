"""The hint on a lower page that 点検 has something to say of its row: loaded after the page, a link without scripts."""

from django import template

register = template.Library()


@register.inclusion_tag("reports/year/_hints_wanted.html", takes_context=True)
def hints_of(context, part, key):
    """Draw the place in which the findings of a row appear."""
    return {"request": context["request"], "part": part, "key": key}
