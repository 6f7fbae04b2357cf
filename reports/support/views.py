"""The support as it went, step by step."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.editing import EditPage, edit_row
from reports.models import SupportStep
from reports.support.forms import SupportStepForm


@require_safe
@requires(Permission.VIEW_PLAN)
def support(request):
    steps = SupportStep.objects.filter(cycle=request.cycle).prefetch_related("advice_items")
    return render(request, "reports/support.html", {"steps": steps})


@requires(Permission.EDIT_PLAN)
def support_edit(request, key):
    step = get_object_or_404(SupportStep, cycle=request.cycle, key=key)
    page = EditPage(
        key=f"step-{request.cycle.fiscal_year}-{key}",
        title=f"{step.get_kind_display()}の記録を編集する",
        back=request.cycle.url("reports:support"),
    )
    return edit_row(request, step, form_class=SupportStepForm, page=page)
