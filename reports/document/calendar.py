"""自分たちの予定 in the municipality-year document. No report tells them: they are for those at work."""

from __future__ import annotations

from pydantic import Field

from municipalities.choices import Audience
from municipalities.rows.rows import Day, RowSchema, RowsPart, written
from reports.models import YearDate


class YearDateRow(RowSchema):
    """会議・打合せ・節目のほかに、自分たちで決めた予定"""

    text: str = written(YearDate, "text")
    day: Day = Field(title="年月日")
    note: str = written(YearDate, "note")
    is_done: bool = False
    audience: Audience = Audience.INTERNAL


class YearDatesPart(RowsPart):
    name = "year_dates"
    model = YearDate
    schema = YearDateRow
    fields = ("text", "day", "note", "is_done", "audience")
    references = {}
    order = ("day", "key")
    in_report = False


YEAR_DATES = YearDatesPart()
PARTS = (YEAR_DATES,)
