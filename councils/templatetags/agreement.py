"""Whether a council agreed: shown with the desired states and logic models, which know nothing of councils."""

from django import template

from councils.meetings import agreement as agreements_by_row

register = template.Library()


@register.simple_tag(takes_context=True)
def agreements_of_year(context):
    """Return the year's agreements, once for a page."""
    return agreements_by_row.of(context["request"].cycle)


@register.inclusion_tag("councils/_agreement.html")
def agreement(agreements, row, until="案", *, plain=False):
    """Draw 「協議体で合意（会議の名称・日付）」 for a row, or what it is until then; `plain` for paper, without tag and link."""
    return {"found": agreements_by_row.about(agreements, row), "until": until, "plain": plain}
