"""集計表: the tables of a round before they are registered, for the owner alone; and registering them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from indicators.evaluation_views import XLSX
from municipalities.access import Permission, requires
from surveys.results import result_sheet
from surveys.rounds.round_rows import press, the_round
from surveys.tabulation import registering, round_table_file, single_answers, tabulating
from surveys.tabulation.tables import RULE

NOT_AGREED = "登録した結果を置き換えてよいときは、「置き換える」に✓を付けてください。"
DONE = "集計を結果として登録しました。回答を消しても、登録した結果は残ります。"


@require_safe
@requires(Permission.EDIT_PLAN)
def round_tables(request, round_key):
    """Draw the tables as registering would write them, and parted as the address says."""
    row = the_round(request, round_key)
    told = {"round": row, "result_key": row.result_key if row.has_result else ""}
    if row.is_emptied:
        return render(request, "surveys/rounds/round_tables.html", told)
    found = tabulating.of(row)
    by = request.GET.get("by", "")
    crosses = found.crosses(by)
    survey = registering.survey_of(row)
    shown = [
        (one.table, sheet_of(row, survey, one.table), crosses.get(one.table.number))
        for one in found.counted
    ]
    choices = [(key, f"{key} {one.table.title}"[:80]) for key, one in found.parting.items()]
    context = {"n": found.n, "shown": shown, "by": by, "choices": choices, "rule": RULE}
    return render(request, "surveys/rounds/round_tables.html", told | context)


def sheet_of(row, survey, table):
    question = registering.question_of(row, survey, table)
    return result_sheet.sheet_of(question, survey, registering.answers_of(question, table))


@require_safe
@requires(Permission.EDIT_PLAN)
def round_tables_file(request, round_key):
    row = the_round(request, round_key)
    if row.is_emptied:
        messages.warning(request, registering.EMPTIED)
        return redirect(request.cycle.url("surveys:round_tables", row.key))
    content = round_table_file.as_xlsx(row, tabulating.of(row), by=request.GET.get("by", ""))
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
