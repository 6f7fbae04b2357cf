"""The municipality's reports, from the draft to the delivered paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel import submission_keys
from reports.choices import ReportKind, ReportStatus
from reports.delivery import opened, status
from reports.delivery.pdf import pdf_response
from reports.document import snapshot
from reports.models import ProgressReport
from reports.submission.drafts import drafting
from reports.submission.submitting import approving, check
from reports.submission.submitting.submit import AlreadySubmitted, submit


@require_safe
@requires(Permission.VIEW_PLAN)
def report_list(request):
    reports = of_year(request).order_by("-pk")
    return render(request, "reports/report_list.html", {"reports": reports, "kinds": ReportKind})


def of_year(request):
    return ProgressReport.objects.filter(cycle=request.cycle).select_related("step", "submitted_by")


def one_report(request, pk):
    """Return a report of this year with its place at hand. Raises Http404."""
    reports = of_year(request).annotate(is_unopened=opened.unopened_by(request.user))
    report = get_object_or_404(reports, pk=pk)
    report.cycle = request.cycle
    return report


@require_POST
@requires(Permission.SUBMIT_REPORT)
def report_create(request):
    kind = request.POST.get("kind")
    if kind not in ReportKind:
        messages.error(request, "中間報告書と最終報告書のどちらを作るかを選んでください。")
        return redirect(request.cycle.url("reports:report_list"))
    return redirect(drafting.open_draft(request.cycle, kind, by=request.user).get_absolute_url())


@require_safe
@requires(Permission.VIEW_PLAN)
def report(request, pk):
    """A draft as a task list, a submitted report with what became of it."""
    report = one_report(request, pk)
    if report.status == ReportStatus.APPROVAL:
        return redirect(request.cycle.url("reports:approval", pk))
    if report.is_draft:
        context = {"report": report, "look": check.look_over(report)}
        return render(request, "reports/report_draft.html", context)
    opened.note(report.pk, by=request.user, is_unopened=report.is_unopened)
    context = {"report": report, "progress": status.of(report)}
    return render(request, "reports/report_submitted.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def report_status(request, pk):
    """The part that the page polls until PDF and mails have come to an end."""
    report = get_object_or_404(of_year(request).submitted(), pk=pk)
    report.cycle = request.cycle
    context = {"report": report, "progress": status.of(report)}
    return render(request, "reports/_status.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def report_preview(request, pk):
    """The paper as it would be submitted now, or as it was."""
    report = one_report(request, pk)
    review = snapshot.review_for(report)
    return render(request, "reports/report_preview.html", {"report": report, "review": review})


@requires(Permission.SUBMIT_REPORT)
def report_check(request, pk):
    """The last look before submission: what blocks, what is still thin, to whom it goes."""
    report = one_report(request, pk)
    if not report.is_draft:
        return redirect(report.get_absolute_url())
    context = {
        "report": report,
        "look": check.look_over(report),
        "obstacles": approving.obstacles(report),
        "recipients": report.recipients.select_related("user"),
        "submission_key": submission_keys.new(),
    }
    return render(request, "reports/report_check.html", context)


@require_POST
@requires(Permission.SUBMIT_REPORT)
def report_submit(request, pk):
    report = one_report(request, pk)
    try:
        address = submission_keys.once(
            request.POST.get("submission_key", ""),
            user=request.user,
            deed=lambda: submit(report, by=request.user).get_absolute_url(),
            digest=submission_keys.digest_of(request),
        )
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect(request.cycle.url("reports:report_check", pk))
    except AlreadySubmitted:
        messages.info(request, "この報告書は、すでに提出されています。")
        return redirect(request.cycle.url("reports:report", pk))
    messages.success(request, "報告書を提出しました。")
    return redirect(address)


@require_safe
@requires(Permission.VIEW_PLAN)
def report_pdf(request, pk):
    report = one_report(request, pk)
    response = pdf_response(report)
    opened.note(report.pk, by=request.user, is_unopened=report.is_unopened)
    return response
