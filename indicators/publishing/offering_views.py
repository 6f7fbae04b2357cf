"""公表された値: what statistics say of the indicators of a year, taken over together."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from indicators.publishing import offering, taking_over
from municipalities import numerals
from municipalities.access import Permission, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PLAN)
def published_values(request):
    """Show what is published; take over what is ticked, all or nothing."""
    lines = offering.offered(request.cycle)
    if request.method == "POST":
        chosen = chosen_of(request, lines)
        if chosen:
            with transaction.atomic():
                for row in chosen:
                    taking_over.take_over(row, by=request.user)
            messages.success(request, f"{len(chosen)}件の公表値を、実績値に取り入れました。")
            return redirect(request.cycle.url("indicators:indicator_list"))
        messages.warning(request, "取り入れる値を選んでください。")
    waiting = sum(not offer.is_taken for line in lines for offer in line.offers)
    context = {"lines": lines, "waiting": waiting}
    status = 422 if request.method == "POST" else 200
    return render(request, "indicators/published_values.html", context, status=status)


def chosen_of(request, lines):
    """Return the ticked values; what is not offered here, or taken meanwhile, is left alone."""
    numbers = {numerals.whole(text, most_digits=18) for text in request.POST.getlist("published")}
    return [
        offer.published
        for line in lines
        for offer in line.offers
        if offer.published.pk in numbers and not offer.is_taken
    ]
