"""Deleting one row through a page that says what goes with it, and putting it back from the trash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render

from municipalities.kernel import trash
from municipalities.kernel.changes import StaleVersion
from municipalities.pages.editing import FORM_METHODS, posted_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model
    from django.http import HttpResponse

    from municipalities.entrance.http import HouseRequest
    from municipalities.kernel.changes import Versioned


# What the database alone can tell: a neighbour's row lies behind the fence, or one was written just now.
HELD = (
    "共同で行う市区町村が使っているか、ほかの人がいま使い始めたため、削除できません。"
    "使っている内容を先に外してもらってください。"
)


@dataclass(frozen=True, slots=True)
class DeletePage:
    """What the page says around the question; `name` is what the row is called in the trash.

    `held` is said where a row that we may not see keeps it from going.
    """

    title: str
    back: str
    lead: str = ""
    name: str = ""
    # Putting back is for who may write the plan.
    may_restore: bool = True
    held: str = HELD


def delete_row(
    request: HouseRequest,
    row: Versioned,
    *,
    page: DeletePage,
    deed: Callable[..., trash.TrashItem] = trash.throw_away,
) -> HttpResponse:
    """Ask, then move the row with its parts into the trash. What is in use stays, and is shown.

    `deed` is for rows of which there is more to be looked after than the trash does.
    """
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    if request.method != "POST":
        return ask(request, row, page=page)
    return remove(request, row, page=page, deed=deed)


def remove(
    request: HouseRequest,
    row: Versioned,
    *,
    page: DeletePage,
    deed: Callable[..., trash.TrashItem] = trash.throw_away,
) -> HttpResponse:
    """Move the row into the trash, or say why it stays."""
    if posted_version(request) != row.version:
        return overtaken(request, row, page=page)
    try:
        item = deed(row, by=request.user, title=page.name)
    except StaleVersion:
        return overtaken(request, row, page=page)
    except trash.InUse as error:
        return ask(request, row, page=page, status=409, holders=error.holders)
    except IntegrityError:
        return held(request, page=page)
    return gone(request, item, page=page)


def gone(request: HouseRequest, item: trash.TrashItem, *, page: DeletePage) -> HttpResponse:
    """Say that it is done, with the way back for who may take it, and leave."""
    if page.may_restore:
        restore = request.cycle.url("municipalities:trash_restore", item.pk)
        messages.success(request, "削除しました。30日以内なら、元に戻せます。", extra_tags=restore)
    else:
        messages.success(request, "削除しました。")
    return redirect(page.back)


def ask(
    request: HouseRequest,
    row: Versioned,
    *,
    page: DeletePage,
    status: int = 200,
    holders: list[Model] | None = None,
) -> HttpResponse:
    """Show what is to be deleted, its parts by kind, and what keeps it from going."""
    parts = [one for one in trash.with_parts(row) if one is not row]
    context = {"row": row, "page": page, "parts": parts, "holders": holders or []}
    return render(request, "components/delete.html", context, status=status)


def held(request: HouseRequest, *, page: DeletePage) -> HttpResponse:
    """Say that the row stays: the database refused, and took back what had gone of it."""
    context = {"page": page, "held": page.held}
    return render(request, "components/delete.html", context, status=409)


def overtaken(request: HouseRequest, row: Versioned, *, page: DeletePage) -> HttpResponse:
    """Somebody has changed the row since the question was asked: ask again, showing it as it is."""
    messages.warning(
        request,
        "ほかの人が内容を変更しています。いまの内容を確かめてから、もう一度「削除する」を押してください。",
    )
    current = type(row).objects.filter(pk=row.pk).first()
    if current is None:
        return redirect(page.back)
    return ask(request, current, page=page, status=409)
