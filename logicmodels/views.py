"""目指す姿 and 課題 of a year."""

import secrets

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from logicmodels.forms import DesiredStateForm, IssueForm
from logicmodels.models import DesiredState, Issue
from municipalities.access import Permission, requires
from municipalities.choices import CARE_SCENES
from municipalities.editing import EditPage, edit_row
from municipalities.kernel import changes, submission_keys


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
    form = IssueForm(request.POST or None, instance=Issue(cycle=request.cycle))
    if request.method == "POST" and form.is_valid():
        try:
            address = submission_keys.once(
                request.POST.get("submission_key", ""),
                user=request.user,
                deed=lambda: add_issue(form, by=request.user),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "課題を追加しました。")
            return redirect(address)
    context = {"form": form, "key": submission_keys.new(), "has_errors": form.is_bound}
    status = 422 if form.is_bound else 200
    return render(request, "logicmodels/issue_add.html", context, status=status)


def add_issue(form, *, by):
    """Append the form's issue to the year's list; return the list's address."""
    issue = form.save(commit=False)
    last = Issue.objects.filter(cycle=issue.cycle).aggregate(last=Max("position"))["last"]
    issue.position = (last or 0) + 1
    issue.key = f"issue-{secrets.token_hex(5)}"
    changes.create_versioned(issue, by=by)
    return issue.cycle.url("logicmodels:plan")


@requires(Permission.EDIT_PLAN)
def issue_edit(request, key):
    issue = get_object_or_404(Issue, cycle=request.cycle, key=key)
    page = EditPage(
        key=f"issue-{request.cycle.fiscal_year}-{key}",
        title="課題を書き直す",
        back=request.cycle.url("logicmodels:plan"),
    )
    return edit_row(request, issue, form_class=IssueForm, page=page)
