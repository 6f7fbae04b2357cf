"""連携支援の振り返り on the municipality's side: reading and writing the three answers."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.pages.editing import EditPage, edit_row
from reports.support import feedback
from reports.support.feedback_forms import SupportFeedbackForm


@require_safe
@requires(Permission.VIEW_PLAN)
def support_feedback(request):
    row = feedback.of(request.cycle)
    context = {"row": row, "answers": feedback.answers(row)}
    return render(request, "reports/support/feedback.html", context)


@requires(Permission.EDIT_PLAN)
def support_feedback_edit(request):
    page = EditPage(
        key=f"support-feedback-{request.cycle.fiscal_year}",
        title="連携支援の振り返りを書く",
        back=request.cycle.url("reports:support_feedback"),
        lead="受けた支援がどう役に立ったかを、3つの質問に答えて伝えます。答えられる質問だけでかまいません。",
    )
    row = feedback.of(request.cycle)
    return edit_row(request, row, form_class=SupportFeedbackForm, page=page)
