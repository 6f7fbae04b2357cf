"""A year as rules read it: its document, with the definitions of what it follows and some of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from indicators.document import INDICATORS
from indicators.rules.reading import definition_rows
from municipalities.kernel.findings import Year
from reports.document import assembly
from reports.document.shape import PARTS

if TYPE_CHECKING:
    from municipalities.kernel.changes import Versioned
    from municipalities.models import Cycle

# What rules compare with of the year before; its values are in this year's document.
OF_THE_YEAR_BEFORE = frozenset({"indicators", "targets", "improvements"}) & {
    part.name for part in PARTS
}


def year_of(cycle: Cycle) -> Year:
    """Return a year for its rules, in the queries of its document and no more.

    Definitions come with the indicators, and what is compared of the year before with the rows of this one.
    """
    stored, earlier = assembly.stored_with_before(cycle, compared=OF_THE_YEAR_BEFORE)
    document = assembly.assemble(cycle, stored=stored)
    rows: list[Any] = stored[INDICATORS.name]
    national = {row.definition for row in rows if row.definition_id}
    known = definition_rows(document, national=national)
    return Year(document, timezone.localdate(), known, before=_before(earlier))


def _before(earlier: dict[str, list[Versioned]]) -> dict[str, Any] | None:
    """Return what rules compare with of the year before; None where it holds nothing of the kind."""
    return assembly.nested(earlier) if any(earlier.values()) else None
