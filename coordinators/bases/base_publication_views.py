"""Sharing a 拠点 of ours with the prefecture: what it would read, and whether it does."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from coordinators.bases import base_publishing
from coordinators.bases.base_copy import freeze, thaw
from coordinators.models import Base
from municipalities.access import Permission, requires


def our_base(key):
    """Return a 拠点 of ours with its area at hand. Raises Http404."""
    return get_object_or_404(Base.objects.select_related("medical_area"), key=key)


@require_safe
@requires(Permission.EDIT_PLAN)
def base_publication(request, base_key):
    return publication_page(request, our_base(base_key))


def publication_page(request, base, *, error="", status=200):
    now = freeze(base_publishing.sheet_of(base))
    context = {
        "base": base,
        # As the bytes have it: what they leave out is not shown either.
        "sheet": thaw(now.content),
        "error": error,
        **base_publishing.COPIES.standing(base, now),
    }
    return render(request, "coordinators/base_publication.html", context, status=status)


@require_POST
@requires(Permission.EDIT_PLAN)
def base_publish(request, base_key):
    base = our_base(base_key)
    try:
        base_publishing.publish(base, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as error:
        return publication_page(request, base, error="".join(error.messages), status=409)
    messages.success(request, f"{request.municipality.prefecture.word}と共有しました。")
    return redirect(request.cycle.url("bases:base_publication", base_key))


@require_POST
@requires(Permission.EDIT_PLAN)
def base_withdraw(request, base_key):
    gone = base_publishing.withdraw(our_base(base_key), by=request.user)
    messages.success(request, "共有をやめました。" if gone else "共有していません。")
    return redirect(request.cycle.url("bases:base_publication", base_key))
