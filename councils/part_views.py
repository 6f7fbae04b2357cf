"""Functions, seats, outreach and partners of a council that we lead: adding, editing, deleting, moving."""

from dataclasses import dataclass
from functools import partial

from django.db import models
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from councils.choices import SeatRole
from councils.forms import CouncilPartnerForm, FunctionForm, OutreachForm, SeatForm
from councils.models import Council, CouncilFunction, CouncilPartner, Outreach, Seat
from municipalities import ordering
from municipalities.access import Permission, requires
from municipalities.adding import add_row
from municipalities.deleting import DeletePage, delete_row
from municipalities.editing import EditPage, edit_row
from municipalities.forms import HouseModelForm
from municipalities.kernel import changes
from municipalities.keys import new_key
from municipalities.shared_views import led_or_404

LOST = "外すと、その市区町村の画面からこの会議体が見えなくなります。"


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of row that belongs to a council. `place`: where its list stands on the council's page."""

    name: str
    label: str
    place: str
    model: type[models.Model]
    form_class: type[HouseModelForm]
    # Rows that stand in one list share these columns.
    beside: tuple[str, ...] = ("council",)


FUNCTION = Part("function", "機能", "functions", CouncilFunction, FunctionForm)
SEAT = Part("seat", "構成員", "seats", Seat, SeatForm, ("council", "role"))
OUTREACH = Part("outreach", "働きかけ", "outreach", Outreach, OutreachForm)
PARTNER = Part("partner", "共同で開く市区町村", "partners", CouncilPartner, CouncilPartnerForm)


def back_to(request, council, part):
    return f"{request.cycle.url('councils:council', council.key)}#{part.place}"


def add(request, council_key, part, **proposed):
    """Show the form of a new part, or add it."""
    council = led_or_404(Council, key=council_key)
    page = EditPage(
        key=f"council-{part.name}-new-{council_key}",
        title=f"{part.label}を追加する",
        back=back_to(request, council, part),
        lead=f"会議体：{council}",
    )
    row = part.model(council=council, key=new_key(part.name), **proposed)
    deed = partial(insert, by=request.user)
    return add_row(request, row, form_class=part.form_class, page=page, deed=deed)


def insert(form, *, by):
    """Write a new part; where the list has an order, behind the last one."""
    row = form.save(commit=False)
    if isinstance(row, CouncilPartner):
        changes.create_versioned(row, by=by)
    else:
        ordering.append(row, among=type(row).objects.filter(council=row.council), by=by)


def one_part(request, key, part):
    """Return a part of a council that we lead, with the council. Raises Http404."""
    row = led_or_404(part.model, key=key)
    return row, row.council


def edit(request, key, part):
    row, council = one_part(request, key, part)
    page = EditPage(
        key=f"council-{part.name}-{key}",
        title=f"{part.label}を編集する",
        back=back_to(request, council, part),
        lead=f"会議体：{council}",
    )
    return edit_row(request, row, form_class=part.form_class, page=page)


def delete(request, key, part, lead=""):
    row, council = one_part(request, key, part)
    page = DeletePage(
        title=f"{part.label}を削除する",
        back=back_to(request, council, part),
        lead=f"会議体：{council}{'。' if lead else ''}{lead}",
    )
    return delete_row(request, row, page=page)


def move(request, key, step, part):
    row, council = one_part(request, key, part)
    among = part.model.objects.led().filter(**{name: getattr(row, name) for name in part.beside})
    ordering.move(row, among=among, step=step, by=request.user)
    return redirect(f"{request.cycle.url('councils:council', council.key)}#{key}")


@requires(Permission.EDIT_PLAN)
def function_add(request, council_key):
    return add(request, council_key, FUNCTION)


@requires(Permission.EDIT_PLAN)
def function_edit(request, function_key):
    return edit(request, function_key, FUNCTION)


@requires(Permission.EDIT_PLAN)
def function_delete(request, function_key):
    return delete(request, function_key, FUNCTION)


@require_POST
@requires(Permission.EDIT_PLAN)
def function_move(request, function_key, step):
    return move(request, function_key, step, FUNCTION)


@requires(Permission.EDIT_PLAN)
def seat_add(request, council_key):
    """A new seat, proposed for the role that `?role=` names."""
    role = request.GET.get("role")
    return add(
        request, council_key, SEAT, role=role if role in SeatRole.values else SeatRole.MEMBER
    )


@requires(Permission.EDIT_PLAN)
def seat_edit(request, seat_key):
    return edit(request, seat_key, SEAT)


@requires(Permission.EDIT_PLAN)
def seat_delete(request, seat_key):
    return delete(request, seat_key, SEAT)


@require_POST
@requires(Permission.EDIT_PLAN)
def seat_move(request, seat_key, step):
    return move(request, seat_key, step, SEAT)


@requires(Permission.EDIT_PLAN)
def outreach_add(request, council_key):
    return add(request, council_key, OUTREACH)


@requires(Permission.EDIT_PLAN)
def outreach_edit(request, outreach_key):
    return edit(request, outreach_key, OUTREACH)


@requires(Permission.EDIT_PLAN)
def outreach_delete(request, outreach_key):
    return delete(request, outreach_key, OUTREACH)


@require_POST
@requires(Permission.EDIT_PLAN)
def outreach_move(request, outreach_key, step):
    return move(request, outreach_key, step, OUTREACH)


@requires(Permission.EDIT_PLAN)
def partner_add(request, council_key):
    return add(request, council_key, PARTNER)


@requires(Permission.EDIT_PLAN)
def partner_delete(request, partner_key):
    return delete(request, partner_key, PARTNER, LOST)
