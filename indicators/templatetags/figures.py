"""The numbers of a profile, shown on the foundation's page; what people call a column of the long format."""

from django import template

from indicators import profile_figures
from indicators.long_format import LABELS

register = template.Library()


@register.inclusion_tag("indicators/_profile_figures.html", takes_context=True)
def profile_numbers(context):
    """Draw the figures of 自治体概要 with year and source, each with its way to be mended."""
    request = context["request"]
    return {
        "request": request,
        "figures": profile_figures.of(request.cycle),
        "may_edit": request.scope.may("edit_plan"),
    }


@register.filter
def column_label(column):
    """Return 「値（value）」 for a column of the long format; nothing for a remark on a whole row."""
    return f"{LABELS[column]}（{column}）" if column else ""
