"""Pages of 委託: contracts as chains, one contract with its comparison and its paper, and editing them."""

from functools import partial

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coordinators.choices import ContractKind
from coordinators.contracts import contract_chains, contract_sheet, executions
from coordinators.contracts.contract_forms import ContractForm
from coordinators.models import Contract
from municipalities.access import Permission, requires
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.pages.shared_views import led_or_404, shared_or_404

HELD_BY_A_NEIGHBOUR = (
    "共同で委託する市区町村が、事業項目の実施体制にこの委託契約を登録しているため、削除できません。"
    "先に、その市区町村に登録を外してもらってください。"
)


@require_safe
@requires(Permission.VIEW_PLAN)
def contract_list(request):
    """The contracts as chains, ours first, and the table of who carries out which work item."""
    contracts = contract_chains.readable()
    lines = executions.lines_of(request.cycle, contracts)
    context = {
        "chains": contract_chains.chains(contracts),
        "scenes": executions.scenes(),
        "rows": executions.table(lines),
        "has_lines": bool(lines),
    }
    return render(request, "coordinators/contract_list.html", context)


def sheet_of(request, contract):
    return contract_sheet.of(request.cycle, contract, today=timezone.localdate())


@require_safe
@requires(Permission.VIEW_PLAN)
def contract(request, contract_key):
    row = led_or_404(Contract, key=contract_key)
    return render(request, "coordinators/contract.html", {"sheet": sheet_of(request, row)})


@require_safe
@requires(Permission.VIEW_PLAN)
def contract_shared(request, lead, contract_key):
    """A contract that another municipality leads and shares with ours: for reading."""
    row = shared_or_404(Contract, lead=lead, key=contract_key)
    return render(request, "coordinators/contract_shared.html", {"sheet": sheet_of(request, row)})


@require_safe
@requires(Permission.VIEW_PLAN)
def contract_print(request, contract_key):
    """委託の整理表: the paper that is laid before the contractor."""
    row = led_or_404(Contract, key=contract_key)
    return render(request, "coordinators/contract_print.html", {"sheet": sheet_of(request, row)})


@requires(Permission.EDIT_PLAN)
def contract_add(request):
    """A new contract; `?parent=` proposes the one of ours that it is handed on from."""
    parent = Contract.objects.led().filter(key=request.GET.get("parent", "")).first()
    page = EditPage(
        key="contract-new",
        title="再委託を追加する" if parent else "委託契約を追加する",
        back=request.cycle.url("contracts:contract_list"),
        lead=f"もとの契約：{parent}" if parent else "",
    )
    row = Contract(parent=parent, kind=ContractKind.SUB if parent else ContractKind.WHOLE)
    deed = partial(insert, by=request.user)
    return add_row(request, row, form_class=ContractForm, page=page, deed=deed)


def insert(form, *, by):
    """Write a new contract behind the last one beside it."""
    form.settle(by=by)
    row = form.save(commit=False)
    ordering.append(row, among=beside(row), by=by)


def beside(row):
    """Return our contracts that hang on the same one."""
    return Contract.objects.led().filter(parent=row.parent_id)


@requires(Permission.EDIT_PLAN)
def contract_edit(request, contract_key):
    row = led_or_404(Contract, key=contract_key)
    page = EditPage(
        key=f"contract-{contract_key}",
        title="委託契約を編集する",
        back=request.cycle.url("contracts:contract", contract_key),
        lead="契約は年度をまたいで使います。中身が大きく変わるときは、いまの契約を「終了」にして、"
        "新しい契約を追加すると、経過が残ります。",
    )
    return edit_row(request, row, form_class=ContractForm, page=page)


@requires(Permission.EDIT_PLAN)
def contract_delete(request, contract_key):
    row = led_or_404(Contract, key=contract_key)
    page = DeletePage(
        title="委託契約を削除する",
        back=request.cycle.url("contracts:contract_list"),
        lead="契約が終わったときは、削除せずに、状態を「終了」にして理由を書いておくと、"
        "次に委託するときの手がかりになります。",
        name=row.title,
        held=HELD_BY_A_NEIGHBOUR,
    )
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def contract_move(request, contract_key, step):
    row = led_or_404(Contract, key=contract_key)
    ordering.move(row, among=beside(row), step=step, by=request.user)
    return redirect(request.cycle.url("contracts:contract_list") + f"#{contract_key}")
