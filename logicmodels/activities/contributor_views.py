"""The contractor's desk: its body's activities, what was done for them, and which milestones are reached."""

from functools import partial, wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from logicmodels.activities import contributing
from logicmodels.activities.activity_forms import ResultForm
from logicmodels.activities.activity_part_views import insert
from logicmodels.models import ActivityResult, Milestone
from municipalities.access import Permission, requires
from municipalities.kernel import drafts
from municipalities.kernel.changes import StaleVersion, save_versioned
from municipalities.models import Cycle
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row, posted_version
from municipalities.views import keep_draft

OVERTAKEN = "ほかの人が先に節目を変更しています。いまの内容を確かめてください。"


def for_own_bodies(view):
    """Hand a view the bodies of the account; an account without one gets a page that explains."""

    @wraps(view)
    def handed(request, *args, **kwargs):
        bodies = contributing.bodies_of(request.user, request.municipality)
        if not bodies:
            return render(request, "logicmodels/contributor_nobody.html")
        return view(request, bodies, *args, **kwargs)

    return handed


@require_safe
@requires(Permission.CONTRIBUTE)
def contributor_now(request):
    """Lead to the desk of the year that contains today, else of the latest."""
    cycle = Cycle.objects.for_today()
    if cycle is None:
        return render(request, "logicmodels/contributor_nobody.html", {"has_no_year": True})
    cycle.municipality = request.municipality
    return redirect(cycle.url("logicmodels:contributor"))


@require_safe
@requires(Permission.CONTRIBUTE)
@for_own_bodies
def contributor(request, bodies):
    context = {"bodies": bodies, "sheets": contributing.sheets(request.cycle, bodies)}
    return render(request, "logicmodels/contributor.html", context)


@require_safe
@requires(Permission.CONTRIBUTE)
@for_own_bodies
def contributor_activity(request, bodies, activity_key):
    sheet = contributing.sheet(request.cycle, bodies, activity_key)
    return render(request, "logicmodels/contributor_activity.html", {"sheet": sheet})


def page_of(request, activity, key, title, **words):
    """Return the words around a form; what is typed lies among the contractor's own pages."""
    back = f"{request.cycle.url('logicmodels:contributor_activity', activity.key)}#results"
    lead = f"取組：{activity.name}"
    drafts_at = request.cycle.url("logicmodels:contributor_draft", key)
    return EditPage(key=key, title=title, back=back, lead=lead, drafts=drafts_at, **words)


@require_POST
@requires(Permission.CONTRIBUTE)
@for_own_bodies
def contributor_draft(request, bodies, form_key):
    return keep_draft(request, form_key)


@require_POST
@requires(Permission.CONTRIBUTE)
@for_own_bodies
def contributor_draft_discard(request, bodies, form_key):
    drafts.drop(author=request.user, form_key=form_key)
    messages.success(request, "下書きを破棄しました。")
    return redirect(request.cycle.url("logicmodels:contributor"))


@requires(Permission.CONTRIBUTE)
@for_own_bodies
def contributor_result_add(request, bodies, activity_key):
    activity = contributing.one(request.cycle, bodies, activity_key)
    key = f"own-result-new-{request.cycle.fiscal_year}-{activity_key}"
    return add_row(
        request,
        ActivityResult(cycle=request.cycle, activity=activity),
        form_class=ResultForm,
        page=page_of(request, activity, key, "実績を追加する"),
        deed=partial(insert, by=request.user),
    )


def one_result(request, bodies, activity_key, result_key):
    """Return a result that these bodies may change. Raises Http404 or PermissionDenied."""
    activity = contributing.one(request.cycle, bodies, activity_key)
    row = get_object_or_404(
        ActivityResult.objects.select_related("activity"), activity=activity, key=result_key
    )
    contributing.require_own(row, bodies)
    return row


@requires(Permission.CONTRIBUTE)
@for_own_bodies
def contributor_result_edit(request, bodies, activity_key, result_key):
    row = one_result(request, bodies, activity_key, result_key)
    remove = request.cycle.url("logicmodels:contributor_result_delete", activity_key, result_key)
    key = f"own-result-{request.cycle.fiscal_year}-{result_key}"
    page = page_of(request, row.activity, key, "実績を編集する", remove=remove)
    return edit_row(request, row, form_class=ResultForm, page=page)


@requires(Permission.CONTRIBUTE)
@for_own_bodies
def contributor_result_delete(request, bodies, activity_key, result_key):
    row = one_result(request, bodies, activity_key, result_key)
    back = f"{request.cycle.url('logicmodels:contributor_activity', activity_key)}#results"
    lead = f"取組：{row.activity.name}"
    page = DeletePage(title="実績を削除する", back=back, lead=lead, may_restore=False)
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.CONTRIBUTE)
@for_own_bodies
def contributor_milestone_reach(request, bodies, activity_key, milestone_key):
    """Say that a milestone is reached, or not yet; of two presses the second changes nothing."""
    activity = contributing.one(request.cycle, bodies, activity_key)
    row = get_object_or_404(Milestone, activity=activity, key=milestone_key)
    contributing.require_executor(activity, bodies)
    row.is_reached = request.POST.get("is_reached") == "1"
    try:
        save_versioned(
            row,
            by=request.user,
            expected_version=posted_version(request),
            fields=["is_reached"],
        )
    except StaleVersion:
        messages.warning(request, OVERTAKEN)
    else:
        done = "達したものとして記録しました。" if row.is_reached else "「これから」に戻しました。"
        messages.success(request, f"「{row.text}」を{done}")
    here = request.cycle.url("logicmodels:contributor_activity", activity_key)
    return redirect(f"{here}#milestones")
