"""改善の決定: what is continued, expanded, changed, merged or ended, and what has become of it in the next year."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from councils.evaluating.evaluation_forms import ImprovementForm
from councils.improving import improving
from councils.models import Improvement, Judgement
from councils.models.evaluations import EVALUATED
from municipalities.access import Permission, requires
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row


def back_to(request, key=""):
    address = request.cycle.url("councils:improvement_list")
    return f"{address}#{key}" if key else address


@require_safe
@requires(Permission.VIEW_PLAN)
def improvement_list(request):
    """Proposals and what was decided, each with its trace in the next year's plan."""
    context = {"year": improving.of(request.cycle)}
    return render(request, "councils/improvement_list.html", context)


def proposed(request):
    """Return a new improvement about what the judgement that `?judgement=` names is about."""
    row = Improvement(cycle=request.cycle)
    rows = Judgement.objects.filter(cycle=request.cycle).select_related("evaluation")
    found = rows.filter(key=request.GET.get("judgement", "")).first()
    if found is not None:
        row.judgement = found
        for name in EVALUATED:
            setattr(row, f"{name}_id", getattr(found.evaluation, f"{name}_id"))
    return row


@requires(Permission.EDIT_PLAN)
def improvement_add(request):
    page = EditPage(
        key=f"improvement-new-{request.cycle.fiscal_year}",
        title="改善の決定を追加する",
        back=back_to(request),
        lead="決まる前の案も登録できます。決めた会議を選ぶと、「決定」に変わります。",
    )
    among = Improvement.objects.filter(cycle=request.cycle)
    return add_row(
        request,
        proposed(request),
        form_class=ImprovementForm,
        page=page,
        deed=lambda form: ordering.append(form.save(commit=False), among=among, by=request.user),
    )


def one_improvement(request, key):
    """Return an improvement of the year, with the year at hand. Raises Http404."""
    row = get_object_or_404(Improvement, cycle=request.cycle, key=key)
    row.cycle = request.cycle
    return row


@requires(Permission.EDIT_PLAN)
def improvement_edit(request, improvement_key):
    row = one_improvement(request, improvement_key)
    page = EditPage(
        key=f"improvement-{request.cycle.fiscal_year}-{improvement_key}",
        title="改善の決定を編集する",
        back=back_to(request, improvement_key),
        remove=request.cycle.url("councils:improvement_delete", improvement_key),
    )
    return edit_row(request, row, form_class=ImprovementForm, page=page)


@requires(Permission.EDIT_PLAN)
def improvement_delete(request, improvement_key):
    row = one_improvement(request, improvement_key)
    page = DeletePage(title="改善の決定を削除する", back=back_to(request), name=row.what)
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def improvement_move(request, improvement_key, step):
    row = one_improvement(request, improvement_key)
    among = Improvement.objects.filter(cycle=request.cycle)
    ordering.move(row, among=among, step=step, by=request.user)
    return redirect(back_to(request, improvement_key))
