"""How many places of a year break each rule, published for the prefecture: counts alone, no text.

Asked for when a year's other counts are, and once a day for every open year (finding_rounds).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import transaction

from reports.document.findings import looking, reading
from reports.models import FindingCount

if TYPE_CHECKING:
    from municipalities.models import Cycle
    from reports.document.findings.looking import Looked

NUMBERS = ("looked_at", "found", "waived")


def publish(cycle: Cycle) -> None:
    """Count the findings of a year and write what may cross its fence. Within the municipality."""
    counts = counts_of(looking.look_over(reading.year_of(cycle)))
    key: dict[str, Any] = {
        "municipality_id": cycle.municipality_id,
        "fiscal_year": cycle.fiscal_year,
    }
    with transaction.atomic():
        rows = FindingCount.objects.select_for_update().filter(**key)
        stored = {row.rule: row for row in rows.order_by("pk")}
        gone = [row.pk for rule, row in stored.items() if rule not in counts]
        FindingCount.objects.filter(pk__in=gone).delete()
        changed = [
            FindingCount(**key, rule=rule, **numbers)
            for rule, numbers in counts.items()
            if rule not in stored or numbers != _numbers(stored[rule])
        ]
        FindingCount.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["municipality", "fiscal_year", "rule"],
            update_fields=NUMBERS,
        )


def counts_of(looked: Looked) -> dict[str, dict[str, int]]:
    """Return the numbers of every rule that had something to look at."""
    found = Counter(one.rule.id for one in looked.open)
    waived = Counter(one.finding.rule.id for one in looked.waived)
    return {
        rule: {"looked_at": places, "found": found[rule], "waived": waived[rule]}
        for rule, places in looked.rules.items()
        if places
    }


def _numbers(row: FindingCount) -> dict[str, int]:
    return {name: getattr(row, name) for name in NUMBERS}
