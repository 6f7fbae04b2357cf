"""What was evaluated, judged and decided, shown on the pages of a scene and of an activity, which know nothing of it."""

from django import template

from councils.evaluating import evaluating, settling

register = template.Library()


@register.inclusion_tag("councils/_evaluated.html", takes_context=True)
def evaluations_of_scene(context, scene):
    """Draw facts and judgements of a scene in three queries, with the way to what is to change."""
    cycle = context["request"].cycle
    meetings = settling.meetings_of(cycle)
    told = evaluating.told_of(cycle, meetings, improvements=False)
    return {"request": context["request"], "told": [one for one in told if one.scene == scene]}


@register.inclusion_tag("councils/_evaluated.html", takes_context=True)
def evaluations_of_activity(context, activity):
    """Draw what was made of one activity, in four queries."""
    cycle = context["request"].cycle
    meetings = settling.meetings_of(cycle)
    told = evaluating.told_of(cycle, meetings)
    place = ("activity", activity.pk)
    return {
        "request": context["request"],
        "told": [one for one in told if one.subject.place == place],
        "alone": True,
    }
