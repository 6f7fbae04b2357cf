"""Until when reports are due and how a prefecture accepts them: which dates hold, and the deeds that set them.

Neither table carries a version: a writer says what they saw, and the write is conditional on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from municipalities.choices import ScopeKind
from municipalities.models import AccessEvent
from municipalities.models.people import NATION_CODE
from reports.choices import AcceptanceWay
from reports.models import AcceptanceRule, DueDate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from municipalities.models import Prefecture, User

SET_MEANWHILE = "ほかの人が先に変更しました。いまの内容を確かめて、もう一度保存してください。"
DUE_DATE, ACCEPTANCE = "due_date", "acceptance_way"


class SetMeanwhile(ValidationError):
    """Somebody set it since it was read; nothing was written."""

    def __init__(self) -> None:
        super().__init__(SET_MEANWHILE, code="overtaken")


@dataclass(frozen=True, slots=True)
class Place:
    """For whom a date holds: the whole country, or one prefecture."""

    kind: ScopeKind
    code: str

    @property
    def row(self) -> dict[str, str]:
        return {"scope_kind": self.kind, "scope_code": self.code}


NATION = Place(ScopeKind.NATION, NATION_CODE)


def of_prefecture(prefecture: Prefecture) -> Place:
    return Place(ScopeKind.PREFECTURE, prefecture.code)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the date of one kind is to be, and what the writer saw; None is no date."""

    kind: str
    due_on: dt.date | None
    seen: dt.date | None


def dates_of(place: Place, fiscal_year: int) -> dict[str, dt.date]:
    """Return the dates that were set for this place itself, by kind."""
    rows = DueDate.objects.filter(fiscal_year=fiscal_year, **place.row)
    return {row.kind: row.due_on for row in rows}


def years_of(place: Place) -> list[int]:
    """Return the fiscal years for which this place has any date."""
    years = DueDate.objects.filter(**place.row).order_by("fiscal_year")
    return list(years.values_list("fiscal_year", flat=True).distinct())


def set_dates(place: Place, fiscal_year: int, wishes: Iterable[Wish], *, by: User) -> int:
    """Set, change or take away dates; return how many changed. Raises SetMeanwhile."""
    changed = [wish for wish in wishes if wish.due_on != wish.seen]
    try:
        with transaction.atomic():
            for wish in changed:
                _set(place, fiscal_year, wish, by=by)
    except IntegrityError as collision:
        raise SetMeanwhile from collision
    return len(changed)


def _set(place: Place, fiscal_year: int, wish: Wish, *, by: User) -> None:
    row = {**place.row, "fiscal_year": fiscal_year, "kind": wish.kind}
    told = {"set_at": timezone.now(), "set_by": by}
    stored = DueDate.objects.filter(**row)
    if wish.seen is None and wish.due_on:
        DueDate.objects.create(**row, **told, due_on=wish.due_on)
    elif wish.seen and not _replace(stored.filter(due_on=wish.seen), wish.due_on, told):
        raise SetMeanwhile
    about = {"fiscal_year": fiscal_year, "kind": wish.kind}
    before, after = about | {"due_on": _day(wish.seen)}, about | {"due_on": _day(wish.due_on)}
    _note(DUE_DATE, place, before, after, by=by)


def _replace(seen: QuerySet[DueDate], due_on: dt.date | None, told: dict[str, Any]) -> int:
    """Change the date that was seen, or take it away; return how many rows were still as seen."""
    return seen.update(due_on=due_on, **told) if due_on else seen.delete()[0]


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def way_of(prefecture: Prefecture) -> AcceptanceWay:
    """Return how the prefecture accepts reports; by hand where it has not said."""
    rule = AcceptanceRule.objects.filter(prefecture=prefecture).first()
    return AcceptanceWay(rule.way) if rule else AcceptanceWay.BY_HAND


def set_way(prefecture: Prefecture, way: str, *, seen: str, by: User) -> bool:
    """Say how reports submitted from now on are accepted; return whether it changed. Raises SetMeanwhile."""
    if way == seen:
        return False
    try:
        with transaction.atomic():
            written = AcceptanceRule.objects.filter(prefecture=prefecture, way=seen).update(way=way)
            if not written and seen != AcceptanceWay.BY_HAND:
                raise SetMeanwhile
            if not written:
                AcceptanceRule.objects.create(prefecture=prefecture, way=way)
            place = of_prefecture(prefecture)
            _note(ACCEPTANCE, place, {"way": str(seen)}, {"way": str(way)}, by=by)
    except IntegrityError as collision:
        raise SetMeanwhile from collision
    return True


def _note(
    deed: str, place: Place, before: dict[str, Any], after: dict[str, Any], *, by: User
) -> None:
    AccessEvent.objects.create(actor=by, deed=deed, before=before, after=after, **place.row)
