"""How many days before a date people are reminded: as the operator says, unless their town says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from municipalities.choices import ScopeKind
from municipalities.kernel import changes
from municipalities.models import AccessEvent, Municipality
from municipalities.models.people import NATION_CODE
from reports.models import ReminderRule
from reports.year.calendar import reminding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import User

NATION: dict[str, Any] = {"scope_kind": ScopeKind.NATION, "scope_code": NATION_CODE}
DEED = "reminder_days"


def nationwide() -> tuple[int, ...]:
    """Return the operator's days, greatest first; the usual ones where none were set."""
    rule = ReminderRule.objects.filter(**NATION).first()
    return reminding.read(rule.days) if rule else reminding.USUAL


def of(municipality: Municipality) -> tuple[int, ...]:
    """Return the days that hold for a town."""
    return reminding.read(municipality.reminder_days) or nationwide()


def set_nationwide(days: Iterable[int], *, by: User) -> bool:
    """Set the operator's days; return whether they changed."""
    words, before = reminding.written(days), reminding.written(nationwide())
    with transaction.atomic():
        told = {"days": words, "set_at": timezone.now(), "set_by": by}
        ReminderRule.objects.update_or_create(**NATION, defaults=told)
        if words != before:
            about = {"before": {"days": before}, "after": {"days": words}}
            AccessEvent.objects.create(actor=by, deed=DEED, **about, **NATION)
    return words != before


def choose(municipality: Any, days: Iterable[int], *, by: User) -> bool:
    """Set a town's own days, none to follow the operator; return whether they changed."""
    words, seen = reminding.written(days), municipality.reminder_days
    with transaction.atomic():
        rows = Municipality.objects.filter(pk=municipality.pk).exclude(reminder_days=words)
        if not rows.update(reminder_days=words):
            return False
        changes.record(
            municipality,
            by=by,
            deed="edit",
            before={"reminder_days": seen},
            after={"reminder_days": words},
        )
    return True
