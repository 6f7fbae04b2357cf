"""The year as it stands now, as far as advisers may read it: in memory, of no report, nothing frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.document import snapshot
from reports.document.reading import before_and_today, gather

if TYPE_CHECKING:
    from municipalities.models import Cycle
    from reports.document.reading.before_and_today import BeforeAndToday
    from reports.document.year_review import YearReview


@dataclass(frozen=True, slots=True)
class LiveYear:
    review: YearReview
    issues: tuple[BeforeAndToday, ...]


def year_of(cycle: Cycle) -> LiveYear:
    """Return the year without what stays 庁内: one query a table, as a submission would read it."""
    document = snapshot.year_document(cycle)
    return LiveYear(gather(document), before_and_today.before_and_today(document))
