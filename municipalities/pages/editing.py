"""Editing one versioned row through a form: drafts, conflicts by field, the merge page.

Views of every app call `edit_row`; the deeds it performs are the kernel's.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import BooleanField
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.choices import flatten_choices

from municipalities.entrance import unsaved
from municipalities.japanese import numerals
from municipalities.kernel import changes, drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from municipalities.entrance.http import HouseRequest
    from municipalities.forms import HouseModelForm
    from municipalities.kernel.changes import FieldMerge, Merge, Versioned

FORM_METHODS = ("GET", "HEAD", "POST")
CHOOSE = "choose-"
THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class EditPage:
    """What a page of editing says around its form. `key` names its draft, `remove` leads to deleting the row.

    `part` is the row's list in the document, where 点検 may have something to say of it.
    """

    key: str
    title: str
    back: str
    lead: str = ""
    remove: str = ""
    template: str = "components/edit.html"
    # Where what is being typed is kept; unnamed, it lies among the municipality's own pages, and who
    # may not enter them keeps none.
    drafts: str = ""
    keeps_drafts: bool = True
    part: str = ""
    # Where to go on with what was added; without it that is `back`.
    lands: Callable[[HouseModelForm], str] | None = None
    # What the button of adding says, and what is said once it is done.
    verb: str = "追加する"
    done: str = "追加しました。"


def edit_row(
    request: HouseRequest, row: Versioned, *, form_class: type[HouseModelForm], page: EditPage
) -> HttpResponse:
    """Show the form of a row, or save it. An unsaved row is created by the first save."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    if request.method != "POST":
        return show(request, row, form_class=form_class, page=page)
    base_version = posted_version(request)
    form = form_class(chosen(request, row, base_version), instance=fresh(row))
    if not form.is_valid():
        return respond(request, row, form=form, page=page, status=422)
    try:
        return save(request, row, form=form, page=page)
    except changes.StaleVersion:
        return reconcile(request, row, form=form, page=page)
    except IntegrityError:
        return after_collision(request, row, form=form, page=page)


def show(
    request: HouseRequest, row: Versioned, *, form_class: type[HouseModelForm], page: EditPage
) -> HttpResponse:
    """Show what is stored, or the author's own draft when they ask for it back."""
    draft = drafts.newer_than(row, author=request.user, form_key=page.key)
    if typed := returned(request, draft):
        draft = typed
        form = with_draft(form_class, fresh(row), draft)
        return respond(request, row, form=form, page=page, base_version=draft.base_version)
    return respond(request, row, form=form_class(instance=fresh(row)), page=page, draft=draft)


def returned(request: HouseRequest, draft: drafts.Draft | None) -> drafts.Draft | None:
    """Return what is to be shown in the form instead of what is stored, if anything.

    That is what an expired session or page had kept from being saved, or the author's own draft
    when they ask for it back.
    """
    if typed := unsaved.take(request):
        messages.warning(
            request, "まだ保存していません。入力した内容を確かめて、保存してください。"
        )
        return typed
    return draft if "draft" in request.GET else None


def with_draft(
    form_class: type[HouseModelForm], row: Versioned, draft: drafts.Draft
) -> HouseModelForm:
    """Return the form as it was typed: the draft's fields over the row's."""
    form = form_class(instance=row)
    form.initial.update((name, draft.fields[name]) for name in form.fields if name in draft.fields)
    return form


def respond(
    request: HouseRequest,
    row: Versioned,
    *,
    form: HouseModelForm,
    page: EditPage,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    shown = posted_version(request) if request.method == "POST" else stored_version(row)
    context = {
        "form": form,
        "page": page,
        "row": row,
        "has_errors": status == HTTPStatus.UNPROCESSABLE_ENTITY,
        "base_version": shown,
        "draft_url": draft_url(request, page),
        **extra,
    }
    return render(request, page.template, context, status=status)


def save(
    request: HouseRequest, row: Versioned, *, form: HouseModelForm, page: EditPage
) -> HttpResponse:
    """Save over the version that the form was opened on. Raises StaleVersion when it is gone."""
    base_version = posted_version(request)
    with transaction.atomic():
        form.settle(by=request.user)
        typed = form.save(commit=False)
        if row.pk is None:
            saved = changes.create_versioned(typed, by=request.user)
        else:
            saved = changes.save_versioned(
                typed,
                by=request.user,
                expected_version=base_version,
                fields=(*form.Meta.fields, *form.follow(typed)),
                read=row,
            )
        form.carry(saved, by=request.user)
    unchanged = saved.version == base_version
    messages.success(request, "変更はありませんでした。" if unchanged else "保存しました。")
    return leave(request, page)


def after_collision(
    request: HouseRequest, row: Versioned, *, form: HouseModelForm, page: EditPage
) -> HttpResponse:
    """The row exists already: made meanwhile by somebody else, or another one with the same marks."""
    if row.pk is None and (twin := twin_of(row)):
        return reconcile(request, twin, form=form, page=page)
    form.add_error(None, "同じ内容の行が、すでに登録されています。")
    return respond(request, row, form=form, page=page, status=422)


def leave(request: HouseRequest, page: EditPage) -> HttpResponse:
    drafts.drop(author=request.user, form_key=page.key)
    return redirect(page.back)


def reconcile(
    request: HouseRequest, row: Versioned, *, form: HouseModelForm, page: EditPage
) -> HttpResponse:
    """Somebody saved in between: merge what can be merged, ask about the rest. A deleted row is not found."""
    stored = get_object_or_404(type(row).objects.all(), pk=row.pk)
    # The transaction of the save took back what it had settled.
    form.settle(by=request.user)
    mine = {name: form.cleaned_data[name] for name in form.Meta.fields}
    # A version that never was is no base: everything stored counts as theirs.
    version = posted_version(request)
    merged = changes.merge(stored, mine, base_version=version if version <= stored.version else 0)
    if merged.conflicts:
        return ask(request, stored, merged=merged, form=form, page=page)
    who = "別の画面で" if stored.updated_by_id == request.user.pk else "ほかの人が"
    for name, value in merged.values.items():
        setattr(stored, name, value)
    try:
        with transaction.atomic():
            saved = changes.save_versioned(
                stored,
                by=request.user,
                expected_version=stored.version,
                fields=(*mine, *form.follow(stored)),
            )
            form.carry(saved, by=request.user)
    except changes.StaleVersion:
        return reconcile(request, stored, form=form, page=page)
    messages.success(request, merged_message(merged, row=saved, by=who))
    return leave(request, page)


def ask(
    request: HouseRequest, stored: Versioned, *, merged: Merge, form: HouseModelForm, page: EditPage
) -> HttpResponse:
    """Show mine, theirs and where both began, for each field in conflict; nothing is written."""
    contested = {conflict.name for conflict in merged.conflicts}
    settled = {
        name: "" if value is None else changes.plain(value)
        for name, value in merged.values.items()
        if name not in contested
    }
    context = {
        "page": page,
        "row": stored,
        "conflicts": [in_words(conflict, form) for conflict in merged.conflicts],
        "settled": settled,
        "base_version": stored.version,
        "draft_url": draft_url(request, page),
    }
    return render(request, "components/merge.html", context, status=409)


def in_words(conflict: FieldMerge, form: HouseModelForm) -> dict[str, Any]:
    """Return a conflict as its page shows it: what is chosen from a list by its label, with the list."""
    field = form.fields[conflict.name]
    listed: Any = getattr(field, "choices", None) or ()
    if isinstance(field, BooleanField):
        listed = [(False, "いいえ"), (True, "はい")]
    flat: list[tuple[Any, Any]] = list(flatten_choices(listed))
    labels = {str(value): str(label) for value, label in flat}
    return {
        "name": conflict.name,
        "label": conflict.label,
        "mine": conflict.mine,
        "theirs": labels.get(conflict.theirs, conflict.theirs),
        "base": labels.get(conflict.base, conflict.base),
        "choices": labels,
    }


def merged_message(merged: Merge, *, row: Versioned, by: str) -> str:
    names = "」「".join(changes.label_of(row, name) for name in merged.theirs_only)
    if not names:
        return "保存しました。"
    return f"保存しました。{by}先に保存した「{names}」の変更も残しています。"


def draft_url(request: HouseRequest, page: EditPage) -> str:
    """Return where the page sends what is being typed, or nothing."""
    own = request.cycle.url("municipalities:draft", page.key) if page.keeps_drafts else ""
    return page.drafts or own


def posted_version(request: HouseRequest) -> int:
    """Return the version the form was opened on; 0 (a new row) for anything that is no version."""
    return numerals.version(request.POST.get("base_version", ""))


def stored_version(row: Versioned) -> int:
    return row.version if row.pk else 0


def fresh(row: Versioned) -> Versioned:
    """Return a second copy for the form to write on; `row` keeps what was read."""
    return deepcopy(row)


def twin_of(row: Versioned) -> Versioned | None:
    """Return the row that was made meanwhile where this one was to be."""
    marks = {name: getattr(row, name) for name in type(row).FOUND_BY}
    return type(row).objects.filter(**marks).first()


def chosen(request: HouseRequest, row: Versioned, base_version: int) -> Any:
    """Return the posted fields; where the merge page was answered 「先に保存された文」, theirs."""
    posted = request.POST.copy()
    names = [
        key.removeprefix(CHOOSE)
        for key, answer in request.POST.items()
        if key.startswith(CHOOSE) and answer == THEIRS
    ]
    if not names or row.pk is None:
        return posted
    known = [name for name in names if name in changes.content_fields(row)]
    for name, value in changes.values_at(row, base_version, known).items():
        posted[name] = "" if value is None else str(value)
    return posted
