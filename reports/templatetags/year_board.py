"""What is to be done next for the year's report, shown on the foundation's board."""

from django import template

from reports.models import ProgressReport
from reports.submission import check

register = template.Library()


@register.inclusion_tag("reports/_year_tasks.html", takes_context=True)
def year_tasks(context):
    """Draw the sections of the year's report with their states, and the newest report."""
    cycle = context["request"].cycle
    latest = ProgressReport.objects.filter(cycle=cycle).order_by("-pk").first()
    if latest:
        latest.cycle = cycle
    return {"sections": check.year_sections(cycle), "latest": latest}
