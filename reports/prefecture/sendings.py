"""What a prefecture sends to its towns, a 照会 or a 調査票: whom it goes to, who sees it, how far the towns are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from municipalities.access import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpResponse

    from municipalities.access import Scope
    from municipalities.entrance.http import HouseRequest
    from municipalities.models import Municipality, Prefecture


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is sent: its rows, the rows that say how far a town is, and how those name it."""

    rows: Any
    replies: Any
    named: str

    def one(self, request: HouseRequest, year: int, key: str) -> Seen:
        """Return a row of the year. Raises Http404, also for a health centre none of whose towns got it."""
        row = get_object_or_404(self.rows, fiscal_year=year, key=key)
        row.prefecture = request.scope.prefecture
        seen = Seen(self, request.scope, row)
        if not seen.is_shown:
            raise Http404
        return seen

    def of_year(self, scope: Scope, year: int) -> tuple[list[Any], list[Any]]:
        """Return the rows of a year that somebody sees, and the replies to them, in two queries."""
        rows = list(self.rows.objects.filter(fiscal_year=year))
        replies = self.replies_of(scope, rows)
        return [row for row in rows if self.is_shown(scope, row, replies)], replies

    def replies_of(self, scope: Scope, rows: Iterable[Any]) -> list[Any]:
        """Return how far the towns are that are shown here, by code, in one query."""
        named = {f"{self.named}__in": [row.key for row in rows]}
        found = self.replies.objects.filter(municipality__prefecture=scope.prefecture, **named)
        replies = found.select_related("municipality").order_by("municipality__code", "pk")
        return [one for one in replies if scope.covers(one.municipality.code)]

    def is_shown(self, scope: Scope, row: Any, replies: Iterable[Any]) -> bool:
        """Say whether somebody sees a row: a draft its makers alone, a sent one whoever has a town that got it."""
        if row.is_draft:
            return scope.may(Permission.MANAGE_PREFECTURE)
        return scope.towns is None or any(getattr(one, self.named) == row.key for one in replies)


class Seen:
    """One row as somebody sees it. The replies of their towns are read once, and only where they are asked for."""

    def __init__(self, kind: Kind, scope: Scope, row: Any) -> None:
        self.kind, self.scope, self.row = kind, scope, row

    @cached_property
    def replies(self) -> list[Any]:
        return self.kind.replies_of(self.scope, [self.row])

    @property
    def is_shown(self) -> bool:
        is_told_by_replies = self.scope.towns is not None and not self.row.is_draft
        return self.kind.is_shown(self.scope, self.row, self.replies if is_told_by_replies else ())


def towns_of(row: Any, prefecture: Prefecture) -> list[Municipality]:
    """Return the municipalities that a row goes to, by code: the chosen ones, or all."""
    towns = list(prefecture.municipalities.without_wards())
    chosen = row.town_codes
    return [one for one in towns if one.code in chosen] if chosen else towns


def back_to(address: Callable[[HouseRequest, Any], str]) -> Callable[..., HttpResponse]:
    """Return what leads back to the page of a row, with a word."""

    def back(
        request: HouseRequest, row: Any, message: str, *, look: Callable = messages.warning
    ) -> HttpResponse:
        look(request, message)
        return redirect(address(request, row))

    return back


def drafts_alone(
    one: Callable[[HouseRequest, int, str], Any],
    back: Callable[..., HttpResponse],
    *,
    key: str,
    sent: str,
) -> Callable[[Callable], Callable]:
    """Return what gives a view the row while it is a draft; a sent one is shown with the reason.

    `key` is what the addresses call the key of a draft.
    """

    def draft_or_back(view: Callable) -> Callable:
        @wraps(view)
        def run(request: HouseRequest, year: int, **pieces: Any) -> HttpResponse:
            row = one(request, year, pieces.pop(key))
            return view(request, row, **pieces) if row.is_draft else back(request, row, sent)

        return run

    return draft_or_back
