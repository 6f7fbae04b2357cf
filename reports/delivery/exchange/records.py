"""What went out of a report as files, and what came back, as its Changes tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.models import Change, User

if TYPE_CHECKING:
    import datetime as dt

    from reports.models import ProgressReport


@dataclass(frozen=True, slots=True)
class Record:
    """One file. `told` is what its Change keeps: version and last day, or the number of comments."""

    at: dt.datetime
    by: User
    adviser: User | None
    told: dict


def of(report: ProgressReport, deed: str) -> list[Record]:
    """Return the records of a deed, the newest first, in two queries."""
    found = list(Change.objects.of(report).filter(deed=deed).select_related("actor"))
    people = User.objects.in_bulk({one.after["adviser"] for one in found})
    return [Record(one.at, one.actor, people.get(one.after["adviser"]), one.after) for one in found]
