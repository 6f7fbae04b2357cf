"""Where a draft is to go, and of which step it is."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from municipalities.access import Permission, requires
from reports.submission.drafts import drafting
from reports.submission.drafts import recipients as deeds
from reports.writing.views import one_report
from reports.writing.way.forms import RecipientsForm, destination_of
from reports.writing.way.report_forms import StepForm


@requires(Permission.SUBMIT_REPORT)
def recipients(request, pk):
    report = one_report(request, pk)
    if not report.is_draft:
        return redirect(report.get_absolute_url())
    candidates = deeds.candidates(request.municipality)
    if request.method != "POST":
        return _recipients_page(
            request, report, RecipientsForm(candidates=candidates, initial=_chosen(report))
        )
    form = RecipientsForm(request.POST, candidates=candidates)
    if form.is_valid():
        try:
            deeds.choose(report, form.chosen, by=request.user, **form.way)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "提出先を保存しました。")
            return redirect(report.get_absolute_url())
    return _recipients_page(request, report, form)


def _chosen(report):
    users = [str(key) for key in deeds.parts_of(report)]
    return {"destination": destination_of(report), "users": users}


def _recipients_page(request, report, form):
    context = {"report": report, "form": form, "has_errors": form.is_bound}
    status = 422 if form.is_bound else 200
    return render(request, "reports/recipients.html", context, status=status)


@requires(Permission.SUBMIT_REPORT)
def report_step(request, pk):
    """Choose of which meeting of the support a draft is the report."""
    report = one_report(request, pk)
    if not report.is_draft:
        return redirect(report.get_absolute_url())
    steps = drafting.steps_to_report(report)
    if request.method != "POST":
        return _step_page(request, report, StepForm(steps=steps, initial={"step": report.step_id}))
    form = StepForm(request.POST, steps=steps)
    if form.is_valid():
        try:
            drafting.choose_step(report, form.cleaned_data["step"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "段階を保存しました。")
            return redirect(report.get_absolute_url())
    return _step_page(request, report, form)


def _step_page(request, report, form):
    context = {"report": report, "form": form, "has_errors": form.is_bound}
    status = 422 if form.is_bound else 200
    return render(request, "reports/report_step.html", context, status=status)
