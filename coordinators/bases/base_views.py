"""Pages of 在宅医療に必要な連携を担う拠点."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from coordinators.bases.base_forms import BaseForm, BaseFunctionForm
from coordinators.models import Base, BaseFunction, PublishedBase
from municipalities.access import Permission, requires
from municipalities.choices import CARE_SCENES
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.rows.keys import new_key

ENDURES = "年度をまたいで使います。直した内容は、まだ提出していないすべての年度に表示されます。"


def back_to(request, key=""):
    """Return the address of the list, at one row of it."""
    return request.cycle.url("bases:base_list") + (f"#{key}" if key else "")


@require_safe
@requires(Permission.VIEW_PLAN)
def base_list(request):
    """Every 拠点 in its order, with what it does for each of the four functions."""
    found = Base.objects.select_related("medical_area").prefetch_related("functions")
    copies = PublishedBase.objects.filter(municipality=request.municipality).defer("content")
    shared = {copy.key: copy for copy in copies}
    rows = [(row, functions_of(row), shared.get(row.key)) for row in found]
    return render(request, "coordinators/base_list.html", {"rows": rows})


def functions_of(row):
    """Return each of the four functions with its row, None where the 拠点 has not this function."""
    known = {one.scene: one for one in row.functions.all()}
    return [(scene, known.get(scene.value)) for scene in CARE_SCENES]


@require_safe
@requires(Permission.VIEW_PLAN)
def base_about(request):
    """How the 拠点 of the medical plan and the programme of the care insurance differ."""
    return render(request, "coordinators/base_about.html")


@requires(Permission.EDIT_PLAN)
def base_add(request):
    page = EditPage(key="base-new", title="拠点を追加する", back=back_to(request))

    def deed(form):
        ordering.append(form.save(commit=False), among=Base.objects.all(), by=request.user)

    row = Base(key=new_key("base"), municipality=request.municipality)
    return add_row(request, row, form_class=BaseForm, page=page, deed=deed)


@requires(Permission.EDIT_PLAN)
def base_edit(request, base_key):
    row = get_object_or_404(Base, key=base_key)
    page = EditPage(
        key=f"base-{base_key}",
        title="拠点を編集する",
        back=back_to(request, base_key),
        lead=ENDURES,
        remove=request.cycle.url("bases:base_delete", base_key),
    )
    return edit_row(request, row, form_class=BaseForm, page=page)


@requires(Permission.EDIT_PLAN)
def base_delete(request, base_key):
    row = get_object_or_404(Base, key=base_key)
    page = DeletePage(title="拠点を削除する", back=back_to(request), name=row.name)
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def base_move(request, base_key, step):
    row = get_object_or_404(Base, key=base_key)
    ordering.move(row, among=Base.objects.all(), step=step, by=request.user)
    return redirect(back_to(request, base_key))


def one_function(base_key, scene):
    """Return a 拠点 and its row of a function, if it has one. Raises Http404."""
    if scene not in CARE_SCENES:
        raise Http404
    base = get_object_or_404(Base, key=base_key)
    return base, base.functions.filter(scene=scene).first()


@requires(Permission.EDIT_PLAN)
def base_function_edit(request, base_key, scene):
    """What a 拠点 does for a function; the first save says that it has this function."""
    base, row = one_function(base_key, scene)
    page = EditPage(
        key=f"base-function-{base_key[:40]}-{scene.value.replace('_', '-')}",
        title=f"「{scene.label}」の機能を書く",
        back=back_to(request, base_key),
        lead=f"拠点：{base.name}　保存すると、この機能を担う拠点として表示されます。",
        remove=request.cycle.url("bases:base_function_delete", base_key, scene) if row else "",
    )
    row = row or BaseFunction(base=base, scene=scene, key=new_key("function"))
    return edit_row(request, row, form_class=BaseFunctionForm, page=page)


@requires(Permission.EDIT_PLAN)
def base_function_delete(request, base_key, scene):
    base, row = one_function(base_key, scene)
    if row is None:
        return redirect(back_to(request, base_key))
    page = DeletePage(
        title=f"「{scene.label}」の機能を削除する",
        back=back_to(request, base_key),
        lead=f"拠点：{base.name}",
        name=row.text or str(row),
    )
    return delete_row(request, row, page=page)
