"""What did not reach its recipient, shown on the foundation's board until it is sent again."""

from django import template

from municipalities.access import Permission
from reports.delivery import status

register = template.Library()


@register.inclusion_tag("reports/_undelivered.html", takes_context=True)
def undelivered(context):
    """Show the year's failed deliveries with their reasons; nothing when there are none."""
    request = context["request"]
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "failed": status.failed_of(request.cycle),
        "may_send": request.scope.may(Permission.SUBMIT_REPORT),
    }
