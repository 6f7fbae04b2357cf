"""支援前の課題 → 支援前後の変化 → 今後について: three lists of a year on one page."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import models
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.forms import HouseModelForm
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import FORM_METHODS, EditPage, edit_row
from reports.models import ProgressReport, SupportEffect, SupportIssue, SupportOutlook
from reports.submission.contents import taking_over
from reports.writing.effects.effect_forms import (
    SupportEffectForm,
    SupportIssueForm,
    SupportOutlookForm,
    TakingOverForm,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the three lists; `place` is where it stands on the page."""

    name: str
    label: str
    place: str
    model: type[models.Model]
    form_class: type[HouseModelForm]


ISSUE = Kind("support_issue", "支援前の課題", "issues", SupportIssue, SupportIssueForm)
EFFECT = Kind("support_effect", "支援前後の変化", "effects", SupportEffect, SupportEffectForm)
OUTLOOK = Kind(
    "support_outlook", "今後の予定・方向性", "outlooks", SupportOutlook, SupportOutlookForm
)


@require_safe
@requires(Permission.VIEW_PLAN)
def effects(request):
    cycle = request.cycle
    draft = ProgressReport.objects.filter(cycle=cycle).drafts().order_by("-pk").first()
    context = {
        "issues": SupportIssue.objects.filter(cycle=cycle),
        "effects": SupportEffect.objects.filter(cycle=cycle).select_related("answers"),
        "outlooks": SupportOutlook.objects.filter(cycle=cycle),
        "report_url": cycle.url("reports:report", draft.pk) if draft else "",
    }
    return render(request, "reports/effects.html", context)


def back_to(request, kind):
    return f"{request.cycle.url('reports:effects')}#{kind.place}"


def one(request, kind, key):
    """Return a row of the year. Raises Http404."""
    return get_object_or_404(kind.model, cycle=request.cycle, key=key)


def add(request, kind):
    page = EditPage(
        key=f"{kind.name}-new-{request.cycle.fiscal_year}",
        title=f"{kind.label}を追加する",
        back=back_to(request, kind),
    )
    among = kind.model.objects.filter(cycle=request.cycle)
    return add_row(
        request,
        kind.model(cycle=request.cycle),
        form_class=kind.form_class,
        page=page,
        deed=lambda form: ordering.append(form.save(commit=False), among=among, by=request.user),
    )


def edit(request, kind, key):
    row = one(request, kind, key)
    row.cycle = request.cycle
    page = EditPage(
        key=f"{kind.name}-{request.cycle.fiscal_year}-{key}",
        title=f"{kind.label}を編集する",
        back=back_to(request, kind),
        remove=request.cycle.url(f"reports:{kind.name}_delete", key),
    )
    return edit_row(request, row, form_class=kind.form_class, page=page)


def delete(request, kind, key):
    row = one(request, kind, key)
    page = DeletePage(title=f"{kind.label}を削除する", back=back_to(request, kind), name=row.text)
    return delete_row(request, row, page=page)


def move(request, kind, key, step):
    """Move a row one place and come back to it."""
    row = one(request, kind, key)
    among = kind.model.objects.filter(cycle=request.cycle)
    ordering.move(row, among=among, step=step, by=request.user)
    return redirect(f"{request.cycle.url('reports:effects')}#{key}")


@requires(Permission.EDIT_PLAN)
def support_issue_add(request):
    return add(request, ISSUE)


@requires(Permission.EDIT_PLAN)
def support_issue_edit(request, before_key):
    return edit(request, ISSUE, before_key)


@requires(Permission.EDIT_PLAN)
def support_issue_delete(request, before_key):
    return delete(request, ISSUE, before_key)


@require_POST
@requires(Permission.EDIT_PLAN)
def support_issue_move(request, before_key, step):
    return move(request, ISSUE, before_key, step)


@requires(Permission.EDIT_PLAN)
def support_effect_add(request):
    return add(request, EFFECT)


@requires(Permission.EDIT_PLAN)
def support_effect_edit(request, effect_key):
    return edit(request, EFFECT, effect_key)


@requires(Permission.EDIT_PLAN)
def support_effect_delete(request, effect_key):
    return delete(request, EFFECT, effect_key)


@require_POST
@requires(Permission.EDIT_PLAN)
def support_effect_move(request, effect_key, step):
    return move(request, EFFECT, effect_key, step)


@requires(Permission.EDIT_PLAN)
def support_outlook_add(request):
    return add(request, OUTLOOK)


@requires(Permission.EDIT_PLAN)
def support_outlook_edit(request, outlook_key):
    return edit(request, OUTLOOK, outlook_key)


@requires(Permission.EDIT_PLAN)
def support_outlook_delete(request, outlook_key):
    return delete(request, OUTLOOK, outlook_key)


@require_POST
@requires(Permission.EDIT_PLAN)
def support_outlook_move(request, outlook_key, step):
    return move(request, OUTLOOK, outlook_key, step)


@requires(Permission.EDIT_PLAN)
def support_issue_take_over(request):
    """Tick issues of 課題整理表; what is sent twice is taken once."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    offered = taking_over.offered(request.cycle)
    form = TakingOverForm(request.POST if request.method == "POST" else None, offered=offered)
    if form.is_valid():
        count = taking_over.take_over(request.cycle, form.chosen, by=request.user)
        messages.success(request, f"課題整理表から{count}件を取り込みました。")
        return redirect(back_to(request, ISSUE))
    context = {"form": form, "offered": offered, "back": back_to(request, ISSUE)}
    status = 422 if form.is_bound else 200
    return render(request, "reports/support_issue_take_over.html", context, status=status)
