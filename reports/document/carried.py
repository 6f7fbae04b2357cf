"""What was said of the rows taken over from the year before, in the municipality-year document."""

from pydantic import Field

from municipalities.choices import Audience
from municipalities.rows.rows import Day, Key, RowSchema, RowsPart, written
from reports.choices import CarriedPart
from reports.models import Carried


class CarriedRow(RowSchema):
    """前年度からの引き継ぎ。row_key は前年度の行のキー。引き継いだ行のキーは、前年度と同じ"""

    part: CarriedPart
    row_key: Key = Field(title="前年度の行のキー")
    is_left_out: bool = Field(default=False, title="引き継がない")
    is_unchanged: bool = Field(default=False, title="変更なしと確認した")
    confirmed_on: Day | None = Field(default=None, title="確認日")
    reason: str = written(Carried, "reason")
    audience: Audience = Audience.ADVISER


class CarriedRowsPart(RowsPart):
    name = "carried"
    model = Carried
    schema = CarriedRow
    fields = (
        "part",
        "row_key",
        "is_left_out",
        "is_unchanged",
        "confirmed_on",
        "reason",
        "audience",
    )
    order = ("part", "row_key", "key")


CARRIED = CarriedRowsPart()
PARTS = (CARRIED,)
