"""課題の根拠にする: from the town's own comparison, a public figure is shown at one of the year's issues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from indicators.figures import grounding
from indicators.figures.issue_forms import GroundedIssueForm
from indicators.figures.profile_figures import stated_by_statistics
from indicators.models import Definition, IssueFigure
from logicmodels.models import Issue
from municipalities.access import Permission, requires
from municipalities.pages.editing import FORM_METHODS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from indicators.models import PublishedValue


@require_http_methods(FORM_METHODS)
@requires(Permission.EDIT_PLAN)
def compare_ground(request: Any, code: str) -> HttpResponse:
    """Choose the issue; pressed twice it is there once."""
    definition = get_object_or_404(Definition, code=code)
    published = grounding.newest_of(request.cycle, code)
    issues = {one.key: one for one in Issue.objects.filter(cycle=request.cycle)}
    form = form_of(request, code, issues)
    if request.method == "POST" and published and form.is_valid():
        issue = issues[form.cleaned_data["issue"]]
        issue.cycle = request.cycle
        return grounded(request, issue, published)
    context = {
        "form": form,
        "definition": definition,
        "figure": stated_by_statistics(published) if published else None,
        "own": grounding.own_value(request.cycle, published) if published else None,
        "issues": issues,
        "back": f"{request.cycle.url('indicators:compare')}?indicator={code}",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/compare_ground.html", context, status=status)


def form_of(request: Any, code: str, issues: dict[str, Issue]) -> GroundedIssueForm:
    rows = IssueFigure.objects.filter(cycle=request.cycle, indicator__code=code)
    shown = set(rows.values_list("issue__key", flat=True))
    posted = request.POST if request.method == "POST" else None
    return GroundedIssueForm(posted, issues=issues.values(), shown=shown)


def grounded(request: Any, issue: Issue, published: PublishedValue) -> HttpResponse:
    """Do it, and lead to the issue."""
    if grounding.ground(issue, published, by=request.user):
        messages.success(request, f"「{published.definition.name}」を課題の根拠にしました。")
    else:
        messages.info(request, f"「{published.definition.name}」は、すでにこの課題の根拠です。")
    return redirect(f"{request.cycle.url('logicmodels:plan')}#{issue.key}")
