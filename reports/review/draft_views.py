"""What an adviser is typing: kept under the report's or the year's own address, for its author."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from municipalities.kernel import drafts
from municipalities.views import keep_draft


def address_of(report_number, form_key):
    """Return where the typing of a form is kept."""
    return reverse("review:draft", args=[report_number, form_key])


@require_POST
@requires(Permission.ADVISE)
def draft(request, form_key, report_number=None):
    return keep_draft(request, form_key)


@require_POST
@requires(Permission.ADVISE)
def draft_discard(request, form_key, report_number=None):
    drafts.drop(author=request.user, form_key=form_key)
    messages.success(request, "下書きを破棄しました。")
    if report_number is None:
        return redirect(request.cycle.url("review:year_advice"))
    name = form_key.removeprefix(f"review-{report_number}-")
    place = f"#comments-{name.removeprefix('comment-')}" if name.startswith("comment-") else ""
    return redirect(reverse("review:report", args=[report_number]) + place)
