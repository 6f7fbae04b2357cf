"""「変更なしと確認した」: said of rows that are the same as last year's, by whom and on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from municipalities.kernel import changes
from municipalities.rows.keys import new_key
from reports.choices import CarriedPart
from reports.models import Carried
from reports.year.april import next_year, taken_over

if TYPE_CHECKING:
    from collections.abc import Container

    from municipalities.models import Cycle, User

DEED = "confirm"
ANSWER = ("is_unchanged", "confirmed_on")


def confirm(
    old: Cycle, target: Cycle, *, part: str, by: User, keys: Container[str] | None = None
) -> int:
    """Confirm these rows of a kind, without `keys` all, as far as they are the same; return how many were."""
    with transaction.atomic():
        next_year.lock(target)
        groups = taken_over.of(old, target)
        lines = next((group.lines for group in groups if group.part == part), ())
        wanted = [one for one in lines if one.is_same and (keys is None or one.key in keys)]
        answer = {"is_unchanged": True, "confirmed_on": timezone.localdate()}
        new = [
            Carried(
                cycle=target,
                key=new_key("carried"),
                part=CarriedPart(part),
                row_key=line.key,
                **answer,
            )
            for line in wanted
            if line.note is None
        ]
        changes.create_together(new, by=by, deed=DEED, fiscal_year=target.fiscal_year)
        for line in wanted:
            if line.note is not None:
                _say(line.note, target, by=by, **answer)
    return len(wanted)


def take_back(target: Cycle, *, part: str, key: str, by: User) -> None:
    """Take a confirmation back. One that is gone already stays gone."""
    row = Carried.objects.filter(cycle=target, part=part, row_key=key, is_unchanged=True).first()
    if row is not None:
        _say(row, target, by=by, is_unchanged=False, confirmed_on=None)


def _say(row: Carried, target: Cycle, *, by: User, **answer: object) -> None:
    for name, value in answer.items():
        setattr(row, name, value)
    row.cycle = target
    changes.save_versioned(row, by=by, expected_version=row.version, fields=ANSWER, deed=DEED)
