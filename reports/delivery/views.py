"""Sending once more, and how a municipality's reports are sent."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from municipalities.japanese import numerals
from reports.delivery import attaching, posting
from reports.delivery.forms import ATTACHED, LINKED, MailSettingsForm
from reports.delivery.papers import LARGEST_ATTACHMENT
from reports.models import Delivery


@require_POST
@requires(Permission.SUBMIT_REPORT)
def delivery_resend(request, pk, delivery_pk):
    """Send one delivery again. What the page had shown is out of date: nothing is sent."""
    delivery = get_object_or_404(
        Delivery.objects.select_related("report__cycle__municipality__prefecture", "recipient"),
        pk=delivery_pk,
        report=pk,
        report__cycle=request.cycle,
    )
    if posting.resend(delivery, seen=_count(request.POST.get("resent")), by=request.user):
        messages.success(request, f"{delivery.recipient}へ、もう一度送ります。")
    else:
        messages.info(request, "すでに送り直しているか、送り直せない宛先のため、送っていません。")
    report = delivery.report
    return redirect(request.cycle.board_url if report.is_open else report.get_absolute_url())


def _count(typed):
    """Return a count from a hidden field; -1, which is nobody's, for anything else."""
    count = numerals.whole(typed or "", most_digits=4)
    return -1 if count is None else count


@requires(Permission.EDIT_PLAN)
def mail_settings(request):
    place = request.municipality
    initial = {"way": ATTACHED if place.attaches_reports else LINKED}
    form = MailSettingsForm(request.POST or None, initial=initial)
    if request.method == "POST":
        form = MailSettingsForm(request.POST)
        if form.is_valid():
            attaching.choose(place, attaches=form.attaches, by=request.user)
            messages.success(
                request, "報告書の送り方を保存しました。次に送るメールから変わります。"
            )
            return redirect(request.cycle.url("reports:report_list"))
    context = {
        "form": form,
        "megabytes": LARGEST_ATTACHMENT // (1024 * 1024),
        "is_allowed": settings.ATTACH_REPORTS,
    }
    return render(
        request, "reports/mail_settings.html", context, status=422 if form.is_bound else 200
    )
