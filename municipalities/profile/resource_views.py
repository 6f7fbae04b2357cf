"""地域資源: what there is in a town, by kind. They endure from year to year."""

from functools import partial

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.choices import ResourceKind
from municipalities.models import Resource
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.profile.resource_forms import ResourceForm
from municipalities.rows.keys import new_key

ENDURES = "年度をまたいで使います。数を直したときは、時点と出典も直してください。"


def back_to(request, anchor):
    return f"{request.cycle.url('municipalities:resource_list')}#{anchor}"


def by_kind(resources):
    """Return (kind, its resources) in the order of the kinds, those without any left out."""
    found = [(kind, [one for one in resources if one.kind == kind]) for kind in ResourceKind]
    return [(kind, rows) for kind, rows in found if rows]


@require_safe
@requires(Permission.VIEW_PLAN)
def resource_list(request):
    resources = list(Resource.objects.select_related("area"))
    context = {"kinds": by_kind(resources)}
    return render(request, "municipalities/resource_list.html", context)


@requires(Permission.EDIT_PLAN)
def resource_add(request):
    """A new resource, proposed for the kind that `?kind=` names."""
    kind = request.GET.get("kind")
    page = EditPage(
        key="resource-new",
        title="地域資源を追加する",
        back=back_to(request, "resources"),
        lead="年度をまたいで使います。種類と名称が分かれば、数は後からでも入力できます。",
    )
    row = Resource(
        key=new_key("resource"), kind=kind if kind in ResourceKind.values else ResourceKind.OTHER
    )
    deed = partial(insert, by=request.user)
    return add_row(request, row, form_class=ResourceForm, page=page, deed=deed)


def insert(form, *, by):
    """Write a new resource behind the last one."""
    ordering.append(form.save(commit=False), among=Resource.objects.all(), by=by)


@requires(Permission.EDIT_PLAN)
def resource_edit(request, resource_key):
    page = EditPage(
        key=f"resource-{resource_key}",
        title="地域資源を編集する",
        back=back_to(request, resource_key),
        lead=ENDURES,
    )
    row = get_object_or_404(Resource, key=resource_key)
    return edit_row(request, row, form_class=ResourceForm, page=page)


@requires(Permission.EDIT_PLAN)
def resource_delete(request, resource_key):
    page = DeletePage(title="地域資源を削除する", back=back_to(request, "resources"))
    return delete_row(request, get_object_or_404(Resource, key=resource_key), page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def resource_move(request, resource_key, step):
    """Move a resource among those of its kind."""
    row = get_object_or_404(Resource, key=resource_key)
    among = Resource.objects.filter(kind=row.kind)
    ordering.move(row, among=among, step=step, by=request.user)
    return redirect(back_to(request, resource_key))
