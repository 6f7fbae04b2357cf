"""The adviser and the live advice: confirming what staff wrote down, and adding own words."""

from functools import partial

from django.contrib import messages
from django.core.validators import slug_re
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.adding import add_row
from municipalities.deleting import DeletePage, delete_row
from municipalities.editing import EditPage, edit_row
from reports.choices import AdviceOrigin, AdviceResponse
from reports.models import AdviceItem
from reports.review import advice as reading
from reports.review.draft_views import address_of
from reports.review.forms import OwnAdviceEditForm, OwnAdviceForm
from reports.review.views import newest_version
from reports.support import advice as deeds

MOST_DIGITS = 9


@require_safe
@requires(Permission.ADVISE)
def advice(request, report_number):
    report = newest_version(request, report_number).report
    context = {"report": report, "steps": reading.sheet(report, request.user)}
    return render(request, "reports/review/advice.html", context)


@require_POST
@requires(Permission.ADVISE)
def advice_confirm(request, report_number):
    """Confirm one row, or all of a step: those whose key and version the page has sent."""
    report = newest_version(request, report_number).report
    shown = dict(marks(request.POST.getlist("shown")))
    among = reading.items_up_to(report)
    done, overtaken = deeds.confirm(shown, among=among, by=request.user)
    if done:
        messages.success(request, f"{done}件を確認済みにしました。")
    if overtaken:
        message = f"{overtaken}件は、文などが変わっていたため、確認済みにしていません。いまの文を読んで、もう一度確認してください。"
        messages.warning(request, message)
    if not done and not overtaken:
        messages.info(request, "確認待ちの記録はありませんでした。")
    return redirect("review:advice", report_number)


def marks(sent):
    """Yield key and version of each mark that is one."""
    for mark in sent:
        key, _, version = mark.partition(":")
        is_number = version.isascii() and version.isdecimal() and len(version) <= MOST_DIGITS
        # PostgreSQL refuses to look for a NUL.
        if is_number and slug_re.match(key):
            yield key, int(version)


def page_of(report_number, key, title, **words):
    """Return the words around a form."""
    back, kept = reverse("review:advice", args=[report_number]), address_of(report_number, key)
    return EditPage(key=key, title=title, back=back, drafts=kept, **words)


@requires(Permission.ADVISE)
def advice_add(request, report_number):
    report = newest_version(request, report_number).report

    def write_down(form):
        cleaned, mine = form.cleaned_data, AdviceOrigin.ADVISER
        cleaned["step"].cycle = request.cycle
        scene = cleaned["scene"]
        deeds.write_down(
            cleaned["step"], cleaned["texts"], by=request.user, origin=mine, scene=scene
        )

    page = page_of(
        report_number,
        f"own-advice-new-{report_number}",
        "アドバイスを書く",
        lead="保存すると、市区町村の担当者の画面にすぐに載ります。提出済みの報告書は変わりません。",
    )
    form_class = partial(OwnAdviceForm, steps=reading.steps_up_to(report))
    row = AdviceItem(cycle=request.cycle, step=report.step)
    return add_row(request, row, form_class=form_class, page=page, deed=write_down)


def own_item(request, report_number, key):
    """Return what this adviser wrote, up to the report. Raises Http404."""
    rows = reading.own_items(newest_version(request, report_number).report, request.user)
    item = get_object_or_404(rows.select_related("step"), key=key)
    item.cycle = request.cycle
    return item


@requires(Permission.ADVISE)
def advice_edit(request, report_number, own_advice_key):
    item = own_item(request, report_number, own_advice_key)
    page = page_of(
        report_number,
        f"own-advice-{report_number}-{own_advice_key}",
        "自分のアドバイスを編集する",
        lead=str(item.step),
    )
    return edit_row(request, item, form_class=OwnAdviceEditForm, page=page)


@requires(Permission.ADVISE)
def advice_delete(request, report_number, own_advice_key):
    """Take back own words, unless the municipality has answered them."""
    item = own_item(request, report_number, own_advice_key)
    back = reverse("review:advice", args=[report_number])
    if item.response != AdviceResponse.NONE:
        messages.warning(
            request, "市区町村が対応を書いたアドバイスは、削除できません。文の編集はできます。"
        )
        return redirect(back)
    page = DeletePage(title="自分のアドバイスを削除する", back=back, may_restore=False)
    return delete_row(request, item, page=page)
