"""A year as rules read it: its document, with the definitions of what it follows and some of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from indicators.rules.reading import definition_rows
from municipalities.kernel.findings import Year
from municipalities.models import Cycle
from reports.document import assembly
from reports.document.shape import PARTS

if TYPE_CHECKING:
    from municipalities.kernel.changes import Versioned

# What rules compare with of the year before; its values are in this year's document.
OF_THE_YEAR_BEFORE = frozenset({"indicators", "targets", "improvements"}) & {
    part.name for part in PARTS
}


def year_of(cycle: Cycle, *, stored: dict[str, list[Versioned]] | None = None) -> Year:
    """Return a year for its rules, in the queries of its document and a few more."""
    document = assembly.assemble(cycle, stored=stored)
    known = definition_rows(document)
    return Year(document, timezone.localdate(), known, before=_before(cycle))


def _before(cycle: Cycle) -> dict[str, Any] | None:
    """Return what rules compare with of the year before; None where there is no such year."""
    earlier = Cycle.objects.filter(fiscal_year=cycle.fiscal_year - 1).first()
    if earlier is None:
        return None
    return assembly.nested(assembly.stored_rows(earlier, only=OF_THE_YEAR_BEFORE))
