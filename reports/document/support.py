"""This app's part of the municipality-year document: the steps of the support."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from pydantic import Field

from municipalities.choices import Audience
from municipalities.document import RowSchema, RowsPart
from municipalities.kernel.changes import Versioned
from reports.choices import StepKind
from reports.models import SupportStep


class SupportStepRow(RowSchema):
    """連携支援の一段階。situation と advice は一行に一件"""

    kind: StepKind
    position: int
    held_on: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    situation: str = ""
    advice: str = ""
    audience: Audience = Audience.ADVISER


class SupportStepsPart(RowsPart):
    name = "support_steps"
    model = SupportStep
    schema = SupportStepRow
    fields = ("kind", "position", "held_on", "situation", "advice", "audience")

    def assign(self, row: Versioned, values: dict[str, Any]) -> None:
        held_on = values.get("held_on")
        try:
            day = None if held_on is None else dt.date.fromisoformat(held_on)
        except ValueError:
            raise ValidationError({"held_on": "実在する日付を入力してください。"}) from None
        super().assign(row, values | {"held_on": day})


PARTS = (SupportStepsPart(),)
