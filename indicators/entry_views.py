"""The entry grid: every value of a year on one page, and the check of what stands in it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from indicators import grid, grid_html, grid_saving
from municipalities import fiscal, unsaved
from municipalities.access import Permission, requires
from municipalities.kernel import drafts

NO_SOURCE_YET = "未入力"
UNSAVED = "まだ保存していません。入力した内容を確かめて、保存してください。"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PLAN)
def entry(request):
    """Show the values of the year to be typed, or save what was typed."""
    if request.method != "POST":
        return show(request)
    saved = grid_saving.save(request.cycle, request.POST, by=request.user)
    if saved.is_clean:
        drafts.drop(author=request.user, form_key=form_key(request.cycle))
        told = f"{saved.count}件を保存しました。" if saved.count else "変更はありませんでした。"
        messages.success(request, told)
        return redirect(request.cycle.url("indicators:entry"))
    status = 422 if saved.errors else 409
    return respond(request, saved.lines, status=status, saved=saved)


def show(request):
    """Show what is stored, or what its author had typed and asks for back."""
    lines = grid.of(request.cycle)
    key = form_key(request.cycle)
    draft = drafts.Draft.objects.of(request.user, key).first()
    typed = unsaved.take(request)
    if typed:
        messages.warning(request, UNSAVED)
    elif "draft" in request.GET:
        typed, draft = draft, None
    if typed:
        grid.typed_into(lines, typed.fields, request.cycle)
        grid.read(lines, request.cycle, source=typed.fields.get("source", ""))
    return respond(request, lines, draft=draft)


def respond(request, lines, *, status=200, **extra):
    year = request.cycle.fiscal_year
    labels = tuple(fiscal.label(one) for one in (year - 2, year - 1, year))
    context = {
        "lines": lines,
        "labels": labels,
        "rows": grid_html.html_of(lines, labels=labels),
        "source": request.POST.get("source", ""),
        "has_errors": status == HTTPStatus.UNPROCESSABLE_ENTITY,
        "draft_url": request.cycle.url("municipalities:draft", form_key(request.cycle)),
        **extra,
    }
    return render(request, "indicators/entry.html", context, status=status)


@require_POST
@requires(Permission.EDIT_PLAN)
def entry_check(request):
    """Say what saving would say about each line; nothing is written. A source is asked for by saving only."""
    lines = grid.of(request.cycle)
    grid.typed_into(lines, request.POST, request.cycle)
    grid.read(lines, request.cycle, source=NO_SOURCE_YET)
    found = {
        line.key: {
            "errors": line.errors,
            "doubts": line.doubts,
            "state": line.texts["state"],
            "sign": line.sign,
        }
        for line in lines
    }
    return JsonResponse({"lines": found})


def form_key(cycle):
    return f"entry-{cycle.fiscal_year}"
