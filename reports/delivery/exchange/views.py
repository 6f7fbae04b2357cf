"""Looking over an exchange file that came from somewhere: any signed-in person may."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from municipalities.access import signed_in
from municipalities.kernel import signing
from reports.delivery.exchange.forms import ExchangeFileForm


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def verify(request):
    """Say who made the file, of which report and version it is, and whether it is unaltered. Nothing is kept."""
    form = ExchangeFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context = {"form": form, "fingerprint": signing.fingerprint()}
    status = 200
    if form.is_bound:
        if form.is_valid():
            context["examined"] = form.cleaned_data["file"]
        else:
            status = 422
    return render(request, "reports/exchange/verify.html", context, status=status)
