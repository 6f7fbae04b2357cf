"""取組台帳: the list of activities, one activity with all that belongs to it, and editing it."""

from functools import partial

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from logicmodels.activities import activity_sheet, register
from logicmodels.activities.activity_forms import ActivityFilterForm, ActivityForm, NewActivityForm
from logicmodels.models import Activity
from municipalities.access import Permission, requires
from municipalities.choices import Scene
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row

ROWS_PER_PAGE, EVERY_ROW = 100, 100_000


@require_safe
@requires(Permission.VIEW_PLAN)
def activity_list(request):
    """The table of existing activities by scene; for print, all of them on one page."""
    form, is_print = ActivityFilterForm(request.GET), "print" in request.GET
    rows = register.activities_of(request.cycle)
    shown = register.matching(rows, **form.chosen)
    pages = Paginator(shown, EVERY_ROW if is_print else ROWS_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    keep_empty = not form.chosen and pages.num_pages == 1
    may_arrange = not is_print and not {"item", "q"} & set(
        form.chosen
    )  # no gaps between neighbours
    goals = register.goals_of(request.cycle)
    context = {
        "form": form,
        "page": page,
        "total": len(rows),
        "groups": register.groups(page.object_list, goals=goals, keep_empty=keep_empty),
        "is_print": is_print,
        "is_arranging": "arrange" in request.GET and may_arrange,
        "may_arrange": may_arrange,
    }
    return render(request, "logicmodels/activity_list.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def activity(request, activity_key):
    sheet = activity_sheet.of(request.cycle, activity_key)
    return render(request, "logicmodels/activity.html", {"sheet": sheet})


@requires(Permission.EDIT_PLAN)
def activity_add(request):
    """A new activity, proposed for the scene that `?scene=` names."""
    scene = request.GET.get("scene")
    page = EditPage(
        key=f"activity-new-{request.cycle.fiscal_year}",
        title="取組を追加する",
        back=request.cycle.url("logicmodels:activity_list"),
    )
    among = Activity.objects.filter(cycle=request.cycle)
    return add_row(
        request,
        Activity(cycle=request.cycle, scene=scene if scene in Scene.values else Scene.ALL),
        form_class=NewActivityForm,
        page=page,
        deed=partial(insert, among=among, by=request.user),
    )


def insert(form, *, among, by):
    """Write a new activity, with the body it names, behind the last one."""
    form.settle(by=by)
    ordering.append(form.save(commit=False), among=among, by=by)


def one_activity(request, key):
    """Return an activity of the year. Raises Http404."""
    return get_object_or_404(Activity, cycle=request.cycle, key=key)


@requires(Permission.EDIT_PLAN)
def activity_edit(request, activity_key):
    row = one_activity(request, activity_key)
    page = EditPage(
        key=f"activity-{request.cycle.fiscal_year}-{activity_key}",
        title="取組を編集する",
        back=request.cycle.url("logicmodels:activity", activity_key),
        lead="ここで直した内容は、この取組を使っているすべての所に反映されます。",
        part="activities",
    )
    return edit_row(request, row, form_class=ActivityForm, page=page)


@requires(Permission.EDIT_PLAN)
def activity_delete(request, activity_key):
    row = one_activity(request, activity_key)
    page = DeletePage(
        title="取組を削除する", back=request.cycle.url("logicmodels:activity_list"), name=row.name
    )
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def activity_move(request, activity_key, step):
    """Move an activity within its scene and come back to it, to the list as it was filtered."""
    row = one_activity(request, activity_key)
    among = Activity.objects.filter(cycle=request.cycle, scene=row.scene)
    ordering.move(row, among=among, step=step, by=request.user)
    address = request.cycle.url("logicmodels:activity_list")
    return redirect(f"{address}?{request.GET.urlencode()}#{activity_key}")
