"""What slides and tables say in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from municipalities.japanese import dates
from municipalities.rows.workbooks import NOT_IN_XML

if TYPE_CHECKING:
    import datetime as dt

    from reports.document.year_review import YearReview


def clean(text: str) -> str:
    """Return a text as Office files can hold it: one kind of line break, no control characters."""
    return NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))


def day_of(text: str) -> dt.date | None:
    """Return the day that a printed date names, or None where it names none."""
    try:
        return dates.read_date(text).value
    except dates.DateError:
        return None


def submitted_day(review: YearReview) -> dt.date | None:
    """Return the day of the submission; None for a draft."""
    return day_of(review.head.submitted_on)
