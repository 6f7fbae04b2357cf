"""This app's part of the municipality-year document: findings that were waived, with the reasons."""

from pydantic import Field

from municipalities.choices import Audience
from municipalities.rows.rows import Day, Key, RowSchema, RowsPart, written
from reports.models import Waiver
from reports.models.findings import WHOLE_YEAR


class WaiverRow(RowSchema):
    """見送った気づき。place は気づきのある行のキー。年度全体についての気づきは year"""

    rule: str = Field(pattern=r"^[A-Z][0-9]{2}$", title="点検の番号", description="例：G01")
    place: Key = WHOLE_YEAR
    label: str = written(Waiver, "label")
    reason: str = written(Waiver, "reason")
    waived_on: Day | None = Field(default=None, title="見送った日")
    audience: Audience = Audience.ADVISER


class WaiversPart(RowsPart):
    name = "waivers"
    model = Waiver
    schema = WaiverRow
    fields = ("rule", "place", "label", "reason", "waived_on", "audience")
    order = ("rule", "place", "key")


WAIVERS = WaiversPart()
PARTS = (WAIVERS,)
