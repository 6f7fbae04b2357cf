"""The support as it went: its page, its round, and the five steps put in."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.pages.editing import EditPage, edit_row
from reports.support import records, sheet, steps
from reports.support.forms import SupportRoundForm


@require_safe
@requires(Permission.VIEW_PLAN)
def support(request):
    cycle = request.cycle
    context = {
        "sheet": sheet.of(cycle),
        "is_arranging": "arrange" in request.GET,
        "prefecture_support": records.lines_of_town(request.municipality, cycle.fiscal_year),
    }
    return render(request, "reports/support/support.html", context)


@requires(Permission.EDIT_PLAN)
def round_edit(request):
    page = EditPage(
        key=f"round-{request.cycle.fiscal_year}",
        title="支援のテーマと目標を書く",
        back=f"{request.cycle.url('reports:support')}#round",
    )
    row = sheet.round_of(request.cycle)
    return edit_row(request, row, form_class=SupportRoundForm, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def steps_prepare(request):
    """Put in what is missing of the five steps of the form."""
    count = steps.prepare(request.cycle, by=request.user)
    message = f"{count}つの段階を用意しました。" if count else "5つの段階は、すでにそろっています。"
    messages.success(request, message)
    return redirect(f"{request.cycle.url('reports:support')}#steps")
