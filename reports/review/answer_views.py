"""An adviser hands in what they wrote in the reader, themselves."""

from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from municipalities.access import Permission, requires
from reports.delivery.exchange import handing_in
from reports.review.views import newest_version


def _desk(request, report_number):
    report = newest_version(request, report_number).report
    names = ("answer", "answer_check", "answer_take_in", "report")
    places = (reverse(f"review:{name}", args=[report_number]) for name in names)
    return handing_in.Desk(report, *places, own=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ADVISE)
def answer(request, report_number):
    return handing_in.upload(request, _desk(request, report_number))


@require_safe
@requires(Permission.ADVISE)
def answer_check(request, report_number):
    return handing_in.check(request, _desk(request, report_number))


@require_POST
@requires(Permission.ADVISE)
def answer_take_in(request, report_number):
    return handing_in.take_in(request, _desk(request, report_number))
