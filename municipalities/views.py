"""Home, the board of a year, history and drafts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires, signed_in
from municipalities.japanese import fiscal
from municipalities.kernel import drafts
from municipalities.menus import desks
from municipalities.models import Change, Cycle
from municipalities.pages.editing import posted_version
from municipalities.rows import change_names

ROWS_PER_PAGE = 50
TYPED_ELSEWHERE = "別の画面でも入力しているため、この画面の下書きは保存していません。"


@require_safe
@signed_in
def home(request):
    """Go where the person works; with several places show what waits at each, with none what to do."""
    places = desks.of(request.user)
    if len(places) == 1:
        return redirect(places[0].url)
    counted = desks.counted(places, request.user)
    context = {
        "places": [desk for desk in counted if not desk.is_one_of_all],
        "prefectures": [desk for desk in counted if desk.is_one_of_all],
    }
    return render(request, "municipalities/home.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def current(request):
    """Go to the year that contains today, else the latest; before the first one, offer to start."""
    cycle = Cycle.objects.for_today()
    if cycle is None:
        this_year = fiscal.label(fiscal.fiscal_year_of(timezone.localdate()))
        return render(request, "municipalities/no_year.html", {"this_year": this_year})
    cycle.municipality = request.municipality
    return redirect(cycle.url("municipalities:board"))


@require_safe
@requires(Permission.VIEW_PLAN)
def board(request):
    years = Cycle.objects.all()
    for year in years:
        year.municipality = request.municipality
    return render(request, "municipalities/board.html", {"years": years})


@require_safe
@requires(Permission.VIEW_PLAN)
def history(request):
    """Who changed what in this year, newest first; of one row where `?model=` and `?key=` name it."""
    years = [request.cycle.fiscal_year, 0]
    named = {name: request.GET[name] for name in ("model", "key") if request.GET.get(name)}
    changes = Change.objects.filter(fiscal_year__in=years, **named).select_related("actor")
    page = Paginator(changes, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    change_names.name_rows(page.object_list)
    return render(request, "municipalities/history.html", {"page": page, "is_cut": bool(named)})


@require_POST
@requires(Permission.EDIT_PLAN)
def draft(request, form_key):
    return keep_draft(request, form_key)


def keep_draft(request, form_key):
    """Keep what is being typed within the address's municipality; answer with the time."""
    fields = {
        name: value
        for name, value in request.POST.items()
        if name not in {"csrfmiddlewaretoken", "base_version", "submission_key"}
    }
    if drafts.of_another_opening(author=request.user, form_key=form_key, fields=fields):
        # Neither takes the other's place: the page asks its author.
        return JsonResponse({"message": TYPED_ELSEWHERE}, status=409)
    kept = drafts.keep(
        author=request.user, form_key=form_key, base_version=posted_version(request), fields=fields
    )
    if kept is None:
        return JsonResponse({"message": "入力が長すぎるため、下書きを保存できません。"}, status=413)
    return JsonResponse({"saved_at": timezone.localtime(kept.saved_at).strftime("%H:%M")})


@require_POST
@requires(Permission.EDIT_PLAN)
def draft_discard(request, form_key):
    drafts.drop(author=request.user, form_key=form_key)
    messages.success(request, "下書きを破棄しました。")
    board, back = request.cycle.url("municipalities:board"), request.POST.get("back", "")
    return redirect(back if back.startswith(board) else board)
