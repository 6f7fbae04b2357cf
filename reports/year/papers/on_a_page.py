"""The year that 年間のまとめ shows: what may leave the house, with the numbers that any copy would hide hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from councils.meetings import meeting_days
from indicators.rules import kinds, reading
from municipalities.japanese import dates
from reports.document import snapshot
from reports.document.copied_numbers import codes_shown, hidden, suppressed
from reports.document.reading import gather
from reports.document.reading.sharing import with_leads
from reports.paper.year.year_page import YearPage, year_page
from reports.submission.showing.publishing import population_of

if TYPE_CHECKING:
    from municipalities.models import Cycle


def of(cycle: Cycle) -> YearPage:
    """Return the sheet of a year as it stands now: the council's members are people outside the house."""
    document = snapshot.year_document(cycle)
    out = hidden(
        document,
        codes=codes_shown(document, document["indicators"]),
        population=population_of(cycle, document),
    )
    document["measurements"] = [
        suppressed(row) if row["key"] in out else row for row in document["measurements"]
    ]
    known = {code: reading.known(row) for code, row in reading.definition_rows(document).items()}
    today = timezone.localdate()
    meetings = [row for row, _ in with_leads(document, "meetings")]
    return year_page(
        gather(document),
        voices={code for code, one in known.items() if kinds.is_voice(one)},
        meetings=meeting_days.numbers(meetings, today=today),
        made_on=dates.in_wareki(today),
    )
