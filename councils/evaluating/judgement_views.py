"""協議体の判断 on an evaluation: adding, editing, deleting, and the order in which they are told."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from councils.evaluating import evaluated
from councils.evaluating.evaluation_forms import JudgementForm
from councils.evaluating.evaluation_views import place_on_list
from councils.models import Evaluation, Judgement
from municipalities.access import Permission, requires
from municipalities.pages import part_pages
from municipalities.pages.part_pages import Around, Part

JUDGEMENT = Part("judgement", "協議体の判断", Judgement, JudgementForm)


def around(request, evaluation, key, remove=""):
    """Return what a page of a judgement says around it."""
    subject = evaluated.subject_of(evaluation, request.cycle)
    return Around(
        key=f"{request.cycle.fiscal_year}-{key}",
        back=place_on_list(request, subject),
        lead=f"{subject.kind}「{subject.name}」。事実：{evaluation}",
        remove=remove,
    )


def one_judgement(request, key):
    """Return a judgement of the year, with the year at hand. Raises Http404."""
    rows = Judgement.objects.select_related("evaluation")
    row = get_object_or_404(rows, cycle=request.cycle, key=key)
    row.cycle = request.cycle
    return row


@requires(Permission.EDIT_PLAN)
def judgement_add(request, evaluation_key):
    evaluation = get_object_or_404(Evaluation, cycle=request.cycle, key=evaluation_key)
    among = Judgement.objects.filter(evaluation=evaluation)
    place = around(request, evaluation, evaluation_key)
    row = Judgement(cycle=request.cycle, evaluation=evaluation)
    return part_pages.add_part(request, row, JUDGEMENT, place, among=among)


@requires(Permission.EDIT_PLAN)
def judgement_edit(request, judgement_key):
    row = one_judgement(request, judgement_key)
    remove = request.cycle.url("councils:judgement_delete", judgement_key)
    place = around(request, row.evaluation, judgement_key, remove)
    return part_pages.edit_part(request, row, JUDGEMENT, place)


@requires(Permission.EDIT_PLAN)
def judgement_delete(request, judgement_key):
    row = one_judgement(request, judgement_key)
    place = around(request, row.evaluation, judgement_key)
    return part_pages.delete_part(request, row, JUDGEMENT, place)


@require_POST
@requires(Permission.EDIT_PLAN)
def judgement_move(request, judgement_key, step):
    row = one_judgement(request, judgement_key)
    among = Judgement.objects.filter(evaluation=row.evaluation_id)
    back = around(request, row.evaluation, judgement_key).back
    return part_pages.move_part(request, row, among=among, step=step, back=back)
