"""「自分の取組の下書きにする」: a case of another town becomes an activity under consideration in our year."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from logicmodels.choices import ActivityStatus, WorkItem
from logicmodels.models import Activity
from municipalities.pages import ordering

if TYPE_CHECKING:
    from municipalities.models import Cycle, User
    from reports.models import PublishedPractice
    from reports.practice.case import Case

# What a key has room for behind 「case-990019-2026-」.
LONGEST_OF_THEIRS = 60
LONGEST_OUTLINE = 3_800


def key_of(copy: PublishedPractice) -> str:
    """Return the key under which a case lies among our activities: pressing twice makes one draft."""
    own = copy.key
    if len(own) > LONGEST_OF_THEIRS:
        own = hashlib.sha256(own.encode()).hexdigest()[:LONGEST_OF_THEIRS]
    return f"case-{copy.municipality.code}-{copy.fiscal_year}-{own}"


def borrow(copy: PublishedPractice, case: Case, cycle: Cycle, *, by: User) -> tuple[Activity, bool]:
    """Return our draft, and whether it was written now. What we have already is left as it is."""
    row = Activity(
        cycle=cycle,
        key=key_of(copy),
        name=case.title,
        scene=case.scene,
        work_item=case.work_items[0] if case.work_items else WorkItem.NONE,
        status=ActivityStatus.CONSIDERED,
        description=described(case),
    )
    among = Activity.objects.filter(cycle=cycle)
    there = among.filter(key=row.key)
    if found := there.first():
        return found, False
    try:
        with transaction.atomic():
            ordering.append(row, among=among, by=by)
    except IntegrityError:
        # A colleague has pressed at the same moment.
        return there.get(), False
    return row, True


def described(case: Case) -> str:
    """Return the outline with where it is from, within what an activity's description holds."""
    return f"{case.outline[:LONGEST_OUTLINE]}\n\n（参考にした事例：{case.named}「{case.title}」）"
