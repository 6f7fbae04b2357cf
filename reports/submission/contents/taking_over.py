"""支援前の課題 taken over from 課題整理表."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from logicmodels.models import Issue
from municipalities.models import Cycle
from municipalities.pages import ordering
from reports.models import SupportIssue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from municipalities.models import User


def offered(cycle: Cycle) -> QuerySet:
    """Return the issues of the year that are not among 支援前の課題 yet."""
    taken = SupportIssue.objects.filter(cycle=cycle, issue__isnull=False)
    rows = Issue.objects.filter(cycle=cycle).exclude(pk__in=taken.values("issue"))
    return rows.order_by("position", "pk")


def take_over(cycle: Cycle, issues: Iterable[Issue], *, by: User) -> int:
    """Add issues of the plan behind the last 支援前の課題. Return how many; what is there already is skipped."""
    among = SupportIssue.objects.filter(cycle=cycle)
    with transaction.atomic():
        # Two presses at once: the second waits here and finds the rows of the first.
        Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
        there = set(among.values_list("issue", flat=True))
        new = [issue for issue in issues if issue.pk not in there]
        for issue in new:
            row = SupportIssue(cycle=cycle, issue=issue, text=issue.text, audience=issue.audience)
            ordering.append(row, among=among, by=by)
    return len(new)
