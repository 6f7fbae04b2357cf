"""Words and looks of the support: tasks, answers, and where advice points at the plan."""

from collections import defaultdict

from django import template
from django.utils import timezone

from municipalities.japanese import fuzzy_dates
from municipalities.templatetags.dads import tag
from reports.choices import AdviceResponse, TaskState
from reports.document.reading import words
from reports.models import AdviceItem
from reports.support import advice, lines

register = template.Library()

TASK_LOOKS = {
    TaskState.AHEAD: "todo",
    TaskState.DOING: "doing",
    TaskState.DONE: "done",
    TaskState.DROPPED: "blocked",
}
ANSWER_LOOKS = {
    AdviceResponse.NONE: "todo",
    AdviceResponse.ADOPTED: "done",
    AdviceResponse.CONSIDERING: "doing",
    AdviceResponse.DECLINED: "blocked",
}
OBJECTS = ("issue", "activity", "outcome")
OPEN = {TaskState.AHEAD, TaskState.DOING}


@register.filter
def task_tag(task):
    """Draw the state of a task."""
    return tag(TASK_LOOKS[TaskState(task.state)], task.get_state_display())


@register.filter
def is_late(task):
    """Say whether a task is open although the last day of its time has passed."""
    due = fuzzy_dates.read_or_none(task.due) if task.state in OPEN else None
    return due is not None and due.latest < timezone.localdate()


@register.filter
def answer_tag(item):
    """Draw what the municipality answered to a piece of advice."""
    return tag(ANSWER_LOOKS[AdviceResponse(item.response)], item.get_response_display())


@register.filter
def items(text):
    """Return the items of a text, one a line."""
    return lines.items(text)


@register.filter
def keywords(text):
    """Return the keywords of a meeting in 『…』, one a line."""
    return map(words.quoted, lines.items(text))


@register.filter
def in_short(target):
    return advice.in_short(target)


@register.simple_tag(takes_context=True)
def advice_of_plan(context):
    """Return the year's advice by what it is about, for `advice_about` to draw; one query for a page."""
    found = defaultdict(list)
    rows = AdviceItem.objects.filter(cycle=context["request"].cycle)
    for item in rows.select_related("step", *OBJECTS):
        for name in OBJECTS:
            if target := getattr(item, name):
                found[name, target.key].append(item)
    return found


@register.inclusion_tag("reports/support/_advice_about.html", takes_context=True)
def advice_about(context, found, name, row):
    """List the advice that points at an issue, an activity or an outcome; nothing where there is none."""
    return {"request": context["request"], "items": found.get((name, row.key), ())}
