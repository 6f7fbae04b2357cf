"""What others can see of the municipality's values, and its right of reply."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from indicators.models import SubmittedValue
from indicators.publishing import own_submitted, replying
from indicators.publishing.reply_forms import ValueReplyForm
from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from municipalities.pages.editing import EditPage, edit_row

PAGE = "indicators:submitted_values"


def own_value(request, code, value_year):
    """Return a value that the municipality itself has let out. Raises Http404."""
    rows = SubmittedValue.objects.filter(municipality=request.municipality)
    return get_object_or_404(rows.select_related("definition"), code=code, fiscal_year=value_year)


@require_safe
@requires(Permission.VIEW_PLAN)
def submitted_values(request):
    """What of us others can see, and what stays hidden by which rule."""
    lines = own_submitted.lines(request.cycle)
    context = {"lines": lines, "hidden": sum(bool(line.why) for line in lines)}
    return render(request, "indicators/submitted_values.html", context)


@requires(Permission.EDIT_PLAN)
def reply_edit(request, code, value_year):
    """Write the explanation that travels with a value."""
    value = own_value(request, code, value_year)
    name = f"{own_submitted.definition_of(value)}　{fiscal.label(value_year)}"
    page = EditPage(
        key=f"reply-{value_year}-{code}",
        title=f"「{name}」の説明を書く",
        back=request.cycle.url(PAGE),
        lead="公表される文です。保存すると、提出した値と一緒に都道府県の担当者の画面とExcelに載ります。",
    )
    return edit_row(request, replying.reply_to(value), form_class=ValueReplyForm, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def reply_withdraw(request, code, value_year):
    """Take the explanation back; the value stays."""
    reply = replying.reply_to(own_value(request, code, value_year))
    if reply.pk is None:
        messages.info(request, "取り下げる説明は、ありませんでした。")
    else:
        replying.withdraw(reply, by=request.user)
        messages.success(request, "説明を取り下げました。値は、そのまま残ります。")
    return redirect(request.cycle.url(PAGE))
