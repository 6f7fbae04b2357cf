"""Deeds on posts that the prefecture keeps; each runs within the prefecture and leaves a PrefectureChange."""

import re

from django.db import IntegrityError, transaction

from coordinators.models import PrefecturePost
from municipalities import ordering
from municipalities.kernel import changes
from municipalities.keys import new_key

KEY = re.compile(r"prefecture-post-[0-9a-f]{10}")


def proposed_key():
    """Return a key for a form of a new post: however often it is pressed, it makes one."""
    return new_key("prefecture-post")


def add(row, *, key, by):
    """Insert a post behind the year's last. Say whether it was not there already by the same form."""
    row.key = key if KEY.fullmatch(key) else proposed_key()
    among = PrefecturePost.objects.filter(fiscal_year=row.fiscal_year)
    try:
        with transaction.atomic():
            ordering.append(row, among=among, by=by)
    except IntegrityError:
        if among.filter(key=row.key).exists():
            return False
        raise
    return True


def delete(row, *, by):
    """Delete a post for good. Raises StaleVersion when somebody has saved it since it was read."""
    before = changes.values_of(row, changes.content_fields(row))
    with transaction.atomic():
        gone, _ = PrefecturePost.objects.filter(pk=row.pk, version=row.version).delete()
        if not gone:
            raise changes.StaleVersion(row)
        changes.record(row, by=by, deed="delete", before=before, after={}, version=row.version + 1)
