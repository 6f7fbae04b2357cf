"""Health centres of a prefecture: which towns their colleagues are shown, entered by the officer."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from municipalities.access import Permission, requires
from municipalities.choices import ScopeKind
from municipalities.entrance import health_centres
from municipalities.kernel import changes
from municipalities.models import HealthCentre, Invitation, Membership
from municipalities.pages.editing import FORM_METHODS
from municipalities.pages.prefecture_pages import (
    RemovalPage,
    RowPage,
    add_row,
    delete_row,
    edit_row,
    inside,
)
from municipalities.people.centre_forms import HealthCentreForm

LEAD = (
    "保健所が担当する市町村を決めます。保健所の担当者には、ここで選んだ市町村だけが表示されます。"
)
GONE = "削除した保健所は元に戻せません。市町村の記録は、何も変わりません。"
HAS_PEOPLE = "「{name}」には、担当者の登録か招待があります。先に「アドバイザー」の画面で任期を終えるか、招待を取り消してください。"


@require_safe
@requires(Permission.MANAGE_PREFECTURE)
def health_centre_list(request):
    """The health centres with their towns, and the towns that none is in charge of."""
    prefecture = request.scope.prefecture
    towns = dict(prefecture.municipalities.without_wards().values_list("code", "name"))
    centres = health_centres.of(prefecture)
    taken = {code for centre in centres for code in centre.town_codes}
    context = {
        "prefecture": prefecture,
        "lines": [
            (centre, [towns.get(code, code) for code in centre.town_codes]) for centre in centres
        ],
        "left": [name for code, name in towns.items() if code not in taken],
    }
    return render(request, "municipalities/people/health_centres.html", context)


def to_list(request):
    return reverse("people:health_centres", args=[request.scope.prefecture.code])


def title(request, deed):
    return f"{request.scope.prefecture}　保健所を{deed}する"


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def health_centre_add(request):
    prefecture = request.scope.prefecture

    def insert(row):
        row.code = health_centres.code_for(prefecture, row.key)
        changes.create_versioned(row, by=request.user)

    page = RowPage(title(request, "追加"), to_list(request), LEAD)
    row = HealthCentre(prefecture=prefecture)
    return add_row(request, row, form_class=HealthCentreForm, page=page, insert=insert)


def one_centre(request, key):
    """Return a health centre of the prefecture. Raises Http404."""
    centre = get_object_or_404(HealthCentre, key=key)
    centre.prefecture = request.scope.prefecture
    return centre


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def health_centre_edit(request, centre_key):
    centre = one_centre(request, centre_key)
    page = RowPage(
        title(request, "編集"),
        to_list(request),
        LEAD,
        remove=reverse("people:health_centre_delete", args=[centre.prefecture.code, centre.key]),
    )
    return edit_row(request, centre, form_class=HealthCentreForm, page=page)


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def health_centre_delete(request, centre_key):
    """One whose colleagues may still come in stays: nobody is shut out by the way."""
    centre = one_centre(request, centre_key)
    if has_people(centre):
        messages.warning(request, HAS_PEOPLE.format(name=centre.name))
        return redirect(to_list(request))
    towns = "、".join(
        centre.prefecture.municipalities.filter(code__in=centre.town_codes).values_list(
            "name", flat=True
        )
    )
    told = (("保健所", centre.name), ("担当する市町村", towns or "なし"))
    page = RemovalPage(title(request, "削除"), to_list(request), told, GONE)
    return delete_row(request, centre, page=page)


def has_people(centre):
    """Say whether somebody has a role there, now or later, or is invited to one."""
    here = {"scope_kind": ScopeKind.HEALTH_CENTRE, "scope_code": centre.code}
    lasts = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())
    invited = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, **here)
    return Membership.objects.filter(lasts, **here).exists() or invited.exists()
