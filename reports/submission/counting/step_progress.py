"""The steps of the support as they cross the fence: how many meetings, and on which days. No text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from reports.models import StepProgress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from reports.models import SupportStep


def publish(key: dict[str, Any], steps: Iterable[SupportStep]) -> None:
    """Write what is new or different of a year's steps, and take away kinds that it has no more."""
    days: dict[str, list[dt.date | None]] = defaultdict(list)
    for step in steps:
        days[step.kind].append(step.held_on)
    stored = {row.kind: row for row in StepProgress.objects.filter(**key)}
    if gone := stored.keys() - days.keys():
        StepProgress.objects.filter(kind__in=gone, **key).delete()
    new, changed = [], []
    for kind, of_kind in days.items():
        values, row = counted(of_kind, today=timezone.localdate()), stored.get(kind)
        if row is None:
            new.append(StepProgress(**key, kind=kind, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            changed.append(StepProgress(pk=row.pk, **key, kind=kind, **values))
    StepProgress.objects.bulk_create(new)
    StepProgress.objects.bulk_update(changed, ["meetings", "held", "held_on", "next_on"])


def counted(days: list[dt.date | None], *, today: dt.date) -> dict[str, Any]:
    """Count the meetings of one kind by their days; without a day one is only planned. Pure."""
    held = [day for day in days if day and day <= today]
    ahead = [day for day in days if day and day > today]
    return {
        "meetings": len(days),
        "held": len(held),
        "held_on": max(held, default=None),
        "next_on": min(ahead, default=None),
    }
