"""紙の調査票 as PDF, drawn now and kept nowhere: what a round hands out, and the sample of a questionnaire."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.paper.asking.questionnaire import QuestionnairePaper
from reports.surveying import papers
from surveys.choices import RoundState
from surveys.models import Questionnaire
from surveys.questionnaires.making import form_templates, unstored
from surveys.questionnaires.shape import form_shape
from surveys.rounds import told
from surveys.rounds.round_rows import the_round

NO_SHEETS = (
    "受付を始めてから、紙の調査票を印刷してください（設問が確定します）。開始日を先の日にしておくと、その日までは、"
    "スマートフォンからの回答を受け付けません。設問の見え方は、調査票の画面の「紙の調査票の見本」で確かめられます。"
)
NOT_TOLD = "{}を登録してから、紙の調査票を印刷してください。紙に載せます。"


@require_safe
@requires(Permission.VIEW_PLAN)
def questionnaire_pdf(request, questionnaire_key):
    """The sample, before anybody is asked."""
    row = get_object_or_404(Questionnaire.objects.all(), key=questionnaire_key)
    back = request.cycle.url("surveys:form", row.key)
    place = request.municipality.name
    return papers.sample(request, form_shape.read(row), place=place, back=back)


@require_safe
@requires(Permission.VIEW_PLAN)
def template_pdf(request, template_key):
    """A template on paper, before a questionnaire is begun from it."""
    template = form_templates.template(template_key)
    if template is None:
        raise Http404
    form = unstored.shape(template, template.asked)
    back = request.cycle.url("surveys:form_list")
    return papers.sample(request, form, place=request.municipality.name, back=back)


@require_safe
@requires(Permission.VIEW_PLAN)
def round_pdf(request, round_key):
    """The paper that a round hands out."""
    row = the_round(request, round_key)
    facts = told.of(row)
    if trouble := trouble_with(row, facts):
        messages.error(request, trouble)
        return redirect(row.page)
    paper = QuestionnairePaper(
        form=papers.wanted(request, form_shape.read(row.questionnaire)),
        title=row.title,
        municipality=request.municipality.name,
        told=facts,
    )
    return papers.drawn(request, paper, f"調査票_{row.title}", key=row.key, back=row.page)


def trouble_with(row, facts):
    """Return why nothing is to be handed out yet, or nothing."""
    if row.state == RoundState.DRAFT:
        return NO_SHEETS
    if row.is_emptied:
        return row.no_paper_because
    return NOT_TOLD.format("・".join(facts.missing)) if facts.missing else ""
