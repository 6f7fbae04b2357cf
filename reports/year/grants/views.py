"""交付金根拠表 and 実施状況調査 on the town's side: the table, its Excel, and the answer to one item."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from municipalities.pages.editing import EditPage, edit_row
from reports.choices import EvidenceSheet
from reports.delivery import office
from reports.models import GrantAnswer
from reports.year.grants import reading, workbook
from reports.year.grants.forms import GrantAnswerForm, SurveyAnswerForm

UNSEEN = "この項目は原文未確認です。様式と原文を読んで記録してください。"


@require_safe
@requires(Permission.VIEW_PLAN)
def grant_evidence(request):
    context = {"sheet": reading.of(request.cycle)}
    return render(request, "reports/grants/evidence.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def survey_evidence(request):
    context = {"sheet": reading.of(request.cycle, EvidenceSheet.SURVEY)}
    return render(request, "reports/grants/survey.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def grant_evidence_export(request):
    """The same as a workbook."""
    name = f"交付金根拠表_{request.municipality.name}_{fiscal.era_year(request.cycle.fiscal_year)}の取組"
    content = workbook.of_sheet(reading.of(request.cycle))
    return office.table(content, plain=plain(request, "grant"), name=name)


@require_safe
@requires(Permission.VIEW_PLAN)
def survey_evidence_export(request):
    """The same as a workbook."""
    name = f"実施状況調査の回答準備表_{request.municipality.name}_{fiscal.era_year(request.cycle.fiscal_year)}"
    content = workbook.of_survey(reading.of(request.cycle, EvidenceSheet.SURVEY))
    return office.table(content, plain=plain(request, "survey"), name=name)


def plain(request, sheet):
    return f"{request.municipality.code}-{request.cycle.fiscal_year}-{sheet}"


@requires(Permission.EDIT_PLAN)
def grant_answer_edit(request, item_code):
    """What the town says of one item of the grant's list that holds."""
    item = item_or_404(request, EvidenceSheet.GRANT, item_code)
    page = EditPage(
        key=f"grant-answer-{request.cycle.fiscal_year}-{item_code}",
        title=f"{item.block} {item.mark}の該当の別を記録する",
        back=f"{request.cycle.url('reports:grant_evidence')}#item-{item_code}",
        lead=item.wording or UNSEEN,
    )
    row = answer_of(request, EvidenceSheet.GRANT, item_code)
    return edit_row(request, row, form_class=GrantAnswerForm, page=page)


@requires(Permission.EDIT_PLAN)
def survey_answer_edit(request, topic_code):
    """What the town answers to one item of the survey's list that holds."""
    item = item_or_404(request, EvidenceSheet.SURVEY, topic_code)
    page = EditPage(
        key=f"survey-answer-{request.cycle.fiscal_year}-{topic_code}",
        title=f"「{item.mark}」の回答を記録する",
        back=f"{request.cycle.url('reports:survey_evidence')}#item-{topic_code}",
        lead=item.wording or UNSEEN,
    )
    row = answer_of(request, EvidenceSheet.SURVEY, topic_code)
    return edit_row(request, row, form_class=SurveyAnswerForm, page=page)


def item_or_404(request, sheet, code):
    """Return an item of the list that holds. Raises Http404."""
    found = reading.items_of(request.cycle, sheet).rows
    item = next((one for one in found if one.code == code), None)
    if item is None:
        raise Http404
    return item


def answer_of(request, sheet, code):
    row = GrantAnswer.objects.filter(cycle=request.cycle, sheet=sheet, code=code).first()
    return row or GrantAnswer(cycle=request.cycle, sheet=sheet, code=code, key=f"{sheet}-{code}")
