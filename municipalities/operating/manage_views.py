"""The operator's pages: what works in the background, and what did not."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel import jobs, mail
from municipalities.models import Job, OutgoingMail
from municipalities.operating import condition

ROWS_PER_PAGE = 50


@require_safe
@requires(Permission.OPERATE)
def home(request):
    """What needs the operator's hand, in counts that lead to their lists."""
    return render(request, "municipalities/manage/home.html", {"condition": condition.now()})


@require_safe
@requires(Permission.OPERATE)
def work(request):
    """Jobs, what needs a hand first."""
    rows = Job.objects.select_related("municipality").order_by("-pk")
    chosen = request.GET.get("state", "")
    if chosen in jobs.JobState:
        rows = rows.filter(state=chosen)
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    failed = Job.objects.filter(state=jobs.JobState.FAILED).count()
    context = {"page": page, "failed": failed, "states": jobs.JobState, "chosen": chosen}
    return render(request, "municipalities/manage/jobs.html", context)


@require_POST
@requires(Permission.OPERATE)
def work_retry(request, pk):
    job = get_object_or_404(Job, pk=pk)
    if jobs.retry(job):
        messages.success(request, "処理をやり直します。")
    else:
        messages.info(request, "この処理は、やり直しの必要がありません。")
    return redirect("manage:work")


@require_POST
@requires(Permission.OPERATE)
def mail_again(request, pk):
    outgoing = get_object_or_404(OutgoingMail, pk=pk)
    if mail.again(outgoing, by=request.user):
        messages.success(request, "メールを送り直します。")
    else:
        messages.info(request, "このメールは、送り直しの必要がありません。")
    return redirect("manage:mails")


@require_safe
@requires(Permission.OPERATE)
def mails(request):
    rows = OutgoingMail.objects.select_related("municipality", "recipient")
    chosen = request.GET.get("state", "")
    if chosen in mail.MailState:
        rows = rows.filter(state=chosen)
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "states": mail.MailState, "chosen": chosen}
    return render(request, "municipalities/manage/mails.html", context)
