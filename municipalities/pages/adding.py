"""Adding a row to a list through a form: drafts, and one press one row.

Views of every app call `add_row`; what is done with the valid form is their deed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render

from municipalities.kernel import drafts, submission_keys
from municipalities.pages.editing import FORM_METHODS, draft_url, returned, with_draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from municipalities.entrance.http import HouseRequest
    from municipalities.forms import HouseModelForm
    from municipalities.kernel.changes import Versioned
    from municipalities.pages.editing import EditPage

# What the database alone can tell: it happens between our looking and our writing.
COLLISION = (
    "追加できませんでした。同じ内容の行がすでにあるか、もとになる行をほかの人が削除しています。"
    "前の画面を開き直して確かめてください。"
)


def add_row(
    request: HouseRequest,
    row: Versioned,
    *,
    form_class: type[HouseModelForm],
    page: EditPage,
    deed: Callable[[HouseModelForm], None],
) -> HttpResponse:
    """Show the form of a new row, or run `deed(form)` once however often it is pressed."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    draft = drafts.newer_than(row, author=request.user, form_key=page.key)
    if request.method != "POST":
        if typed := returned(request, draft):
            return respond(request, form=with_draft(form_class, row, typed), page=page)
        return respond(request, form=form_class(instance=row), page=page, draft=draft)
    form = form_class(request.POST, request.FILES, instance=row)
    if form.is_valid():
        try:
            return add(request, form, page=page, deed=deed)
        except ValidationError as error:
            form.add_error(None, error)
    return respond(request, form=form, page=page, status=422)


def add(
    request: HouseRequest,
    form: HouseModelForm,
    *,
    page: EditPage,
    deed: Callable[[HouseModelForm], None],
) -> HttpResponse:
    """Run the deed unless its key was spent. Raises ValidationError for a key that is none, or a row that cannot be."""

    def once() -> str:
        deed(form)
        return page.lands(form) if page.lands else page.back

    try:
        address = submission_keys.once(
            request.POST.get("submission_key", ""),
            user=request.user,
            deed=once,
            digest=submission_keys.digest_of(request),
        )
    except IntegrityError as error:
        raise ValidationError(COLLISION) from error
    drafts.drop(author=request.user, form_key=page.key)
    messages.success(request, page.done)
    return redirect(address)


def respond(
    request: HouseRequest,
    *,
    form: HouseModelForm,
    page: EditPage,
    status: int = 200,
    draft: drafts.Draft | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "page": page,
        "draft": draft,
        "has_errors": form.is_bound,
        "submission_key": submission_keys.new(),
        "draft_url": draft_url(request, page),
    }
    return render(request, "components/add.html", context, status=status)
