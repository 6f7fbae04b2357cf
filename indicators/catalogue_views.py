"""Choosing what to follow: the catalogue of indicators, and definitions of one's own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from indicators import adopting, catalogue
from indicators.choices import LogicLevel
from indicators.indicator_forms import OwnDefinitionForm
from indicators.models import OwnDefinition
from indicators.models.definitions import OWN_PREFIX
from municipalities.access import Permission, requires
from municipalities.adding import add_row
from municipalities.choices import CARE_SCENES, Theme
from municipalities.deleting import DeletePage, delete_row
from municipalities.editing import EditPage, edit_row
from municipalities.kernel import changes
from municipalities.keys import new_key

THEMES = (Theme.DEMENTIA, Theme.INFECTION, Theme.DISASTER)


@require_safe
@requires(Permission.VIEW_PLAN)
def catalogue_list(request):
    """Definitions to choose from: one's own first, then the national core, then the rest."""
    asked = {name: request.GET.get(name, "") for name in ("text", "scene", "level")}
    found = catalogue.entries(request.cycle)
    scenes = [*CARE_SCENES, *THEMES]
    context = {
        "asked": asked,
        "entries": catalogue.matching(found, **asked),
        "total": len(found),
        "scenes": [*((one.value, one.label) for one in scenes), ("common", "共通")],
        "levels": LogicLevel.choices,
    }
    return render(request, "indicators/catalogue_list.html", context)


@require_POST
@requires(Permission.EDIT_PLAN)
def catalogue_add(request):
    """Follow what was ticked, or the one whose button was pressed; what is there already stays."""
    codes = request.POST.getlist("one") or request.POST.getlist("code")
    added = adopting.adopt(request.cycle, catalogue.named(codes), by=request.user)
    if added:
        names = "」「".join(str(one) for one in added)
        messages.success(request, f"指標「{names}」を加えました。")
        return redirect(request.cycle.url("indicators:indicator_list"))
    messages.info(request, "加える指標を選んでから、「選んだ指標を加える」を押してください。")
    return redirect(request.cycle.url("indicators:catalogue_list"))


@requires(Permission.EDIT_PLAN)
def own_add(request):
    """Define a number of one's own and follow it in this year."""
    page = EditPage(
        key=f"own-new-{request.cycle.fiscal_year}",
        title="独自の指標をつくる",
        back=request.cycle.url("indicators:indicator_list"),
        lead="カタログにない指標は、数え方を決めてここに書きます。この年度の指標に加わり、次の年度からも使えます。",
    )
    row = OwnDefinition(key=new_key(OWN_PREFIX.rstrip("-")))

    def define(form):
        definition = changes.create_versioned(form.save(commit=False), by=request.user)
        adopting.adopt(request.cycle, [definition], by=request.user)

    return add_row(request, row, form_class=OwnDefinitionForm, page=page, deed=define)


@requires(Permission.EDIT_PLAN)
def own_edit(request, own_key):
    row = get_object_or_404(OwnDefinition, key=own_key)
    page = EditPage(
        key=f"own-{own_key}",
        title=f"「{row}」の定義を編集する",
        back=request.cycle.url("indicators:catalogue_list"),
        lead="ここで直すと、ほかの年度の画面でも定義が変わります。数え方そのものが変わるときは、新しい指標をつくってください。",
    )
    return edit_row(request, row, form_class=OwnDefinitionForm, page=page)


@requires(Permission.EDIT_PLAN)
def own_delete(request, own_key):
    """Delete a definition that no year follows and that has no values."""
    row = get_object_or_404(OwnDefinition, key=own_key)
    page = DeletePage(
        title="独自の指標の定義を削除する", back=request.cycle.url("indicators:catalogue_list")
    )
    return delete_row(request, row, page=page)
