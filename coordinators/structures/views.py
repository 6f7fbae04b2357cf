"""Pages of コーディネーターの体制: the list of the year, one structure with its parts, that of a neighbour."""

from functools import partial

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from coordinators.models import Structure
from coordinators.reading import gathering
from coordinators.reading.network import network
from coordinators.reading.prefecture_posts import posts_shown_in
from coordinators.structures.forms import StructureForm
from municipalities.access import Permission, requires
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.pages.shared_views import led_or_404, shared_or_404


@require_safe
@requires(Permission.VIEW_PLAN)
def structure_list(request):
    """The structures of the year by the three axes, ours and joint ones, and the prefecture's posts."""
    year = request.cycle.fiscal_year
    sheets = gathering.gathered_of(year)
    last = sum(sheet.is_led_here for sheet in sheets) - 1
    context = {
        "rows": [(sheet, number == last) for number, sheet in enumerate(sheets)],
        "prefecture_posts": posts_shown_in(request.municipality, year),
    }
    return render(request, "coordinators/structure_list.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def structure(request, structure_key):
    return show(request, structure_of(request, structure_key))


@require_safe
@requires(Permission.VIEW_PLAN)
def structure_shared(request, lead, structure_key):
    """A structure that another municipality leads and shares with ours: to be read only."""
    year = request.cycle.fiscal_year
    row = shared_or_404(Structure, lead=lead, fiscal_year=year, key=structure_key)
    return show(request, row)


def show(request, row):
    sheet = gathering.gathered_in(request.municipality, row)
    context = {
        "sheet": sheet,
        "row": row,
        "may_edit": sheet.is_led_here and request.scope.may(Permission.EDIT_PLAN),
        "prefecture_posts": sheet.prefecture_posts,
        "network": network(sheet.posts, sheet.prefecture_posts),
    }
    return render(request, "coordinators/structure.html", context)


def structure_of(request, key):
    """Return a structure of the year that we lead, with its municipality. Raises Http404."""
    row = led_or_404(Structure, fiscal_year=request.cycle.fiscal_year, key=key)
    row.municipality = request.municipality
    return row


def ours(request):
    return Structure.objects.led().filter(fiscal_year=request.cycle.fiscal_year)


@requires(Permission.EDIT_PLAN)
def structure_add(request):
    """A new structure, by one of the three patterns."""
    year = request.cycle.fiscal_year
    page = EditPage(
        key=f"structure-new-{year}",
        title="コーディネーターの体制を追加する",
        back=request.cycle.url("coordinators:structure_list"),
        lead="まず、当てはまる形を選びます。配置・取組・効果は、追加したあとの画面で書きます。",
    )
    row = Structure(fiscal_year=year)
    deed = partial(insert, among=ours(request), by=request.user)
    return add_row(request, row, form_class=StructureForm, page=page, deed=deed)


def insert(form, *, among, by):
    form.settle(by=by)
    ordering.append(form.save(commit=False), among=among, by=by)


@requires(Permission.EDIT_PLAN)
def structure_edit(request, structure_key):
    page = EditPage(
        key=f"structure-{request.cycle.fiscal_year}-{structure_key}",
        title="コーディネーターの体制を編集する",
        back=request.cycle.url("coordinators:structure", structure_key),
    )
    row = structure_of(request, structure_key)
    return edit_row(request, row, form_class=StructureForm, page=page)


@requires(Permission.EDIT_PLAN)
def structure_delete(request, structure_key):
    page = DeletePage(
        title="コーディネーターの体制を削除する",
        back=request.cycle.url("coordinators:structure_list"),
        lead="配置・取組・効果・連携の段階も、いっしょにごみ箱に移ります。",
    )
    return delete_row(request, structure_of(request, structure_key), page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def structure_move(request, structure_key, step):
    row = structure_of(request, structure_key)
    ordering.move(row, among=ours(request), step=step, by=request.user)
    return redirect(request.cycle.url("coordinators:structure_list") + f"#{structure_key}")
