"""What advisers said of a report, beside it: kinds and states as tags, counts, the course of the report."""

from django import template

from municipalities.templatetags.dads import tag
from reports.choices import CommentKind, CommentState
from reports.models import Comment
from reports.submission.advising import course, deciding
from reports.submission.counting import published_status
from reports.submission.drafts import due_dates
from reports.submission.reworking import mending

register = template.Library()

LOOKS = {
    CommentKind.FIX: "warning",
    CommentKind.QUESTION: "todo",
    CommentKind.SUGGESTION: "doing",
    CommentKind.GOOD: "success",
}


@register.filter
def comment_kind(comment):
    """Draw what a comment asks for as a tag."""
    return tag(LOOKS[CommentKind(comment.kind)], comment.get_kind_display())


@register.filter
def comment_state(comment):
    """Draw how far a comment is as a tag."""
    is_open = comment.state == CommentState.OPEN
    return tag("check" if is_open else "done", comment.get_state_display())


@register.simple_tag
def comment_counts(report):
    """Return how many comments were sent on a report, and how many of them wait for the municipality."""
    sent = list(Comment.objects.filter(report=report).sent().only("state", "kind", "sent_at"))
    return {"all": len(sent), "open": sum(one.asks for one in sent)}


@register.simple_tag
def course_of(report):
    """Return what happened to a submitted report, and who wants to see it again."""
    return course.of(report)


@register.simple_tag
def due_of(report):
    """Return until when a report is to be submitted, or None."""
    return due_dates.due_of(report)


@register.simple_tag
def published(report):
    """Return how the report is known outside: its dates, and whether it came late; None before."""
    return published_status.of(report)


@register.simple_tag
def wishes_of(report):
    """Return the advisers who want to see the newest version again, with their decisions."""
    return deciding.wishes(report)


@register.simple_tag
def opened_sections(report):
    """Return the sections of a new version that may be mended; empty where all may."""
    return mending.opened(report)
