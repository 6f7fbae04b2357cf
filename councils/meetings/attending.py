"""出席 of a meeting, saved as a whole: one press writes every profession, or nothing where others were faster."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from councils.choices import Profession
from councils.models import Attendance, Meeting
from municipalities.kernel import changes
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import User

# Whose profession is not known comes last.
IN_ORDER = (*(one for one in Profession if one is not Profession.UNSTATED), Profession.UNSTATED)


class Overtaken(Exception):
    """Somebody has saved the attendance since the form was opened; nothing was written."""


def label_of(profession: Profession) -> str:
    """People whose profession is not known are counted too."""
    is_unknown = profession is Profession.UNSTATED
    return "職種が分からない人" if is_unknown else str(profession.label)


def rows_of(meeting: Meeting) -> list[Attendance]:
    """Return the attendance in the order of the professions."""
    rows = Attendance.objects.filter(meeting=meeting)
    return sorted(rows, key=lambda row: (IN_ORDER.index(Profession(row.profession)), row.pk))


def version_of(rows: Iterable[Attendance]) -> str:
    """Return a mark that changes with any of the rows: the whole list has no version of its own."""
    state = sorted(f"{row.pk}:{row.version}" for row in rows)
    return hashlib.sha256(",".join(state).encode()).hexdigest()[:16]


def save(meeting: Meeting, people: dict[str, int], *, by: User, expected_version: str) -> bool:
    """Let the attendance be `people` by profession; say whether anything changed. Raises Overtaken.

    The meeting's row is locked: of two people who save at once the second finds another version.
    """
    with transaction.atomic():
        Meeting.objects.led().select_for_update().get(pk=meeting.pk)
        rows = rows_of(meeting)
        if version_of(rows) != expected_version:
            raise Overtaken
        stored = {row.profession: row for row in rows}
        is_changed = people != {name: row.people for name, row in stored.items()}
        for profession, row in stored.items():
            if profession not in people:
                remove(row, by=by)
        for profession, number in people.items():
            write(stored.get(profession), meeting, profession, number, by=by)
    return is_changed


def write(
    row: Attendance | None, meeting: Meeting, profession: str, number: int, *, by: User
) -> None:
    if row is None:
        row = Attendance(
            council_id=meeting.council_id,
            meeting=meeting,
            key=new_key("attendance"),
            profession=profession,
            people=number,
        )
        changes.create_versioned(row, by=by)
    elif row.people != number:
        row.people = number
        changes.save_versioned(row, by=by, expected_version=row.version, fields=("people",))


def remove(row: Attendance, *, by: User) -> None:
    before = changes.values_of(row, changes.content_fields(row))
    changes.record(row, by=by, deed="delete", before=before, after={}, version=row.version + 1)
    row.delete()
