"""目指す姿 and 課題 of a year."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from logicmodels.activities import register
from logicmodels.choices import SCENES_OF_A_PLAN
from logicmodels.goals import issue_sheet
from logicmodels.goals.forms import DesiredStateForm, IssueForm
from logicmodels.models import DesiredState, Issue
from municipalities.access import Permission, requires
from municipalities.choices import Scene
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row


@require_safe
@requires(Permission.VIEW_PLAN)
def plan(request):
    """課題整理表: desired states and issues by scene."""
    sheets = issue_sheet.of(request.cycle)
    context = {
        "sheets": sheets,
        "has_issues": any(sheet.issues for sheet in sheets),
        "is_arranging": "arrange" in request.GET,
    }
    return render(request, "logicmodels/plan.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def scene(request, scene):
    """One scene on one page: desired state, issues, activities, indicators."""
    (sheet,) = (sheet for sheet in issue_sheet.of(request.cycle) if sheet.scene is scene)
    activities = register.matching(register.activities_of(request.cycle), scene=scene)
    context = {"sheet": sheet, "activities": activities, "scenes": SCENES_OF_A_PLAN}
    return render(request, "logicmodels/scene.html", context)


@requires(Permission.EDIT_PLAN)
def goal_edit(request, scene):
    row = DesiredState.objects.filter(cycle=request.cycle, scene=scene).first() or DesiredState(
        cycle=request.cycle, scene=scene, key=scene.value
    )
    what = "すべての場面を通した目指す姿" if scene is Scene.ALL else f"「{scene.label}」の目指す姿"
    page = EditPage(
        key=f"goal-{request.cycle.fiscal_year}-{scene.value}",
        title=f"{what}を書く",
        back=request.cycle.url("logicmodels:plan"),
        lead="協議体で合意するまでは「案」として扱います。",
        remove=request.cycle.url("logicmodels:goal_delete", scene),
        part="desired_states",
    )
    return edit_row(request, row, form_class=DesiredStateForm, page=page)


@requires(Permission.EDIT_PLAN)
def goal_delete(request, scene):
    row = DesiredState.objects.filter(cycle=request.cycle, scene=scene).first()
    back = request.cycle.url("logicmodels:plan")
    if row is None:
        messages.info(request, f"「{scene.label}」の目指す姿は、まだ書かれていません。")
        return redirect(back)
    name = f"{scene.label}：{row.text}"
    page = DeletePage(title=f"「{scene.label}」の目指す姿を削除する", back=back, name=name)
    return delete_row(request, row, page=page)


@requires(Permission.EDIT_PLAN)
def issue_add(request):
    """A new issue, proposed for the scene that `?scene=` names."""
    scene = request.GET.get("scene")
    page = EditPage(
        key=f"issue-new-{request.cycle.fiscal_year}",
        title="課題を追加する",
        back=request.cycle.url("logicmodels:plan"),
    )
    among = Issue.objects.filter(cycle=request.cycle)
    return add_row(
        request,
        Issue(cycle=request.cycle, scene=scene if scene in Scene.values else Scene.ALL),
        form_class=IssueForm,
        page=page,
        deed=lambda form: ordering.append(form.save(commit=False), among=among, by=request.user),
    )


def one_issue(request, key):
    """Return an issue of the year. Raises Http404."""
    return get_object_or_404(Issue, cycle=request.cycle, key=key)


@requires(Permission.EDIT_PLAN)
def issue_edit(request, key):
    issue = one_issue(request, key)
    page = EditPage(
        key=f"issue-{request.cycle.fiscal_year}-{key}",
        title="課題を編集する",
        back=request.cycle.url("logicmodels:plan"),
        remove=request.cycle.url("logicmodels:issue_delete", key),
        part="issues",
    )
    return edit_row(request, issue, form_class=IssueForm, page=page)


@requires(Permission.EDIT_PLAN)
def issue_delete(request, key):
    issue = one_issue(request, key)
    page = DeletePage(
        title="課題を削除する", back=request.cycle.url("logicmodels:plan"), name=issue.text
    )
    return delete_row(request, issue, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def issue_move(request, key, step):
    """Move an issue within its scene and come back to it."""
    issue = one_issue(request, key)
    among = Issue.objects.filter(cycle=request.cycle, scene=issue.scene)
    ordering.move(issue, among=among, step=step, by=request.user)
    address = request.cycle.url("logicmodels:plan")
    return redirect(f"{address}?{request.GET.urlencode()}#{key}")
