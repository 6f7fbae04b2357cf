"""The entry grid: every value of a year on one page, and the check of what stands in it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from indicators.grid import grid, grid_choice, grid_html, grid_reading, grid_saving
from municipalities import fiscal, unsaved
from municipalities.access import Permission, requires
from municipalities.kernel import drafts

NO_SOURCE_YET = "未入力"
UNSAVED = "まだ保存していません。入力した内容を確かめて、保存してください。"
# What names one opening of the page: the browser forgets its copy of what was typed once this has arrived.
OPENING = "opening"


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
    drafts.drop(author=request.user, form_key=form_key(request))
    told = f"{saved.count}件を保存しました。" if saved.count else "変更はありませんでした。"
    messages.success(request, told)
    return redirect(after_saving(request))


def after_saving(request):
    """Return where 「保存して次へ」 and 「保存する」 lead; the latter stays with the lines that were chosen."""
    if "next" in request.POST:
        return request.cycle.url("indicators:indicator_list")
    told = {"only": grid_choice.chosen(request), "saved": request.POST.get(OPENING, "")[:40]}
    query = urlencode({name: text for name, text in told.items() if text})
    return request.path + (f"?{query}" if query else "")


def show(request):
    """Show what is stored, and in its place what its author had typed and not saved."""
    lines = grid.of(request.cycle)
    draft = drafts.Draft.objects.of(request.user, form_key(request)).first()
    sent = unsaved.take(request)
    if sent:
        messages.warning(request, UNSAVED)
    typed = sent or draft
    if not typed:
        return respond(request, lines)
    source = typed.fields.get("source", "")
    grid_saving.take_back(lines, request.cycle, typed.fields, by=request.user)
    return respond(request, lines, draft=draft, is_back=not sent, source=source)


def respond(request, lines, *, status=200, **extra):
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
        "arrived": request.POST.get(OPENING) or request.GET.get("saved", ""),
        "pattern_before": grid_html.pattern_before(),
        "signs": grid_html.SIGNS,
        "reasons": grid_html.REASON_CHOICES[1:],
        "has_errors": status == HTTPStatus.UNPROCESSABLE_ENTITY,
        "draft_url": request.cycle.url("municipalities:draft", form_key(request)),
        **extra,
    }
    return render(request, "indicators/entry.html", context, status=status)


@require_POST
@requires(Permission.EDIT_PLAN)
def entry_check(request):
    """Say what saving would say about each line; nothing is written. A source is asked for by saving only."""
    lines = grid.of(request.cycle, with_scenes=False)
    grid.typed_into(lines, request.POST)
    grid_reading.read(lines, request.cycle, source=NO_SOURCE_YET)
    grid_saving.look(lines, by=request.user)
    page = request.cycle.url("indicators:indicator_list")
    return JsonResponse({"lines": {one.name: told_of(one, page) for one in grid.every(lines)}})


def told_of(line, page):
    is_asking = line.doubts or line.remarks or line.theirs
    return {
        "said": grid_html.told(line, page),
        # As which of the three it is counted after a paste.
        "look": "error" if line.errors else "doubt" if is_asking else "",
        "errors": line.errors,
        "doubts": [*line.remarks, *line.doubts],
        "asks": bool(line.doubts) and not line.is_before,
        "state": line.texts["state"],
        "sign": line.sign,
        "word": line.word,
        "theirs": line.theirs,
        # The year whose final value would change.
        "final": fiscal.era_year(line.year) if line.changes_final else "",
    }


def form_key(request):
    """Return the key of the draft: the lines that were chosen are a form of their own."""
    only = grid_choice.chosen(request)
    return f"entry-{request.cycle.fiscal_year}" + (f"-{only}" if only else "")
