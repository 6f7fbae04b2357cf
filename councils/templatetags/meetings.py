"""Lists of meetings and of what belongs to them."""

from django import template

from councils.choices import MeetingState
from councils.meetings import subjects
from municipalities.templatetags.dads import tag

register = template.Library()
LOOKS = {
    MeetingState.HELD: "done",
    MeetingState.PLANNED: "todo",
    MeetingState.CHECK: "check",
    MeetingState.CANCELLED: "blocked",
}


@register.filter
def state_tag(state):
    """Draw how far a meeting is."""
    return tag(LOOKS[state], state.label)


@register.simple_tag(takes_context=True)
def meeting_url(context, meeting):
    """Return where a meeting is read: on our own pages, or on those for what a neighbour shares."""
    cycle = context["request"].cycle
    if meeting.is_led_here:
        return cycle.url("meetings:meeting", meeting.key)
    return cycle.url("meetings:meeting_shared", meeting.municipality.code, meeting.key)


@register.inclusion_tag("councils/_subject.html", takes_context=True)
def subject_of(context, decision):
    """Draw what a decision is about, with the way there."""
    return {"subject": subjects.of(decision, context["request"].cycle)}


@register.inclusion_tag("components/_row_deeds.html", takes_context=True)
def part_deeds(context, stem, row, *under, first=True, last=True):
    """Draw the deeds of a row whose addresses also name what it belongs to, by the keys in `under`."""
    cycle = context["request"].cycle

    def url(deed):
        return cycle.url(f"{stem}_{deed}", *under, row.key)

    return {
        "row": row,
        "up": "" if first else url("up"),
        "down": "" if last else url("down"),
        "edit": url("edit"),
        "delete": url("delete"),
        "has_order": not (first and last),
        "csrf_token": context.get("csrf_token"),
    }
