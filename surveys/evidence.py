"""課題の根拠: which issues a question of a survey or a topic of the hearings is evidence of."""

from collections import defaultdict

from django.db import transaction
from django.shortcuts import get_object_or_404

from logicmodels.models import Issue
from municipalities.choices import Scene
from municipalities.kernel import changes
from municipalities.rows.keys import new_key
from surveys.models import IssueEvidence


def by_issue(cycle):
    """Return the evidence of every issue of the year by the issue's id, in one query."""
    rows = IssueEvidence.objects.filter(cycle=cycle).select_related("question__survey", "topic")
    found = defaultdict(list)
    for row in rows:
        found[row.issue_id].append(row)
    return dict(found)


def issues_of(cycle):
    """Return the issues of the year that a result may be evidence of, as the plan lists them."""
    order = list(Scene)
    rows = Issue.objects.filter(cycle=cycle)
    return sorted(
        rows, key=lambda issue: (order.index(Scene(issue.scene)), issue.position, issue.pk)
    )


def chosen_for(**source):
    """Return the keys of the issues that a question or topic is evidence of."""
    return list(IssueEvidence.objects.filter(**source).values_list("issue__key", flat=True))


def choose(source, issues, *, name, by):
    """Let a row be evidence of exactly these issues; `name`: question or topic. What is chosen already stays."""
    with transaction.atomic():
        # Two choices for one row come one after the other; a deleted row is not found, as its page.
        get_object_or_404(type(source).objects.select_for_update(), pk=source.pk)
        shown = {row.issue_id: row for row in IssueEvidence.objects.filter(**{name: source})}
        wanted = {issue.pk: (place, issue) for place, issue in enumerate(issues, start=1)}
        for pk in shown.keys() - wanted.keys():
            leave_out(shown[pk], by=by)
        for pk in wanted.keys() - shown.keys():
            place, issue = wanted[pk]
            row = IssueEvidence(
                cycle=source.cycle,
                issue=issue,
                position=place,
                key=new_key("evidence"),
                **{name: source},
            )
            changes.create_versioned(row, by=by)


def leave_out(row, *, by):
    before = changes.values_of(row, changes.content_fields(row))
    changes.record(row, by=by, deed="delete", before=before, after={}, version=row.version + 1)
    row.delete()
