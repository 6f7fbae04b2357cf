"""Following what was chosen in the catalogue: what statistics tell of it is there at once."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from indicators.definitions import adopting, catalogue
from indicators.publishing import filling
from municipalities.access import Permission, requires
from municipalities.japanese.prefecture_words import told_of

FILLED = "国や県などの統計の値が{count}件、自動で入りました。"


@require_POST
@requires(Permission.EDIT_PLAN)
def catalogue_add(request):
    """Follow what was ticked, or the one whose button was pressed; what is there already stays."""
    codes = request.POST.getlist("one") or request.POST.getlist("code")
    with transaction.atomic():
        chosen = catalogue.chosen(codes, request.cycle, by=request.user)
        added = adopting.adopt(request.cycle, chosen, by=request.user)
        filled = fill(request, added)
    if added:
        names = "」「".join(str(one) for one in added)
        told = FILLED.format(count=filled.new) if filled.new else ""
        told = told_of(told, request.municipality.prefecture.word)
        messages.success(request, f"指標「{names}」を加えました。{told}")
        return redirect(request.cycle.url("indicators:indicator_list"))
    messages.info(request, "加える指標を選んでから、「選んだ指標を加える」を押してください。")
    return redirect(request.cycle.url("indicators:catalogue_list"))


def fill(request, added):
    """Write what statistics tell of the new indicators of the year."""
    codes = [one.code for one in added]
    if not codes:
        return filling.Filled()
    return filling.fill(request.municipality, by=request.user, codes=codes)
