"""好事例 in the municipality-year document. No report tells them: they go out by a press of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from councils.choices import Profession
from logicmodels.choices import WorkItem
from logicmodels.models import Activity
from municipalities.choices import Audience, Scene
from municipalities.rows.rows import Key, Position, RowSchema, RowsPart, written
from reports.document import practice_copies
from reports.models import Practice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from municipalities.models import User
    from municipalities.rows.rows import Plan, Problem


class PracticeRow(RowSchema):
    """好事例。公開した写しは文書に入らない"""

    title: str = written(Practice, "title")
    scene: Scene = Scene.ALL
    activity: Key | None = Field(default=None, title="もとになる取組")
    key_person: Profession = Profession.UNSTATED
    second_person: Profession = Profession.UNSTATED
    work_item: WorkItem = WorkItem.NONE
    second_item: WorkItem = WorkItem.NONE
    background: str = written(Practice, "background")
    outline: str = written(Practice, "outline")
    hardship: str = written(Practice, "hardship")
    result: str = written(Practice, "result")
    help_received: str = written(Practice, "help_received")
    contact: str = written(Practice, "contact")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class PracticesPart(RowsPart):
    name = "practices"
    model = Practice
    schema = PracticeRow
    fields = (
        "title",
        "scene",
        "activity",
        "key_person",
        "second_person",
        "work_item",
        "second_item",
        "background",
        "outline",
        "hardship",
        "result",
        "help_received",
        "contact",
        "position",
        "audience",
    )
    references = {"activity": Activity}
    order = ("position", "key")
    in_report = False

    def leave(self, row: Any, *, by: User) -> None:
        practice_copies.withdraw(row, by=by)

    def save(self, plan: Plan, *, by: User) -> Iterator[Problem]:
        yield from super().save(plan, by=by)
        for entry in plan.changed:
            row: Any = entry.row
            if entry.before["audience"] != row.audience:
                practice_copies.keep_within(row, row.audience, by=by)


PRACTICES = PracticesPart()
PARTS = (PRACTICES,)
