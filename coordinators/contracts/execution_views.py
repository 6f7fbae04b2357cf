"""事業項目の実施体制: who carries out a work item in a scene, one row each."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from coordinators.contracts import contract_chains, executions
from coordinators.contracts.contract_forms import ExecutionForm
from coordinators.models import Contract, WorkItemExecution
from logicmodels.choices import SCENES_OF_A_PLAN, Execution, WorkItem
from municipalities.access import Permission, requires
from municipalities.choices import Scene
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row


@require_safe
@requires(Permission.VIEW_PLAN)
def execution_list(request):
    """The year's rows by work item, also those that nobody carries out yet."""
    lines = executions.lines_of(request.cycle, contract_chains.readable())
    return render(request, "coordinators/execution_list.html", {"rows": executions.table(lines)})


def back_to(request, anchor=""):
    return request.cycle.url("contracts:execution_list") + (f"#{anchor}" if anchor else "")


def one_execution(request, key):
    """Return a row of the year. Raises Http404."""
    return get_object_or_404(WorkItemExecution, cycle=request.cycle, key=key)


@requires(Permission.EDIT_PLAN)
def execution_add(request):
    """A new row, proposed for the work item, scene and contract that the address names."""
    item = request.GET.get("item", "")
    page = EditPage(
        key=f"execution-new-{request.cycle.fiscal_year}",
        title="事業項目の実施体制を追加する",
        back=back_to(request, item if item in WorkItem.values else ""),
    )
    row = proposed(request)
    deed = partial(insert, among=WorkItemExecution.objects.filter(cycle=row.cycle), by=request.user)
    return add_row(request, row, form_class=ExecutionForm, page=page, deed=deed)


def proposed(request):
    """Return the row that the form begins with."""
    item, scene = request.GET.get("item"), request.GET.get("scene")
    contract = Contract.objects.led().filter(key=request.GET.get("contract", "")).first()
    return WorkItemExecution(
        cycle=request.cycle,
        work_item=item if item in WorkItem.values else "",
        scene=scene if scene in SCENES_OF_A_PLAN else Scene.ALL,
        contract=contract,
        execution=Execution.CONTRACTED if contract else Execution.UNSTATED,
    )


def insert(form, *, among, by):
    form.settle(by=by)
    ordering.append(form.save(commit=False), among=among, by=by)


@requires(Permission.EDIT_PLAN)
def execution_edit(request, execution_key):
    row = one_execution(request, execution_key)
    page = EditPage(
        key=f"execution-{request.cycle.fiscal_year}-{execution_key}",
        title="事業項目の実施体制を編集する",
        back=back_to(request, execution_key),
    )
    return edit_row(request, row, form_class=ExecutionForm, page=page)


@requires(Permission.EDIT_PLAN)
def execution_delete(request, execution_key):
    row = one_execution(request, execution_key)
    page = DeletePage(title="事業項目の実施体制を削除する", back=back_to(request))
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def execution_move(request, execution_key, step):
    """Move a row among those of its work item and scene."""
    row = one_execution(request, execution_key)
    place = {"cycle": request.cycle, "work_item": row.work_item, "scene": row.scene}
    among = WorkItemExecution.objects.filter(**place)
    ordering.move(row, among=among, step=step, by=request.user)
    return redirect(back_to(request, execution_key))
