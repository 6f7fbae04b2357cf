"""How states and priorities of a plan look as tags."""

from django import template

from logicmodels.choices import ActivityStatus, Priority
from municipalities.templatetags.dads import tag

register = template.Library()

STATUS_LOOKS = {
    ActivityStatus.CONSIDERED: "todo",
    ActivityStatus.PLANNED: "todo",
    ActivityStatus.RUNNING: "doing",
    ActivityStatus.DONE: "done",
    ActivityStatus.STOPPED: "blocked",
}
PRIORITY_LOOKS = {
    Priority.HIGH: "check",
    Priority.MIDDLE: "warning",
    Priority.LOW: "done",
    Priority.UNDECIDED: "blocked",
}


@register.filter
def status_tag(activity):
    """Draw how far an activity is."""
    return tag(STATUS_LOOKS[activity.status], activity.get_status_display())


@register.filter
def priority_tag(issue):
    """Draw how urgent an issue is."""
    return tag(PRIORITY_LOOKS[issue.priority], issue.get_priority_display())
