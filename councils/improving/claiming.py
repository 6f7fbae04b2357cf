"""Which changes of the next year's plan may be an improvement's doing: those made after it was decided and written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Max, Min, Q
from django.utils import timezone

from councils.models import Improvement
from indicators.models import Indicator
from logicmodels.models import Activity, Outcome
from municipalities.models import Change
from municipalities.rows.carrying import DEED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from councils.evaluating.settling import Improved
    from municipalities.models import Cycle

IMPROVEMENT = Improvement._meta.label_lower
COLUMNS = {
    "outcome": Outcome._meta.label_lower,
    "activity": Activity._meta.label_lower,
    "indicator": Indicator._meta.label_lower,
}


@dataclass(frozen=True, slots=True)
class Moments:
    """When each improvement was first written, by key, and each row of the next year last changed, by table and key."""

    written: dict[str, dt.datetime] = field(default_factory=dict)
    changed: dict[tuple[str, str], dt.datetime] = field(default_factory=dict)

    def is_earlier(self, one: Improved) -> bool:
        """Say whether the next year's row was last changed before the improvement was decided, or written."""
        row = one.row
        if row.column not in COLUMNS:
            return False
        changed = self.changed.get((COLUMNS[row.column], row.subject.key))
        if changed is None:
            return False
        written, day = self.written.get(row.key), one.place.day if one.place else None
        is_before_it_was_made = day is not None and timezone.localdate(changed) < day
        return is_before_it_was_made or (written is not None and changed < written)


def moments(rows: Iterable[Improvement], cycle: Cycle, following: Cycle | None) -> Moments:
    """Return the moments in one query; none before there is a next year. What April brings is no change."""
    found = list(rows)
    if following is None or not found:
        return Moments()
    ours = Q(fiscal_year=cycle.fiscal_year, model=IMPROVEMENT, key__in=[one.key for one in found])
    keys = {one.subject.key for one in found}
    theirs = Q(fiscal_year=following.fiscal_year, model__in=COLUMNS.values(), key__in=keys)
    told = Change.objects.filter(ours | (theirs & ~Q(deed=DEED))).order_by().values("model", "key")
    lines = list(told.annotate(first=Min("at"), last=Max("at")))
    return Moments(
        {one["key"]: one["first"] for one in lines if one["model"] == IMPROVEMENT},
        {(one["model"], one["key"]): one["last"] for one in lines if one["model"] != IMPROVEMENT},
    )
