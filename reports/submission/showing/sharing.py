"""Letting the prefecture read what a report shows: 「アドバイザーまで」 becomes 「県まで」, row by row."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.db import transaction

from municipalities.choices import Audience
from municipalities.kernel import changes
from reports.document import assembly, publication, shape
from reports.models import AdviceItem, SupportStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from municipalities.models import User
    from reports.models import ProgressReport

# What no copy for the prefecture holds, whatever its audience, is not let out by this press either.
PARTS = tuple(
    part
    for part in shape.PARTS
    if "audience" in part.fields and part.in_report and part.name not in publication.LEFT_OUT
)


def share_with_prefecture(report: ProgressReport, *, by: User) -> int:
    """Let the prefecture read every row of the report that advisers read; return how many were changed.

    Each row keeps its history, by which it can be taken back. Raises StaleVersion, having written
    nothing, when somebody saved one of them meanwhile.
    """
    with transaction.atomic():
        rows = list(waiting_rows(report))
        for row in rows:
            stored, row.audience = copy(row), Audience.PREFECTURE
            changes.save_versioned(
                row, by=by, expected_version=row.version, fields=["audience"], read=stored
            )
    return len(rows)


def waiting_rows(report: ProgressReport) -> Iterator[Any]:
    """Yield the rows of the report that advisers may read and the prefecture may not."""
    stored: dict[str, list[Any]] = assembly.stored_rows(report.cycle)
    left_out = set(assembly.kept_inside(report.cycle, stored))
    for part in PARTS:
        for row in stored[part.name]:
            is_waiting = row.audience == Audience.ADVISER and row not in left_out
            if is_waiting and is_told(row, report.step):
                yield row


def is_told(row: Any, last: SupportStep | None) -> bool:
    """Say whether a report up to this step tells of a row: what comes after is not yet told."""
    step = row.step if isinstance(row, AdviceItem) else row
    return last is None or not isinstance(step, SupportStep) or step.position <= last.position
