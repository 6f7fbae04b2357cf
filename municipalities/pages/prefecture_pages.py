"""Adding, editing and deleting a row that a prefecture keeps. Its views run within the prefecture.

A prefecture keeps no drafts and has no trash: what two people change at once is merged or asked about
on the form itself, and what is deleted is told in PrefectureChange alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render

from municipalities.entrance import unsaved
from municipalities.kernel import changes
from municipalities.pages.editing import fresh, in_words, posted_version
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from municipalities.entrance.http import HouseRequest
    from municipalities.forms import HouseModelForm
    from municipalities.kernel.changes import FieldMerge, Merge
    from municipalities.models import User

UNSAVED = "まだ保存していません。入力した内容を確かめて、保存してください。"
OVERTAKEN = "ほかの人が先に保存しています。下の表示を確かめ、残す内容に直してから、もう一度保存してください。"
KEY = "row_key"


@dataclass(frozen=True, slots=True)
class RowPage:
    """What the page of a row says around its form. `remove` leads to deleting the row.

    `onward`, for a row that is not finished by its form, gives the address of the one just added.
    """

    title: str
    back: str
    lead: str = ""
    remove: str = ""
    template: str = "components/prefecture_row.html"
    onward: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class RemovalPage:
    """What is asked before a row is deleted: `told` names it, `warning` says what becomes of it."""

    title: str
    back: str
    told: tuple[tuple[str, str], ...]
    warning: str
    template: str = "components/prefecture_row_delete.html"


def inside(view: Callable) -> Callable:
    """Run a view within the prefecture of its address."""

    @wraps(view)
    def run(request: HouseRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with within_prefecture(request.scope.prefecture):  # type: ignore[arg-type]
            return view(request, *args, **kwargs)

    return run


def add_row(
    request: HouseRequest,
    row: Any,
    *,
    form_class: type[HouseModelForm],
    page: RowPage,
    insert: Callable[[Any], None],
) -> HttpResponse:
    """Show the form of a new row, or `insert` it: however often the form is sent, it makes one."""
    stem = stem_of(row)
    if request.method != "POST":
        return show(request, form_class(instance=row), page=page, row_key=new_key(stem))
    form, key = form_class(request.POST, instance=row), request.POST.get(KEY, "")
    if not form.is_valid():
        return show(request, form, page=page, row_key=key, status=422)
    made = form.save(commit=False)
    made.key = key if re.fullmatch(rf"{stem}-[0-9a-f]{{10}}", key) else new_key(stem)
    is_new = inserted(made, insert)
    messages.success(request, "追加しました。" if is_new else "すでに追加しています。")
    return redirect(page.onward(made) if page.onward else page.back)


def stem_of(row: Any) -> str:
    """Return the word that the row's key begins with: 「prefecturepost」."""
    return str(row._meta.model_name)


def inserted(row: Any, insert: Callable[[Any], None]) -> bool:
    """Insert a row; say whether it was not there already by the same form."""
    try:
        with transaction.atomic():
            insert(row)
    except IntegrityError:
        if type(row).objects.filter(key=row.key).exists():
            return False
        raise
    return True


def edit_row(
    request: HouseRequest,
    row: Any,
    *,
    form_class: type[HouseModelForm],
    page: RowPage,
) -> HttpResponse:
    """Show the form of a row that is there, or save it."""
    if request.method != "POST":
        return show(request, form_class(instance=row), page=page, row=row)
    form, version = form_class(request.POST, instance=fresh(row)), posted_version(request)
    if not form.is_valid():
        return show(request, form, page=page, row=row, base_version=version, status=422)
    try:
        saved = save(form, row, by=request.user, version=version)
    except changes.StaleVersion:
        return reconcile(request, form, row, page=page)
    unchanged = saved.version == row.version
    messages.success(request, "変更はありませんでした。" if unchanged else "保存しました。")
    return redirect(page.back)


def save(form: HouseModelForm, row: Any, *, by: User, version: int) -> Any:
    """Write the form over the row as it was read. Raises StaleVersion."""
    return changes.save_versioned(
        form.save(commit=False),
        by=by,
        expected_version=version,
        fields=form.Meta.fields,
        read=row,
    )


def reconcile(
    request: HouseRequest, form: HouseModelForm, row: Any, *, page: RowPage
) -> HttpResponse:
    """Somebody saved in between: keep what only one of the two touched, ask about the rest."""
    version = posted_version(request)
    mine = {name: form.cleaned_data[name] for name in form.Meta.fields}
    stored = get_object_or_404(type(row).objects.all(), pk=row.pk)
    merged = changes.merge(stored, mine, base_version=version if version <= stored.version else 0)
    if merged.conflicts:
        ask(form, merged)
        return show(request, form, page=page, row=stored, status=409)
    typed = fresh(stored)
    for name, value in merged.values.items():
        setattr(typed, name, value)
    try:
        changes.save_versioned(
            typed, by=request.user, expected_version=stored.version, fields=form.Meta.fields
        )
    except changes.StaleVersion:
        return reconcile(request, form, stored, page=page)
    messages.success(request, "保存しました。ほかの人が先に保存した変更も残しています。")
    return redirect(page.back)


def ask(form: HouseModelForm, merged: Merge) -> None:
    """Say at each field in conflict what somebody else has saved there."""
    form.add_error(None, OVERTAKEN)
    for one in merged.conflicts:
        form.add_error(one.name, f"ほかの人が保存した内容：{theirs(one, form) or '（空欄）'}")


def theirs(conflict: FieldMerge, form: HouseModelForm) -> str:
    told = getattr(form.fields[conflict.name], "in_words", None)
    return told(conflict.theirs) if told else in_words(conflict, form)["theirs"]


def show(
    request: HouseRequest,
    form: HouseModelForm,
    *,
    page: RowPage,
    row: Any = None,
    status: int = 200,
    **words: Any,
) -> HttpResponse:
    """Show the form, with what an expired session had kept from being saved."""
    if request.method != "POST" and (typed := unsaved.take(request)):
        messages.warning(request, UNSAVED)
        form.initial.update((n, typed.fields[n]) for n in form.fields if n in typed.fields)
    context = {
        "page": page,
        "form": form,
        "row": row,
        "base_version": getattr(row, "version", 0),
        "has_errors": form.is_bound,
        **words,
    }
    return render(request, page.template, context, status=status)


def delete_row(request: HouseRequest, row: Any, *, page: RemovalPage) -> HttpResponse:
    """Ask, then delete: what a prefecture deletes does not come back."""
    is_pressed = request.method == "POST"
    if is_pressed and posted_version(request) == row.version and deleted(row, by=request.user):
        messages.success(request, "削除しました。")
        return redirect(page.back)
    context = {"page": page, "row": row, "is_overtaken": is_pressed}
    return render(request, page.template, context, status=409 if is_pressed else 200)


def deleted(row: Any, *, by: User) -> bool:
    """Delete the row; say whether it still was as it was read."""
    try:
        delete(row, by=by)
    except changes.StaleVersion:
        return False
    return True


def delete(row: Any, *, by: User) -> None:
    """Delete a row for good. Raises StaleVersion when somebody has saved it since it was read."""
    before = changes.values_of(row, changes.content_fields(row))
    with transaction.atomic():
        gone, _ = type(row).objects.filter(pk=row.pk, version=row.version).delete()
        if not gone:
            raise changes.StaleVersion(row)
        changes.record(row, by=by, deed="delete", before=before, after={}, version=row.version + 1)
