"""The registers that every year chooses from: 団体・部署 and 地域の区分."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.bodies.organization_choice import in_order
from municipalities.kernel import changes
from municipalities.models import Area, Organization
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.profile import uses
from municipalities.profile.profile_forms import AreaForm, OrganizationForm
from municipalities.rows.keys import new_key

ENDURES = (
    "年度をまたいで使います。名称を変えると、まだ提出していないすべての年度の表示が変わります。"
)


@require_safe
@requires(Permission.VIEW_PLAN)
def organization_list(request):
    """Every body and section by kind, with where each is used."""
    used = uses.of(Organization)
    rows = [(body, used.get(body.pk)) for body in in_order(Organization.objects.all())]
    return render(request, "municipalities/organization_list.html", {"rows": rows})


@requires(Permission.EDIT_PLAN)
def organization_add(request):
    page = EditPage(
        key="organization-new",
        title="団体・部署を追加する",
        back=request.cycle.url("municipalities:organization_list"),
    )
    row = Organization(key=new_key("organization"))
    return add_row(
        request,
        row,
        form_class=OrganizationForm,
        page=page,
        deed=lambda form: changes.create_versioned(form.save(commit=False), by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def organization_edit(request, organization_key):
    page = EditPage(
        key=f"organization-{organization_key}",
        title="団体・部署を編集する",
        back=request.cycle.url("municipalities:organization_list") + f"#{organization_key}",
        lead=ENDURES,
    )
    row = get_object_or_404(Organization, key=organization_key)
    return edit_row(request, row, form_class=OrganizationForm, page=page)


@requires(Permission.EDIT_PLAN)
def organization_delete(request, organization_key):
    page = DeletePage(
        title="団体・部署を削除する", back=request.cycle.url("municipalities:organization_list")
    )
    row = get_object_or_404(Organization, key=organization_key)
    return delete_row(request, row, page=page)


@require_safe
@requires(Permission.VIEW_PLAN)
def area_list(request):
    """The areas in their order, with where each is used."""
    used = uses.of(Area)
    rows = [(area, used.get(area.pk)) for area in Area.objects.all()]
    return render(request, "municipalities/area_list.html", {"rows": rows})


@requires(Permission.EDIT_PLAN)
def area_add(request):
    page = EditPage(
        key="area-new",
        title="地域の区分を追加する",
        back=request.cycle.url("municipalities:area_list"),
    )

    def deed(form):
        ordering.append(form.save(commit=False), among=Area.objects.all(), by=request.user)

    row = Area(key=new_key("area"))
    return add_row(request, row, form_class=AreaForm, page=page, deed=deed)


@requires(Permission.EDIT_PLAN)
def area_edit(request, area_key):
    page = EditPage(
        key=f"area-{area_key}",
        title="地域の区分を編集する",
        back=request.cycle.url("municipalities:area_list") + f"#{area_key}",
        lead=ENDURES,
    )
    row = get_object_or_404(Area, key=area_key)
    return edit_row(request, row, form_class=AreaForm, page=page)


@requires(Permission.EDIT_PLAN)
def area_delete(request, area_key):
    page = DeletePage(
        title="地域の区分を削除する", back=request.cycle.url("municipalities:area_list")
    )
    return delete_row(request, get_object_or_404(Area, key=area_key), page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def area_move(request, area_key, step):
    row = get_object_or_404(Area, key=area_key)
    ordering.move(row, among=Area.objects.all(), step=step, by=request.user)
    return redirect(request.cycle.url("municipalities:area_list") + f"#{area_key}")
