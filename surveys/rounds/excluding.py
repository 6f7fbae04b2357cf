"""Leaving out of the count many answers at once: what came by the public page within some hours; and taking them in again.

Answers carry the hour in which they came, and no more; what a flood is, its owner sees from the hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from municipalities.kernel import changes
from surveys.choices import ResponseWay
from surveys.models import Response, SurveyRound

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from municipalities.models import User

# Told with the reason, so that what was left out together is taken in again together.
TOGETHER = "{}（まとめて除外）"
REMARKED = "確認したほうがよい点がある"
NOBODY = "あてはまる回答はありません。"


@dataclass(frozen=True)
class Hour:
    """How many answers of an hour count; how many of them bear a remark."""

    at: dt.datetime
    count: int
    remarked: int


@dataclass(frozen=True)
class Window:
    """From the first hour to the last, whole; `only_remarked` spares what looks like anybody's answer."""

    since: dt.datetime
    until: dt.datetime
    only_remarked: bool = False


def by_link(row: SurveyRound) -> QuerySet:
    return Response.objects.filter(round=row, way=ResponseWay.LINK, received_at__isnull=False)


def hours_of(row: SurveyRound) -> list[Hour]:
    """Return the hours in which answers that count came by the public page."""
    found = (
        by_link(row)
        .counted()  # type: ignore[attr-defined]
        .order_by("received_at")
        .values("received_at")
        .annotate(count=Count("pk"), remarked=Count("pk", filter=~Q(remark="")))
    )
    return [Hour(one["received_at"], one["count"], one["remarked"]) for one in found]


def inside(row: SurveyRound, window: Window) -> QuerySet:
    """Return the answers of a window that count."""
    found = by_link(row).counted()  # type: ignore[attr-defined]
    found = found.filter(received_at__gte=window.since, received_at__lte=window.until)
    return found.exclude(remark="") if window.only_remarked else found


def exclude(row: SurveyRound, window: Window, *, why: str, by: User) -> int:
    """Leave them out; return how many. The history tells it of the round, once. Raises ValidationError."""
    told = {"since": str(window.since), "until": str(window.until), "why": why}
    marks = {"is_excluded": True, "excluded_why": TOGETHER.format(why)}
    with transaction.atomic():
        held = SurveyRound.objects.hold(row)
        return _written(held, inside(held, window), marks, told, by=by, deed="exclude_many")


def doubtful(row: SurveyRound) -> QuerySet:
    """Return the answers by the public page that count although they bear a remark."""
    return by_link(row).counted().exclude(remark="")  # type: ignore[attr-defined]


def exclude_doubtful(row: SurveyRound, *, by: User) -> int:
    """Leave out all that bear a remark; return how many. Raises ValidationError."""
    marks = {"is_excluded": True, "excluded_why": TOGETHER.format(REMARKED)}
    with transaction.atomic():
        held = SurveyRound.objects.hold(row)
        told = {"why": REMARKED}
        return _written(held, doubtful(held), marks, told, by=by, deed="exclude_many")


def reasons_of(row: SurveyRound) -> list[tuple[str, int]]:
    """Return why answers were left out together, with how many."""
    found = Response.objects.filter(round=row, is_excluded=True)
    found = found.filter(excluded_why__endswith=TOGETHER.format(""))
    told = found.order_by("excluded_why").values("excluded_why").annotate(count=Count("pk"))
    return [(one["excluded_why"], one["count"]) for one in told]


def readmit(row: SurveyRound, why: str, *, by: User) -> int:
    """Take in again what was left out together for this reason; return how many. Raises ValidationError."""
    marks = {"is_excluded": False, "excluded_why": ""}
    with transaction.atomic():
        held = SurveyRound.objects.hold(row)
        found = Response.objects.filter(round=held, is_excluded=True, excluded_why=why)
        found = found.filter(excluded_why__endswith=TOGETHER.format(""))
        return _written(held, found, marks, {"why": why}, by=by, deed="readmit_many")


def _written(  # noqa: PLR0913 -- what is written, and what is told of it
    row: SurveyRound, found: QuerySet, marks: dict, told: dict, *, by: User, deed: str
) -> int:
    now = timezone.now()
    count = found.update(**marks, version=F("version") + 1, updated_at=now, updated_by=by)
    if not count:
        raise ValidationError(NOBODY)
    after = told | {"count": count}
    changes.record(row, by=by, deed=deed, before={}, after=after, version=row.version)
    return count
