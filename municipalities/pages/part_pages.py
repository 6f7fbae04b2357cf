"""Pages of a row that belongs to another one: adding it behind the last, editing, deleting, moving it one step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect

from municipalities.kernel import changes
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from django.db import models
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from municipalities.entrance.http import HouseRequest
    from municipalities.forms import HouseModelForm
    from municipalities.models import User


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of row that belongs to another one. `name` is that of its addresses, `label` what people call it."""

    name: str
    label: str
    model: type[models.Model]
    form_class: type[HouseModelForm]


@dataclass(frozen=True, slots=True)
class Around:
    """What the page of a part says around it.

    `key` tells its draft from those of other pages, `lead` names what it belongs to, `remove` leads to deleting it.
    """

    key: str
    back: str
    lead: str = ""
    remove: str = ""


def add_part(
    request: HouseRequest, row: Any, part: Part, around: Around, *, among: QuerySet | None
) -> HttpResponse:
    """Show the form of a new part, or add it: behind the last of `among`, or None where there is no order."""
    page = EditPage(
        key=f"{part.name}-new-{around.key}",
        title=f"{part.label}を追加する",
        back=around.back,
        lead=around.lead,
    )
    deed = partial(insert, among=among, by=request.user)
    return add_row(request, row, form_class=part.form_class, page=page, deed=deed)


def insert(form: Any, *, among: QuerySet | None, by: User) -> None:
    """Write a new part."""
    form.settle(by=by)
    row = form.save(commit=False)
    if among is not None:
        ordering.append(row, among=among, by=by)
        return
    row.key = row.key or new_key(row._meta.model_name)
    changes.create_versioned(row, by=by)


def edit_part(
    request: HouseRequest,
    row: Any,
    part: Part,
    around: Around,
    *,
    form_class: type[HouseModelForm] | None = None,
) -> HttpResponse:
    page = EditPage(
        key=f"{part.name}-{around.key}",
        title=f"{part.label}を編集する",
        back=around.back,
        lead=around.lead,
        remove=around.remove,
    )
    return edit_row(request, row, form_class=form_class or part.form_class, page=page)


def delete_part(request: HouseRequest, row: Any, part: Part, around: Around) -> HttpResponse:
    page = DeletePage(title=f"{part.label}を削除する", back=around.back, lead=around.lead)
    return delete_row(request, row, page=page)


def move_part(
    request: HouseRequest, row: Any, *, among: QuerySet, step: int, back: str
) -> HttpResponse:
    """Let a part trade places with its neighbour, and come back to it."""
    ordering.move(row, among=among, step=step, by=request.user)
    return redirect(back)
