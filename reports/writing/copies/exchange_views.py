"""A submitted report out of the closed network as a file, and the adviser's answer back in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel import signing
from reports.delivery.exchange import handing_in, packing, records, tickets
from reports.delivery.exchange.forms import AdviserForm
from reports.writing.views import one_report


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SUBMIT_REPORT)
def exchange(request, pk):
    """Choose an adviser; the file is made and handed out."""
    report = one_report(request, pk)
    if report.is_open:
        return redirect(report.get_absolute_url())
    advisers = packing.advisers_of(report)
    form = AdviserForm(request.POST if request.method == "POST" else None, advisers=advisers)
    if form.is_bound and form.is_valid():
        adviser = form.cleaned_data["adviser"]
        return _download(packing.pack(report, adviser=adviser, by=request.user))
    context = {
        "report": report,
        "form": form,
        "advisers": advisers,
        "records": records.of(report, packing.DEED),
        "fingerprint": signing.fingerprint(),
        "days": tickets.VALID_DAYS,
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/exchange/exchange.html", context, status=status)


def _download(package):
    name = content_disposition_header(as_attachment=True, filename=package.name)
    headers = {"Content-Disposition": name, "Cache-Control": "no-store, private"}
    return HttpResponse(package.content, content_type="application/zip", headers=headers)


def _desk(request, pk):
    report = one_report(request, pk)
    names = ("answers", "answer_check", "answer_take_in", "report")
    return handing_in.Desk(report, *(request.cycle.url(f"reports:{name}", pk) for name in names))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SUBMIT_REPORT)
def answers(request, pk):
    desk = _desk(request, pk)
    if desk.report.submitted_at is None:
        return redirect(desk.back)
    return handing_in.upload(request, desk)


@require_safe
@requires(Permission.SUBMIT_REPORT)
def answer_check(request, pk):
    return handing_in.check(request, _desk(request, pk))


@require_POST
@requires(Permission.SUBMIT_REPORT)
def answer_take_in(request, pk):
    return handing_in.take_in(request, _desk(request, pk))
