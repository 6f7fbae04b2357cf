"""What stands under a contract: reports and talks, and the municipalities that contract with us."""

from functools import partial

from django.views.decorators.http import require_POST

from coordinators.contracts.contract_forms import EventForm, PartnerForm
from coordinators.models import Contract, ContractEvent, ContractPartner
from municipalities.access import Permission, requires
from municipalities.kernel import changes
from municipalities.pages import part_pages
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage
from municipalities.pages.part_pages import Around, Part
from municipalities.pages.shared_views import led_or_404
from municipalities.rows.keys import new_key

EVENT = Part("event", "報告・意見交換", ContractEvent, EventForm)


def back_to(request, contract, anchor):
    return f"{request.cycle.url('contracts:contract', contract.key)}#{anchor}"


def around(request, contract, key, anchor="events"):
    """Return what a page of a report or talk says around it."""
    back = back_to(request, contract, anchor)
    return Around(key=key, back=back, lead=f"委託契約：{contract}")


def one_event(key):
    """Return a report or talk under a contract of ours. Raises Http404."""
    return led_or_404(ContractEvent, key=key)


def events_of(contract):
    return ContractEvent.objects.led().filter(contract=contract)


@requires(Permission.EDIT_PLAN)
def event_add(request, contract_key):
    contract = led_or_404(Contract, key=contract_key)
    row, place = ContractEvent(contract=contract), around(request, contract, contract_key)
    return part_pages.add_part(request, row, EVENT, place, among=events_of(contract))


@requires(Permission.EDIT_PLAN)
def event_edit(request, event_key):
    row = one_event(event_key)
    place = around(request, row.contract, event_key, anchor=event_key)
    return part_pages.edit_part(request, row, EVENT, place)


@requires(Permission.EDIT_PLAN)
def event_delete(request, event_key):
    row = one_event(event_key)
    return part_pages.delete_part(request, row, EVENT, around(request, row.contract, event_key))


@require_POST
@requires(Permission.EDIT_PLAN)
def event_move(request, event_key, step):
    row = one_event(event_key)
    among, back = events_of(row.contract), back_to(request, row.contract, event_key)
    return part_pages.move_part(request, row, among=among, step=step, back=back)


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
