"""What stands under a contract: reports and talks, and the municipalities that contract with us."""

from functools import partial

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from coordinators.contract_forms import EventForm, PartnerForm
from coordinators.models import Contract, ContractEvent, ContractPartner
from municipalities import ordering
from municipalities.access import Permission, requires
from municipalities.adding import add_row
from municipalities.deleting import DeletePage, delete_row
from municipalities.editing import EditPage, edit_row
from municipalities.kernel import changes
from municipalities.keys import new_key
from municipalities.shared_views import led_or_404


def back_to(request, contract, anchor):
    return f"{request.cycle.url('contracts:contract', contract.key)}#{anchor}"


def one_event(key):
    """Return a report or talk under a contract of ours. Raises Http404."""
    return led_or_404(ContractEvent, key=key)


def events_of(contract):
    return ContractEvent.objects.led().filter(contract=contract)


@requires(Permission.EDIT_PLAN)
def event_add(request, contract_key):
    contract = led_or_404(Contract, key=contract_key)
    page = EditPage(
        key=f"event-new-{contract_key}",
        title="報告・意見交換を追加する",
        back=back_to(request, contract, "events"),
        lead=f"委託契約：{contract}",
    )

    def deed(form):
        ordering.append(form.save(commit=False), among=events_of(contract), by=request.user)

    row = ContractEvent(contract=contract)
    return add_row(request, row, form_class=EventForm, page=page, deed=deed)


@requires(Permission.EDIT_PLAN)
def event_edit(request, event_key):
    row = one_event(event_key)
    page = EditPage(
        key=f"event-{event_key}",
        title="報告・意見交換を編集する",
        back=back_to(request, row.contract, event_key),
        lead=f"委託契約：{row.contract}",
    )
    return edit_row(request, row, form_class=EventForm, page=page)


@requires(Permission.EDIT_PLAN)
def event_delete(request, event_key):
    row = one_event(event_key)
    page = DeletePage(
        title="報告・意見交換を削除する",
        back=back_to(request, row.contract, "events"),
        lead=f"委託契約：{row.contract}",
    )
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def event_move(request, event_key, step):
    row = one_event(event_key)
    ordering.move(row, among=events_of(row.contract), step=step, by=request.user)
    return redirect(back_to(request, row.contract, event_key))


@requires(Permission.EDIT_PLAN)
def partner_add(request, contract_key):
    """Let another municipality read a contract of ours."""
    contract = led_or_404(Contract, key=contract_key)
    lead = request.municipality
    page = EditPage(
        key=f"contract-partner-new-{contract_key}",
        title="共同で委託する市区町村を追加する",
        back=back_to(request, contract, "partners"),
        lead=f"追加した市区町村は、契約「{contract}」の内容（委託料を含む）と報告・意見交換を読めるように"
        f"なります。書けるのは{lead}だけです。",
    )
    row = ContractPartner(contract=contract)
    form_class = partial(PartnerForm, lead=lead)
    deed = partial(insert_partner, by=request.user)
    return add_row(request, row, form_class=form_class, page=page, deed=deed)


def insert_partner(form, *, by):
    row = form.save(commit=False)
    row.partner = form.cleaned_data["partner"]
    row.key = new_key("partner")
    changes.create_versioned(row, by=by)


@requires(Permission.EDIT_PLAN)
def partner_delete(request, partner_key):
    row = led_or_404(ContractPartner, key=partner_key)
    page = DeletePage(
        title="共同で委託する市区町村から外す",
        back=back_to(request, row.contract, "partners"),
        lead=f"{row.partner}からは、契約「{row.contract}」が見えなくなります。",
    )
    return delete_row(request, row, page=page)
