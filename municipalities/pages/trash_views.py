"""ごみ箱: what was deleted in the last thirty days, and the way back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel import trash
from municipalities.models import TrashItem

ROWS_PER_PAGE = 50


@require_safe
@requires(Permission.VIEW_PLAN)
def trash_list(request):
    """What lies in the trash for this year, and enduring rows, newest first."""
    items = TrashItem.objects.restorable().filter(fiscal_year__in=(request.cycle.fiscal_year, 0))
    items = items.select_related("deleted_by").defer("rows")
    page = Paginator(items, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "municipalities/trash.html", {"page": page})


@require_POST
@requires(Permission.EDIT_PLAN)
def trash_restore(request, trash_pk):
    item = get_object_or_404(
        TrashItem.objects.restorable(),
        pk=trash_pk,
        fiscal_year__in=(request.cycle.fiscal_year, 0),
    )
    try:
        trash.put_back(item, cycle=request.cycle, by=request.user)
    except trash.CannotReturn as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"「{item.title}」を元に戻しました。")
    return redirect(request.cycle.url("municipalities:trash"))
