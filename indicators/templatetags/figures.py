"""The numbers of a profile, shown on the foundation's page; what people call a column of the long format."""

from django import template

from indicators.figures import profile_figures
from indicators.figures import profile_sheet as sheets
from indicators.long_format import LABELS

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


@register.simple_tag(takes_context=True)
def profile_sheet(context):
    """Return the figures of 自治体概要 as rows with footnotes, for its paper."""
    return sheets.of(profile_figures.of(context["request"].cycle))


@register.filter
def column_label(column):
    """Return 「値（value）」 for a column of the long format; nothing for a remark on a whole row."""
    return f"{LABELS[column]}（{column}）" if column else ""
