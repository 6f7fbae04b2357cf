"""県入力: the officer writes down where a report stands that does not come through the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from municipalities.choices import ScopeKind
from municipalities.models import AccessEvent
from reports.choices import ReportKind
from reports.models import OfficerEntry, Progress, YearProgress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from municipalities.models import Municipality, User

DEED = "officer_entry"
ENTERED_MEANWHILE = (
    "ほかの人が先に入力しました。入力した内容は画面に残っています。"
    "いまの状況を確かめて、これでよければ、もう一度保存してください。"
)
COMES_BY_ITSELF = (
    "{kind}は、市町村がこのシステムで提出しました。提出された報告書の状態が表示されるため、"
    "入力は要りません。"
)
AT_WORK = (
    "{place}は、この年度をこのシステムで進めているため、県入力はできません。"
    "計画・実施の状態と報告書は、市町村が入力したものがこの画面に表示されます。"
)


class EnteredMeanwhile(ValidationError):
    """Somebody entered something since it was read; nothing was written."""

    def __init__(self) -> None:
        super().__init__(ENTERED_MEANWHILE, code="overtaken")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a report is to stand; an empty status takes the entry away. `version` is what was seen, 0 none."""

    kind: str
    status: str
    submitted_on: dt.date | None
    version: int

    @property
    def values(self) -> dict[str, Any]:
        return {"status": self.status, "submitted_on": self.submitted_on}


def entries_of(place: Municipality, fiscal_year: int) -> dict[str, OfficerEntry]:
    """Return what was entered for a municipality's year, by kind."""
    rows = OfficerEntry.objects.filter(municipality=place, fiscal_year=fiscal_year)
    return {row.kind: row for row in rows.select_related("entered_by")}


def kinds_in_system(place: Municipality, fiscal_year: int) -> frozenset[str]:
    """Return the kinds of report that the municipality itself has submitted in the system."""
    submitted = Progress.objects.filter(
        municipality=place, fiscal_year=fiscal_year, submitted_on__isnull=False
    )
    return frozenset(submitted.values_list("kind", flat=True))


def is_at_work(place: Municipality, fiscal_year: int) -> bool:
    """Has the municipality opened this year in the system?"""
    return YearProgress.objects.filter(municipality=place, fiscal_year=fiscal_year).exists()


def enter(place: Municipality, fiscal_year: int, entries: Iterable[Entry], *, by: User) -> int:
    """Write the entries and return how many changed. Raises ValidationError, having written nothing."""
    try:
        with transaction.atomic():
            return sum([_enter(place, fiscal_year, one, by=by) for one in entries])
    except IntegrityError as collision:
        raise EnteredMeanwhile from collision


def _enter(place: Municipality, fiscal_year: int, entry: Entry, *, by: User) -> bool:
    row = {"municipality": place, "fiscal_year": fiscal_year, "kind": entry.kind}
    stored = OfficerEntry.objects.filter(**row).first()
    if (stored.version if stored else 0) != entry.version:
        raise EnteredMeanwhile
    was = {"status": stored.status, "submitted_on": stored.submitted_on} if stored else {}
    if (entry.values if entry.status else {}) == was:
        return False
    if entry.kind in kinds_in_system(place, fiscal_year):
        raise ValidationError(COMES_BY_ITSELF.format(kind=ReportKind(entry.kind).label))
    if stored is None and is_at_work(place, fiscal_year):
        raise ValidationError(AT_WORK.format(place=place.name))
    _write(row, entry, by=by)
    _note(row, was, entry.values if entry.status else {}, by=by)
    return True


def _write(row: dict[str, Any], entry: Entry, *, by: User) -> None:
    told = {"entered_at": timezone.now(), "entered_by": by}
    if not entry.version:
        OfficerEntry.objects.create(**row, **entry.values, **told)
        return
    seen = OfficerEntry.objects.filter(**row, version=entry.version)
    if entry.status:
        written = seen.update(**entry.values, **told, version=F("version") + 1)
    else:
        written = seen.delete()[0]
    if not written:
        raise EnteredMeanwhile


def _note(row: dict[str, Any], was: dict[str, Any], now: dict[str, Any], *, by: User) -> None:
    about = {"fiscal_year": row["fiscal_year"], "kind": row["kind"]}
    AccessEvent.objects.create(
        actor=by,
        deed=DEED,
        scope_kind=ScopeKind.MUNICIPALITY,
        scope_code=row["municipality"].code,
        before=about | _plain(was),
        after=about | _plain(now),
    )


def _plain(values: dict[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in values.items()}
