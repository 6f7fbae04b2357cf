"""公表された値: what statistics say of the indicators of a year, filled by themselves or taken over together."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from indicators.models import Indicator
from indicators.publishing import filling, offering, taking_over
from municipalities.access import Permission, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PLAN)
def published_values(request):
    """Show what is published; take over what is ticked, or all of it, all or nothing."""
    if switched := {"stop", "go_on"} & set(request.POST):
        return filling_switched(request, switched.pop())
    lines = offering.offered(request.cycle)
    if request.method == "POST":
        chosen = chosen_of(request, lines)
        if chosen:
            take(request, chosen)
            messages.success(request, f"{len(chosen)}件の公表値を、実績値に取り入れました。")
            return redirect(request.cycle.url("indicators:indicator_list"))
        messages.warning(request, "取り入れる値を選んでください。")
    context = {
        "lines": lines,
        "waiting": sum(not offer.is_taken for line in lines for offer in line.offers),
        "missing": len(missing(lines)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/published_values.html", context, status=status)


def take(request, chosen):
    """Write what was chosen, and that these statistics have reached the municipality."""
    with transaction.atomic():
        for row in chosen:
            taking_over.take_over(row, by=request.user)
        filling.remember(request.municipality, [row.dataset for row in chosen])


def chosen_of(request, lines):
    """Return the ticked values, or all that are missing; what is not offered here, or taken meanwhile, is left alone."""
    if "all" in request.POST:
        return missing(lines)
    numbers = set(request.POST.getlist("published"))
    return [
        offer.published
        for line in lines
        for offer in line.offers
        if offer.number in numbers and not offer.is_taken
    ]


def missing(lines):
    """Return the published values of all years for which the municipality has none, unless it refuses an indicator's."""
    wanted = [line for line in lines if line.indicator.takes_statistics]
    return [offer.published for line in wanted for offer in line.offers if not offer.own]


def filling_switched(request, deed):
    """Fill an indicator by itself no more, or again."""
    key = request.POST[deed]
    rows = Indicator.objects.filter(filling.TOLD, cycle=request.cycle)
    rows = rows.select_related("definition", "own_definition")
    row = next((one for one in rows if one.key == key), None)
    if row is None:
        raise Http404
    if deed == "stop":
        count = filling.stop(row, by=request.user)
        gone = f"自動で入った{count}件の値は、ごみ箱に移しました。" if count else ""
        messages.success(request, f"「{row}」には、統計の値を自動では入れません。{gone}")
    else:
        count = filling.go_on(row, request.municipality, by=request.user).new
        messages.success(
            request, f"「{row}」に、統計の値を自動で入れます。{count}件の値が入りました。"
        )
    return redirect(request.cycle.url("indicators:published_values"))
