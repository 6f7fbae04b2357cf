"""目指す姿 and 課題 of a year."""

import secrets

from django.db.models import Max
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from logicmodels.forms import DesiredStateForm, IssueForm
from logicmodels.models import DesiredState, Issue
from municipalities.access import Permission, requires
from municipalities.adding import add_row
from municipalities.choices import CARE_SCENES
from municipalities.editing import EditPage, edit_row
from municipalities.kernel import changes


@require_safe
@requires(Permission.VIEW_PLAN)
def plan(request):
    """The four desired states side by side, and the issues in their order."""
    written = {state.scene: state for state in DesiredState.objects.filter(cycle=request.cycle)}
    goals = [(scene, written.get(scene.value)) for scene in CARE_SCENES]
    issues = Issue.objects.filter(cycle=request.cycle)
    return render(request, "logicmodels/plan.html", {"goals": goals, "issues": issues})


@requires(Permission.EDIT_PLAN)
def goal_edit(request, scene):
    row = DesiredState.objects.filter(cycle=request.cycle, scene=scene).first() or DesiredState(
        cycle=request.cycle, scene=scene, key=scene.value
    )
    page = EditPage(
        key=f"goal-{request.cycle.fiscal_year}-{scene.value}",
        title=f"「{scene.label}」の目指す姿を書く",
        back=request.cycle.url("logicmodels:plan"),
        lead="協議体で合意するまでは「案」として扱います。",
    )
    return edit_row(request, row, form_class=DesiredStateForm, page=page)


@requires(Permission.EDIT_PLAN)
def issue_add(request):
    page = EditPage(
        key=f"issue-new-{request.cycle.fiscal_year}",
        title="課題を追加する",
        back=request.cycle.url("logicmodels:plan"),
    )
    return add_row(
        request,
        Issue(cycle=request.cycle),
        form_class=IssueForm,
        page=page,
        deed=lambda form: append_issue(form.save(commit=False), by=request.user),
    )


def append_issue(issue, *, by):
    """Put a new issue at the end of its year's list."""
    last = Issue.objects.filter(cycle=issue.cycle).aggregate(last=Max("position"))["last"]
    issue.position = (last or 0) + 1
    issue.key = f"issue-{secrets.token_hex(5)}"
    changes.create_versioned(issue, by=by)


@requires(Permission.EDIT_PLAN)
def issue_edit(request, key):
    issue = get_object_or_404(Issue, cycle=request.cycle, key=key)
    page = EditPage(
        key=f"issue-{request.cycle.fiscal_year}-{key}",
        title="課題を編集する",
        back=request.cycle.url("logicmodels:plan"),
    )
    return edit_row(request, issue, form_class=IssueForm, page=page)
