"""The steps of the support: their records, and further meetings beside the five of the form."""

from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from municipalities.pages.editing import EditPage, edit_row
from reports.choices import StepKind
from reports.models import SupportStep
from reports.support import rows
from reports.support.forms import OtherStepForm, SupportStepForm

STEP = rows.Listed(
    "step",
    "打合せ",
    SupportStep,
    OtherStepForm,
    place="steps",
    lead="報告書の様式にない打合せです（例：保健所との打合せ、庁内の打合せ）。",
)


@requires(Permission.EDIT_PLAN)
def step_add(request):
    return rows.add(request, STEP, kind=StepKind.OTHER)


@requires(Permission.EDIT_PLAN)
def step_edit(request, step_key):
    step = rows.the_row(request, step_key, STEP)
    page = EditPage(
        key=f"step-{request.cycle.fiscal_year}-{step_key}",
        title=f"{step}の記録を編集する",
        back=rows.back_to(request, f"step-{step_key}"),
        remove=request.cycle.url("reports:step_delete", step_key),
    )
    form_class = OtherStepForm if step.kind == StepKind.OTHER else SupportStepForm
    return edit_row(request, step, form_class=form_class, page=page)


@requires(Permission.EDIT_PLAN)
def step_delete(request, step_key):
    """What holds a step (advice, tasks, reports) keeps it."""
    return rows.delete(request, step_key, STEP)


@require_POST
@requires(Permission.EDIT_PLAN)
def step_move(request, step_key, step):
    row = rows.the_row(request, step_key, STEP)
    return rows.move(request, row, among=STEP.of(request.cycle), step=step, place=STEP.name)
