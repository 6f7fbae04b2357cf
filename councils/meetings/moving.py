"""A meeting below another council: its parts stand under the same one, so that the same partners read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councils.models import AgendaItem, Attendance, Homework, Meeting
from municipalities.kernel import changes

if TYPE_CHECKING:
    from municipalities.models import User

PARTS = (AgendaItem, Attendance, Homework)


def keep_under(meeting: Meeting, *, by: User) -> None:
    """Let every part of a meeting that we lead name the meeting's council. The caller holds the transaction."""
    for model in PARTS:
        astray = model.objects.led().filter(meeting=meeting).exclude(council=meeting.council_id)
        for row in astray.select_for_update().order_by("pk"):
            row.council_id = meeting.council_id
            changes.save_versioned(
                row, by=by, expected_version=row.version, fields=("council",), deed="move"
            )
