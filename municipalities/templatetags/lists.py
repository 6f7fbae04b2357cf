"""Lists that people arrange: the deeds of a row."""

from django import template

register = template.Library()


@register.inclusion_tag("components/_row_deeds.html", takes_context=True)
def row_deeds(context, stem, row, *, first=True, last=True, in_use=False):  # noqa: PLR0913 -- what a row offers
    """Draw 上へ, 下へ, 編集する and 削除する of a row, for the addresses <stem>_up, _down, _edit and _delete.

    The first row of a list has no way up, the last none down; both: the list has no order. What is in
    use is not offered for deleting.
    """
    cycle = context["request"].cycle

    def url(deed):
        return cycle.url(f"{stem}_{deed}", row.key)

    return {
        "row": row,
        "up": "" if first else url("up"),
        "down": "" if last else url("down"),
        "edit": url("edit"),
        "delete": "" if in_use else url("delete"),
        "has_order": not (first and last),
        "csrf_token": context.get("csrf_token"),
    }
