"""交付金根拠表 on the town's side: the table, its Excel, and the answer to one item."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities import fiscal
from municipalities.access import Permission, requires
from municipalities.editing import EditPage, edit_row
from reports.delivery import office
from reports.models import GrantAnswer
from reports.year.grants import items, reading, workbook
from reports.year.grants.forms import GrantAnswerForm


@require_safe
@requires(Permission.VIEW_PLAN)
def grant_evidence(request):
    context = {"sheet": reading.of(request.cycle)}
    return render(request, "reports/grants/evidence.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def grant_evidence_export(request):
    """The same as a workbook."""
    place, year = request.municipality, request.cycle.fiscal_year
    content = workbook.of_sheet(reading.of(request.cycle))
    name = f"交付金根拠表_{place.name}_{fiscal.era_year(year)}の取組"
    return office.table(content, plain=f"{place.code}-{year}-grant", name=name)


@requires(Permission.EDIT_PLAN)
def grant_answer_edit(request, item_code):
    """What the town says of one item of the list that holds."""
    prefecture, year = request.municipality.prefecture, request.cycle.fiscal_year
    found = items.for_town(prefecture, year + 1).rows
    item = next((one for one in found if one.code == item_code), None)
    if item is None:
        raise Http404
    row = GrantAnswer.objects.filter(cycle=request.cycle, code=item_code).first()
    page = EditPage(
        key=f"grant-answer-{year}-{item_code}",
        title=f"{item.block} {item.mark}の該当の別を記録する",
        back=f"{request.cycle.url('reports:grant_evidence')}#item-{item_code}",
        lead=item.wording or "この項目は原文未確認です。様式と原文を読んで記録してください。",
    )
    row = row or GrantAnswer(cycle=request.cycle, code=item_code, key=f"grant-{item_code}")
    return edit_row(request, row, form_class=GrantAnswerForm, page=page)
