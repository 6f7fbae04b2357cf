"""Functions, seats, outreach and partners of a council that we lead: adding, editing, deleting, moving."""

from dataclasses import dataclass

from django.views.decorators.http import require_POST

from councils.choices import SeatRole
from councils.models import Council, CouncilFunction, CouncilPartner, Outreach, Seat
from councils.register.forms import CouncilPartnerForm, FunctionForm, OutreachForm, SeatForm
from municipalities.access import Permission, requires
from municipalities.pages import part_pages
from municipalities.pages.part_pages import Around
from municipalities.pages.shared_views import led_or_404
from municipalities.rows.keys import new_key

LOST = "外すと、その市区町村の画面からこの会議体が見えなくなります。"


@dataclass(frozen=True, slots=True)
class Part(part_pages.Part):
    """A kind of row that belongs to a council. `place`: where its list stands on the council's page."""

    place: str
    # Rows that stand in one list share these columns.
    beside: tuple[str, ...] = ("council",)
    has_order: bool = True


FUNCTION = Part("function", "機能", CouncilFunction, FunctionForm, "functions")
SEAT = Part("seat", "構成員", Seat, SeatForm, "seats", ("council", "role"))
OUTREACH = Part("outreach", "働きかけ", Outreach, OutreachForm, "outreach")
PARTNER = Part(
    "partner",
    "共同で開く市区町村",
    CouncilPartner,
    CouncilPartnerForm,
    "partners",
    has_order=False,
)


def around(request, council, part, key, more=""):
    """Return what a page of a part says around it."""
    return Around(
        key=f"council-{key}",
        back=f"{request.cycle.url('councils:council', council.key)}#{part.place}",
        lead=f"会議体：{council}{'。' if more else ''}{more}",
    )


def add(request, council_key, part, **proposed):
    """Show the form of a new part, or add it."""
    council = led_or_404(Council, key=council_key)
    row = part.model(council=council, key=new_key(part.name), **proposed)
    among = part.model.objects.filter(council=council) if part.has_order else None
    place = around(request, council, part, council_key)
    return part_pages.add_part(request, row, part, place, among=among)


def one_part(key, part):
    """Return a part of a council that we lead, with the council. Raises Http404."""
    row = led_or_404(part.model, key=key)
    return row, row.council


def edit(request, key, part):
    row, council = one_part(key, part)
    return part_pages.edit_part(request, row, part, around(request, council, part, key))


def delete(request, key, part, lead=""):
    row, council = one_part(key, part)
    return part_pages.delete_part(request, row, part, around(request, council, part, key, lead))


def move(request, key, step, part):
    row, council = one_part(key, part)
    among = part.model.objects.led().filter(**{name: getattr(row, name) for name in part.beside})
    back = f"{request.cycle.url('councils:council', council.key)}#{key}"
    return part_pages.move_part(request, row, among=among, step=step, back=back)


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
