"""The adviser and the live advice: confirming what staff wrote down, and adding own words."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import slug_re
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.choices import Scene
from municipalities.japanese import numerals
from municipalities.kernel import submission_keys
from municipalities.kernel.changes import StaleVersion
from municipalities.kernel.drafts import Draft
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from reports.choices import AdviceOrigin, AdviceResponse
from reports.models import AdviceItem
from reports.review.advice import items as reading
from reports.review.advice.desk import desk_of
from reports.review.advice.forms import OwnAdviceEditForm, OwnAdviceForm
from reports.support import advice as deeds

MOST_DIGITS = 9
# The form for new pieces: on the list and on a page of its own it is one and the same to its writer.
NEW = "own-advice-new"
LEAD = "保存すると、市区町村の担当者の画面にすぐに載ります。提出済みの報告書は変わりません。"


@require_safe
@requires(Permission.ADVISE)
def advice(request, report_number=None):
    """The steps with their advice as it stands now, and the form to type into while people speak."""
    desk = desk_of(request, report_number)
    row = AdviceItem(cycle=desk.cycle, step=reading.step_of_today(desk))
    key = f"{NEW}-{desk.key}"
    draft = Draft.objects.of(request.user, key).first()
    kept = chosen_before(request, desk) | (draft.fields if draft else {})
    context = {
        "desk": desk,
        "steps": reading.sheet(desk, request.user),
        "form": OwnAdviceForm(desk=desk, instance=row, initial=kept),
        "draft": draft,
        "draft_url": desk.url("draft", key),
        "add_url": desk.url("advice_add"),
        "confirm_url": desk.url("advice_confirm"),
        "submission_key": submission_keys.new(),
    }
    return render(request, "reports/review/advice.html", context)


def chosen_before(request, desk):
    """Return the meeting and the scene that the address keeps from the last piece; what is none is left out."""
    asked, found = request.GET, {}
    if asked.get("scene") in Scene.values:
        found["scene"] = asked["scene"]
    number = numerals.whole(asked.get("step", ""), most_digits=MOST_DIGITS)
    if step := reading.steps_at(desk).filter(pk=number).first():
        found["step"] = step
    return found


@require_POST
@requires(Permission.ADVISE)
def advice_confirm(request, report_number=None):
    """Confirm one row, or all of a step: those whose key and version the page has sent."""
    desk = desk_of(request, report_number)
    shown = dict(marks(request.POST.getlist("shown")))
    among = reading.items_at(desk)
    done, overtaken = deeds.confirm(shown, among=among, by=request.user)
    if done:
        messages.success(request, f"{done}件を確認済みにしました。")
    if overtaken:
        message = f"{overtaken}件は、文などが変わっていたため、確認済みにしていません。いまの文を読んで、もう一度確認してください。"
        messages.warning(request, message)
    if not done and not overtaken:
        messages.info(request, "確認待ちの記録はありませんでした。")
    return redirect(desk.url("advice"))


@require_POST
@requires(Permission.ADVISE)
def advice_take_back(request, advice_key, report_number=None):
    """Take back an own confirmation: the words are then, again, what staff wrote down."""
    desk = desk_of(request, report_number)
    item = get_object_or_404(reading.items_at(desk), key=advice_key)
    item.cycle = request.cycle
    if item.confirmed_on is None:
        messages.info(request, "この記録は、確認待ちです。")
        return redirect(desk.url("advice"))
    if not reading.may_take_back(item, request.user):
        raise PermissionDenied
    try:
        deeds.take_back(item, by=request.user)
    except StaleVersion:
        messages.warning(
            request, "ほかの人が先に内容を変えています。いまの内容を確かめてください。"
        )
    else:
        messages.success(request, "確認を取り消しました。")
    return redirect(desk.url("advice"))


def marks(sent):
    """Yield key and version of each mark that is one."""
    for mark in sent:
        key, _, version = mark.partition(":")
        # PostgreSQL refuses to look for a NUL.
        seen = numerals.whole(version, most_digits=MOST_DIGITS)
        if seen is not None and slug_re.match(key):
            yield key, seen


def page_of(desk, key, title, **words):
    """Return the words around a form; what is being typed into it is kept at the desk."""
    words.setdefault("back", desk.url("advice"))
    title, key = f"{title}（{desk.title}）", f"{key}-{desk.key}"
    return EditPage(key=key, title=title, drafts=desk.url("draft", key), **words)


@requires(Permission.ADVISE)
def advice_add(request, report_number=None):
    """Add pieces at once; who types on comes back to the form with meeting and scene still chosen."""
    desk = desk_of(request, report_number)

    def write_down(form):
        cleaned, mine = form.cleaned_data, AdviceOrigin.ADVISER
        cleaned["step"].cycle = request.cycle
        marks = {"scene": cleaned["scene"], **cleaned["about"]}
        deeds.write_down(cleaned["step"], cleaned["texts"], by=request.user, origin=mine, **marks)

    page = page_of(desk, NEW, "アドバイスを書く", lead=LEAD, back=after(request, desk))
    row = AdviceItem(cycle=request.cycle, step=reading.step_of_today(desk))
    form_class = partial(OwnAdviceForm, desk=desk)
    return add_row(request, row, form_class=form_class, page=page, deed=write_down)


def after(request, desk):
    """Return where the form leads: to the list, or again to the form with what stays chosen."""
    if "more" not in request.POST:
        return desk.url("advice")
    kept = {name: request.POST.get(name, "") for name in ("step", "scene")}
    return f"{desk.url('advice')}?{urlencode(kept)}"


def own_item(request, desk, key):
    """Return what this adviser wrote. Raises Http404, or PermissionDenied for what somebody else wrote."""
    item = get_object_or_404(reading.items_at(desk).select_related("step"), key=key)
    if not reading.is_own(item, request.user):
        raise PermissionDenied
    item.cycle = request.cycle
    return item


@requires(Permission.ADVISE)
def advice_edit(request, own_advice_key, report_number=None):
    desk = desk_of(request, report_number)
    item = own_item(request, desk, own_advice_key)
    page = page_of(
        desk, f"own-advice-{own_advice_key}", "自分のアドバイスを編集する", lead=str(item.step)
    )
    return edit_row(request, item, form_class=OwnAdviceEditForm, page=page)


@requires(Permission.ADVISE)
def advice_delete(request, own_advice_key, report_number=None):
    """Take back own words, unless the municipality has answered them."""
    desk = desk_of(request, report_number)
    item = own_item(request, desk, own_advice_key)
    if item.response != AdviceResponse.NONE:
        messages.warning(
            request, "市区町村が対応を書いたアドバイスは、削除できません。文の編集はできます。"
        )
        return redirect(desk.url("advice"))
    page = DeletePage(
        title=f"自分のアドバイスを削除する（{desk.title}）",
        back=desk.url("advice"),
        may_restore=False,
    )
    return delete_row(request, item, page=page)
