"""Structures of coordinators in lists: their addresses, the deeds of what stands under them."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def structure_url(context, sheet):
    """Return the page of a structure: ours, or the reading page of one that another municipality leads."""
    url = context["request"].cycle.url
    if sheet.is_led_here:
        return url("coordinators:structure", sheet.key)
    return url("coordinators:structure_shared", sheet.lead_code, sheet.key)


@register.inclusion_tag("components/_row_deeds.html", takes_context=True)
def part_deeds(context, stem, row, *, first=True, last=True):
    """Draw the deeds of a row under the structure of the page, as `row_deeds` does for other rows."""

    def url(deed):
        sheet = context["sheet"]
        return context["request"].cycle.url(f"coordinators:{stem}_{deed}", sheet.key, row.key)

    return {
        "row": row,
        "up": "" if first else url("up"),
        "down": "" if last else url("down"),
        "edit": url("edit"),
        "delete": url("delete"),
        "has_order": not (first and last),
        "csrf_token": context.get("csrf_token"),
    }
