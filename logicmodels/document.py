"""This app's part of the municipality-year document: desired states and issues."""

from pydantic import Field

from logicmodels.models import DesiredState, Issue
from municipalities.choices import Audience, Scene
from municipalities.document import RowSchema, RowsPart, written

LAST_POSITION = 2_147_483_647


class DesiredStateRow(RowSchema):
    """目指す姿。一つの場面に一行"""

    scene: Scene
    text: str = written(DesiredState, "text")
    audience: Audience = Audience.ADVISER


class IssueRow(RowSchema):
    """課題。position の小さい順に並ぶ"""

    scene: Scene = Scene.ALL
    text: str = written(Issue, "text")
    position: int = Field(default=0, ge=0, le=LAST_POSITION, title="並び順")
    audience: Audience = Audience.ADVISER


class DesiredStatesPart(RowsPart):
    name = "desired_states"
    model = DesiredState
    schema = DesiredStateRow
    fields = ("scene", "text", "audience")
    order = ("scene", "key")


class IssuesPart(RowsPart):
    name = "issues"
    model = Issue
    schema = IssueRow
    fields = ("scene", "text", "position", "audience")
    order = ("position", "key")


PARTS = (DesiredStatesPart(), IssuesPart())
