"""上長確認 of a report: asking for it, the page on which a superior reads and decides, taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, may_in, requires
from municipalities.kernel import submission_keys
from reports.choices import ReportStatus
from reports.document import differing, snapshot
from reports.document.reading import gather
from reports.submission.drafts import recipients
from reports.submission.reworking import comparing
from reports.submission.submitting import approving
from reports.writing.views import one_report
from reports.writing.way.report_forms import APPROVE, AskForm, DecisionForm


@require_safe
@requires(Permission.VIEW_PLAN)
def approval(request, pk):
    """What lies with the superiors: where it is, what changed, the paper itself; who is asked decides here."""
    report = one_report(request, pk)
    if report.status != ReportStatus.APPROVAL:
        return redirect(report.get_absolute_url())
    return show(request, report, form=DecisionForm())


def show(request, report, *, form):
    document = snapshot.report_document(report, submitted_at=None, status=ReportStatus.APPROVAL)
    places, seen = approving.of(report), approving.content_hash(document)
    waiting = approving.next_of(places)
    before = report.snapshot
    context = {
        "report": report,
        "form": form,
        "has_errors": form.is_bound,
        "places": places,
        "recipients": report.recipients.select_related("user"),
        "waiting": waiting,
        "is_stuck": waiting is not None and not still_may(waiting.approver, request.municipality),
        "is_my_turn": waiting is not None and waiting.approver_id == request.user.pk,
        "is_unchanged": approving.is_unchanged(places, seen),
        "seen": seen,
        "later": approving.changes_since_last_look(report, places),
        "before": before,
        "sections": differing.sections(comparing.document_of(before), document) if before else (),
        "review": gather(document),
        "submission_key": submission_keys.new(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/approval.html", context, status=status)


def still_may(user, municipality):
    return may_in(user, Permission.APPROVE_REPORT, municipality)


@requires(Permission.SUBMIT_REPORT)
def approval_request(request, pk):
    """Choose the superiors in their order and hand the draft to the first."""
    report = one_report(request, pk)
    if not report.is_draft:
        return redirect(report.get_absolute_url())
    superiors = recipients.superiors(request.municipality)
    form = AskForm(
        request.POST if request.method == "POST" else None,
        superiors=superiors,
        most=approving.MOST,
    )
    if form.is_bound and form.is_valid():
        try:
            approving.ask(report, form.approvers, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "上長確認に回しました。最初の上長にメールでお知らせします。")
            return redirect(report.get_absolute_url())
    context = {"report": report, "form": form, "has_errors": form.is_bound, "superiors": superiors}
    status = 422 if form.is_bound else 200
    return render(request, "reports/approval_request.html", context, status=status)


@require_POST
@requires(Permission.APPROVE_REPORT)
def approval_decision(request, pk):
    report = one_report(request, pk)
    if report.status != ReportStatus.APPROVAL:
        messages.info(request, approving.NOT_ASKED)
        return redirect(report.get_absolute_url())
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            sentence = decide(report, form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, sentence)
            return redirect(report.get_absolute_url())
    return show(request, report, form=form)


def decide(report, answer, *, by):
    """Do what the superior pressed; return the sentence that tells it."""
    if answer["decision"] == APPROVE:
        approving.approve(report, by=by, seen=answer["seen"], comment=answer["comment"])
        return "承認しました。"
    approving.send_back(report, by=by, comment=answer["comment"])
    return "差し戻しました。担当者にメールでお知らせします。"


@require_POST
@requires(Permission.SUBMIT_REPORT)
def approval_withdrawal(request, pk):
    report = one_report(request, pk)
    try:
        approving.withdraw(report, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "上長確認をやめました。報告書は下書きに戻っています。")
    return redirect(report.get_absolute_url())
