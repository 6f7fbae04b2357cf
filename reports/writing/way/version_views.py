"""The versions of a report: their list, each one as it was submitted, and beginning or giving up a new one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from reports.delivery import versions as kept
from reports.delivery.pdf import pdf_response
from reports.document import snapshot
from reports.submission.reworking import comparing, reopening
from reports.writing.views import one_report
from reports.writing.way.report_forms import ReopenForm


@require_safe
@requires(Permission.VIEW_PLAN)
def versions(request, pk):
    report = one_report(request, pk)
    context = {"report": report, "versions": kept.of(report)}
    return render(request, "reports/versions.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def version(request, pk, version):
    """One version as it was submitted, whatever came after it."""
    report = one_report(request, pk)
    frozen = kept.one(report, version)
    context = {"report": report, "version": frozen, "review": snapshot.review_of(frozen)}
    return render(request, "reports/version.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def version_changes(request, pk, version):
    """What changed in one version since the one before it, or since another earlier one."""
    report = one_report(request, pk)
    frozen = kept.one(report, version)
    comparison = comparing.compare(frozen, wanted=request.GET.get("with", ""))
    context = {"report": report, "comparison": comparison}
    return render(request, "reports/version_changes.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def version_pdf(request, pk, version):
    report = one_report(request, pk)
    return pdf_response(report, kept.one(report, version))


@requires(Permission.SUBMIT_REPORT)
def reopening_start(request, pk):
    """修正して出し直す: say why, and the report is a draft again."""
    report = one_report(request, pk)
    if report.is_open:
        return redirect(report.get_absolute_url())
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            reopening.reopen(report, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, "下書きに戻しました。内容を直してから、もう一度提出してください。"
            )
            return redirect(report.get_absolute_url())
    context = {"report": report, "form": form, "has_errors": form.is_bound}
    status = 422 if form.is_bound else 200
    return render(request, "reports/reopening.html", context, status=status)


@require_POST
@requires(Permission.SUBMIT_REPORT)
def reopening_withdrawal(request, pk):
    report = one_report(request, pk)
    try:
        reopening.give_up(report, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "出し直しをやめました。提出した版がそのまま有効です。")
    return redirect(report.get_absolute_url())
