"""The published copies of a practice: which there are, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from municipalities.choices import Audience
from municipalities.kernel import changes
from reports.models import PublishedPractice

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import User
    from reports.models import Practice


def copies_of(practice: Practice) -> QuerySet[PublishedPractice]:
    return PublishedPractice.objects.filter(
        municipality=practice.municipality_id,
        fiscal_year=practice.cycle.fiscal_year,
        key=practice.key,
    )


def withdraw(practice: Practice, *, by: User) -> bool:
    """Take the copy back; say whether there was one."""
    with transaction.atomic():
        gone, _ = copies_of(practice).delete()
        if gone:
            note(practice, by=by, deed="withdraw", after={})
    return bool(gone)


def keep_within(practice: Practice, audience: str, *, by: User) -> bool:
    """Take the copy back when fewer people may now read the practice than the copy was made for."""
    copy = copies_of(practice).first()
    order = Audience.values
    if copy is None or order.index(audience) >= order.index(copy.audience):
        return False
    return withdraw(practice, by=by)


def note(practice: Practice, *, by: User, deed: str, after: dict[str, str]) -> None:
    """Append a Change that alters no column: a merge finds nothing in it to walk back."""
    changes.record(practice, by=by, deed=deed, before={}, after=after, version=practice.version)
