"""集計表: the tables of a round before they are registered, for the owner alone; and registering them."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from indicators.followed.evaluation_views import XLSX
from municipalities.access import Permission, requires
from surveys.choices import QuestionType
from surveys.rounds import excluding
from surveys.rounds.round_rows import press, the_round
from surveys.tabulation.counting.tables import KEPT_RULE, RULE
from surveys.tabulation.keeping import foretelling, keeping, registering
from surveys.tabulation.page import round_table_file, single_answers, table_page
from surveys.tabulation.reading import tabulating

NOT_AGREED = "登録した結果を置き換えてよいときは、「置き換える」に✓を付けてください。"
DONE = "集計を結果として登録しました。回答を消しても、登録した結果は残ります。"
PINNED = "回答を消すときに残すクロス集計を変えました。"


@require_safe
@requires(Permission.EDIT_PLAN)
def round_tables(request, round_key):
    """Draw the tables as registering would write them, or parted as the address says; some at a time."""
    row = the_round(request, round_key)
    found = tabulating.of(row)
    context = {
        "round": row,
        "result_key": row.result_key if row.has_result else "",
        "is_gone": row.is_emptied and not found.kept_on,
        "tables_url": request.path,
        "file_url": request.cycle.url("surveys:round_tables_file", row.key),
        "rule": RULE,
        "kept_rule": KEPT_RULE,
    }
    if not context["is_gone"]:
        context["tables"] = page = table_page.of(row, found, request.GET)
        context["doubtful"] = 0 if found.kept_on else excluding.doubtful(row).count()
        context["pinning"] = pinning_of(row, found, page.by)
        if context["pinning"]:
            context["stays"] = foretelling.of_one(found, row.pinned, page.by)
    return render(request, "surveys/rounds/round_tables.html", context)


def pinning_of(row, found, by):
    """Return what the page offers about the chosen crosses: kept anyway, kept as chosen, or not; nothing of none."""
    parter = found.parting.get(by)
    if parter is None or row.is_emptied:
        return ""
    if parter.table.question.kind == QuestionType.PROFESSION:
        return "always"
    return "chosen" if by in row.pinned else "open"


@require_POST
@requires(Permission.EDIT_PLAN)
def round_pin(request, round_key):
    """Let the crosses by a question stay when the answers go, or no longer."""
    row = the_round(request, round_key)
    number = request.POST.get("number", "")
    back = f"{request.cycle.url('surveys:round_tables', row.key)}?{urlencode({'by': number})}"
    return press(request, row, deed=partial(keeping.pin, number=number), done=PINNED, back=back)


@require_safe
@requires(Permission.EDIT_PLAN)
def round_tables_file(request, round_key):
    row = the_round(request, round_key)
    found = tabulating.of(row)
    if row.is_emptied and not found.kept_on:
        messages.warning(request, registering.EMPTIED)
        return redirect(request.cycle.url("surveys:round_tables", row.key))
    content = round_table_file.as_xlsx(row, found, by=request.GET.get("by", ""))
    return as_file(content, f"集計表_{row.cycle.municipality.name}_{row.key}.xlsx")


@require_safe
@requires(Permission.EDIT_PLAN)
def round_answers_file(request, round_key):
    row = the_round(request, round_key)
    name = f"回答_{row.cycle.municipality.name}_{row.key}.xlsx"
    return as_file(single_answers.as_xlsx(row), name)


def as_file(content, name):
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@require_POST
@requires(Permission.EDIT_PLAN)
def round_register(request, round_key):
    row = the_round(request, round_key)
    back = request.cycle.url("surveys:round_tables", row.key)
    if row.has_result and request.POST.get("replace") != "yes":
        messages.warning(request, NOT_AGREED)
        return redirect(back)
    return press(request, row, deed=registering.register, done=DONE, back=back)
