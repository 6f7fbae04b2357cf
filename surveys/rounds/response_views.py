"""届いた回答: what the owner should look at, leaving one out of the count and taking it in again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel.changes import StaleVersion, save_versioned
from municipalities.pages.editing import posted_version
from surveys.models import Response
from surveys.rounds.round_forms import ExclusionForm
from surveys.rounds.round_rows import OVERTAKEN, the_round

PER_PAGE = 50


@require_safe
@requires(Permission.EDIT_PLAN)
def response_list(request, round_key):
    """List them by their random numbers: the order says nothing about who was first."""
    row = the_round(request, round_key)
    only_remarked = request.GET.get("show") == "remarked"
    receipt = request.GET.get("receipt", "").strip()[:40]
    found = Response.objects.filter(round=row).order_by("pk")
    if receipt:
        found = found.of_receipt(receipt)
    elif only_remarked:
        found = found.exclude(remark="")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"round": row, "page": page, "only_remarked": only_remarked, "receipt": receipt}
    return render(request, "surveys/rounds/response_list.html", context)


@requires(Permission.EDIT_PLAN)
def response_exclude(request, round_key, response_key):
    """Ask why, then leave it out: it stays, and can be taken in again."""
    row = the_round(request, round_key)
    response = get_object_or_404(Response, round=row, key=response_key)
    form = ExclusionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        response.is_excluded, response.excluded_why = True, form.cleaned_data["why"]
        return saved(request, row, response, "集計から除きました。いつでも戻せます。")
    context = {"form": form, "round": row, "response": response}
    status = 422 if form.is_bound else 200
    return render(request, "surveys/rounds/response_exclude.html", context, status=status)


@require_POST
@requires(Permission.EDIT_PLAN)
def response_readmit(request, round_key, response_key):
    row = the_round(request, round_key)
    response = get_object_or_404(Response, round=row, key=response_key)
    response.is_excluded, response.excluded_why = False, ""
    return saved(request, row, response, "集計に戻しました。")


def saved(request, row, response, done):
    """Write it over the version that was shown."""
    try:
        save_versioned(
            response,
            by=request.user,
            expected_version=posted_version(request),
            fields=("is_excluded", "excluded_why"),
            deed="exclude" if response.is_excluded else "readmit",
        )
    except StaleVersion:
        messages.warning(request, OVERTAKEN)
    else:
        messages.success(request, done)
    return redirect(request.cycle.url("surveys:response_list", row.key))
