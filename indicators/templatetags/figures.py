"""The numbers of a profile, shown on the foundation's page."""

from django import template

from indicators import profile_figures

register = template.Library()


@register.inclusion_tag("indicators/_profile_figures.html", takes_context=True)
def profile_numbers(context):
    """Draw the figures of 自治体概要 with year and source, each with its way to be mended."""
    request = context["request"]
    figures = profile_figures.of(request.cycle)
    return {
        "request": request,
        "figures": figures,
        "rates": profile_figures.rate_kinds(figures),
        "may_edit": request.scope.may("edit_plan"),
        "csrf_token": context.get("csrf_token"),
    }
