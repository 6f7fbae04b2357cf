"""The entry grid: every value of a year on one page, and the check of what stands in it."""

import secrets
from http import HTTPStatus

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from indicators.grid import (
    grid,
    grid_choice,
    grid_drafts,
    grid_html,
    grid_reading,
    grid_saving,
)
from municipalities.access import Permission, requires
from municipalities.entrance import unsaved
from municipalities.japanese import fiscal
from municipalities.kernel import drafts

NO_SOURCE_YET = "未入力"
UNSAVED = "まだ保存していません。入力した内容を確かめて、保存してください。"
ELSEWHERE = (
    "別の画面（タブや端末）で入力して、まだ保存していない内容があります。"
    "下の表に重ねて表示しています。確かめて、保存するか破棄してください。"
)
# How much of what a page has known before it goes on with it.
LONGEST_SEEN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PLAN)
def entry(request):
    """Show the values of the year to be typed, or save what was typed."""
    if request.method != "POST":
        return show(request)
    saved = grid_saving.save(request.cycle, request.POST, by=request.user)
    if not saved.is_clean:
        status = 422 if saved.errors else 409
        return respond(request, saved.lines, status=status, saved=saved)
    told = f"{saved.count}件を保存しました。" if saved.count else "変更はありませんでした。"
    messages.success(request, told)
    if saved.what_was_lost:
        messages.warning(request, saved.what_was_lost)
    draft = {"author": request.user, "form_key": form_key(request)}
    is_elsewhere = drafts.of_another_opening(**draft, fields=request.POST) is not None
    if is_elsewhere:
        messages.warning(request, ELSEWHERE)
    else:
        drafts.drop(**draft)
    return redirect(after_saving(request, stays=is_elsewhere))


def after_saving(request, *, stays):
    """Return where 「保存して次へ」 and 「保存する」 lead; the latter stays with the lines that were chosen."""
    if "next" in request.POST and not stays:
        return request.cycle.url("indicators:indicator_list")
    told = {"only": grid_choice.chosen(request), "saved": request.POST.get(drafts.OPENING, "")[:40]}
    query = urlencode({name: text for name, text in told.items() if text})
    return request.path + (f"?{query}" if query else "")


def show(request):
    """Show what is stored, and in its place what its author had typed and not saved."""
    lines = grid.of(request.cycle)
    kept = grid_drafts.kept(request.cycle, grid_choice.chosen(request), by=request.user)
    own = kept.get(form_key(request))
    # The lines that were chosen are shown as they stand in the whole table: so they were counted.
    draft = own or next(iter(kept.values()), None)
    sent = unsaved.take(request)
    if sent:
        messages.warning(request, UNSAVED)
    fields = grid_drafts.fields_of([sent] if sent else kept.values())
    has_told = grid_saving.take_back(lines, request.cycle, fields, by=request.user)
    told = {"source": fields.get("source", ""), "seen": mark_of(sent, own)}
    if has_told or told["source"]:
        told |= {"draft": draft, "is_back": not sent}
    return respond(request, lines, **told)


def mark_of(sent, own):
    """Return how the page names what it shows: as the opening that sent it, or as the draft."""
    if sent:
        return sent.fields.get(drafts.OPENING, "")
    return own.mark if own else ""


def respond(request, lines, *, status=200, seen="", draft=None, **extra):
    year = request.cycle.fiscal_year
    years = range(year - grid.YEARS_BEFORE, year + 1)
    labels = tuple(fiscal.label(one) for one in years)
    grid.look_at(lines)
    only = grid_choice.chosen(request)
    page = request.cycle.url("indicators:indicator_list")
    context = {
        "lines": lines,
        "years": [grid_choice.Head(one) for one in years],
        "choices": grid_choice.choices(lines, only),
        "only": only,
        "rows": grid_html.html_of(grid_choice.kept(lines, only), labels=labels, page=page),
        "source": request.POST.get("source", ""),
        "arrived": request.POST.get(drafts.OPENING) or request.GET.get("saved", ""),
        "opening": secrets.token_hex(8),
        "seen": seen_of(request, seen),
        "draft": draft,
        "pattern_before": grid_html.pattern_before(),
        "signs": grid_html.SIGNS,
        "reasons": grid_html.REASON_CHOICES[1:],
        "has_errors": status == HTTPStatus.UNPROCESSABLE_ENTITY,
        "draft_url": request.cycle.url("municipalities:draft", form_key(request)),
        "discard_url": request.cycle.url("municipalities:draft", draft.form_key) if draft else "",
        **extra,
    }
    return render(request, "indicators/entry.html", context, status=status)


def seen_of(request, shown):
    """Return what this page knows: the draft that it shows, and what it knew before it was sent and came back."""
    before = (request.GET.get("saved", ""), *map(request.POST.get, (drafts.OPENING, drafts.SEEN)))
    return " ".join(filter(None, (shown, *before)))[:LONGEST_SEEN]


@require_POST
@requires(Permission.EDIT_PLAN)
def entry_check(request):
    """Say what saving would say about each line; nothing is written. A source is asked for by saving only."""
    lines = grid.of(request.cycle)
    # The lines that were chosen are a part of what is typed, and all of it is counted.
    only = grid_choice.chosen(request)
    kept = grid_drafts.kept(request.cycle, "", by=request.user).values() if only else ()
    grid.typed_into(lines, grid_drafts.fields_of(kept) | request.POST.dict())
    grid_reading.read(lines, source=NO_SOURCE_YET)
    grid_saving.look(lines, by=request.user)
    page = request.cycle.url("indicators:indicator_list")
    told = {one.name: told_of(one, page) for one in grid.every(lines)}
    # What the form does not hold is as it is stored.
    grid.look_at(lines)
    return JsonResponse({"lines": told, "doubtful": grid_choice.label(lines, grid_choice.DOUBTFUL)})


def told_of(line, page):
    remarks = [*line.remarks, *filter(None, [line.misquotes, line.loses_parts])]
    is_asking = line.doubts or remarks or line.theirs
    return {
        "said": grid_html.told(line, page),
        # As which of the three it is counted after a paste.
        "look": "error" if line.errors else "doubt" if is_asking else "",
        "errors": line.errors,
        "doubts": [*remarks, *line.doubts],
        "asks": bool(line.doubts) and not line.is_before,
        "state": line.texts["state"],
        "sign": line.sign,
        "word": line.word,
        "theirs": line.theirs,
        # The year whose final value would change.
        "final": fiscal.label(line.year) if line.changes_final else "",
    }


def form_key(request):
    return grid_drafts.key(request.cycle, grid_choice.chosen(request))
