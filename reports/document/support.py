"""This app's part of the municipality-year document: the steps of the support."""

from pydantic import Field

from municipalities.choices import Audience
from municipalities.rows import Day, RowSchema, RowsPart, written
from reports.choices import StepKind
from reports.models import SupportStep

LAST_POSITION = 32_767


class SupportStepRow(RowSchema):
    """連携支援の一段階。situation と advice は一行に一件。position の小さい順に並ぶ"""

    kind: StepKind
    position: int = Field(ge=0, le=LAST_POSITION, title="並び順")
    held_on: Day | None = Field(default=None, title="実施日")
    situation: str = written(SupportStep, "situation")
    advice: str = written(SupportStep, "advice")
    audience: Audience = Audience.ADVISER


class SupportStepsPart(RowsPart):
    name = "support_steps"
    model = SupportStep
    schema = SupportStepRow
    fields = ("kind", "position", "held_on", "situation", "advice", "audience")
    order = ("position", "key")


PARTS = (SupportStepsPart(),)
