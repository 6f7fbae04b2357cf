"""This app's part of the municipality-year document: desired states and issues."""

from logicmodels.models import DesiredState, Issue
from municipalities.choices import Audience, Scene
from municipalities.document import RowSchema, RowsPart


class DesiredStateRow(RowSchema):
    """目指す姿"""

    scene: Scene
    text: str = ""
    audience: Audience = Audience.ADVISER


class IssueRow(RowSchema):
    """課題"""

    scene: Scene = Scene.ALL
    text: str
    position: int = 0
    audience: Audience = Audience.ADVISER


class DesiredStatesPart(RowsPart):
    name = "desired_states"
    model = DesiredState
    schema = DesiredStateRow
    fields = ("scene", "text", "audience")


class IssuesPart(RowsPart):
    name = "issues"
    model = Issue
    schema = IssueRow
    fields = ("scene", "text", "position", "audience")


PARTS = (DesiredStatesPart(), IssuesPart())
