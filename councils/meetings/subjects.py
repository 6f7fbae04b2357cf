"""What a decision is about: one of the year's desired states, issues, logic models and activities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from councils.models import Decision
from councils.models.decisions import SUBJECTS
from logicmodels.choices import SCENES_OF_A_PLAN
from municipalities.choices import Scene
from municipalities.kernel import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from municipalities.models import Cycle

WITH_SUBJECTS = SUBJECTS
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing in words, and the page on which it stands."""

    kind: str
    name: str
    url: str


def of(decision: Decision, cycle: Cycle) -> Subject | None:
    """Return what a decision is about; its subjects are read already."""
    column = column_of(decision)
    if not column:
        return None
    row = getattr(decision, column)
    return Subject(label_of(column), name_of(column, row), url_of(column, row, cycle))


def column_of(decision: Decision) -> str:
    return next((name for name in SUBJECTS if getattr(decision, f"{name}_id")), "")


def chosen_in(decision: Decision) -> str:
    """Return the value of the select for what a decision is about; empty for nothing."""
    column = column_of(decision)
    return value_of(column, getattr(decision, f"{column}_id")) if column else ""


def label_of(column: str) -> str:
    return changes.label_of(Decision, column)


def name_of(column: str, row: Any) -> str:
    """Return 「看取り：市民が、最期まで…」 for what stands under a scene, the name of the others."""
    if column == "logic_model":
        return row.title
    if column == "activity":
        return row.name
    return f"{row.get_scene_display()}：{shortened(row.text)}"


def shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST else f"{one_line[:LONGEST]}…"


def url_of(column: str, row: Any, cycle: Cycle) -> str:
    if column == "desired_state":
        return cycle.url("logicmodels:scene", row.scene) + "#goal"
    if column == "issue":
        return cycle.url("logicmodels:plan") + f"#{row.key}"
    return cycle.url(f"logicmodels:{column}", row.key)


def rows_of(column: str, cycle: Cycle) -> QuerySet:
    """Return the rows of a year that a decision may be about in this column."""
    model: Any = Decision._meta.get_field(column).related_model
    return model.objects.filter(cycle=cycle)


def choices_of(cycle: Cycle, *, chosen: str = "") -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the things of a year as the groups of one select, by values such as 「issue.12」.

    An unwritten desired state is nothing to decide on; where it is `chosen` already, it stays.
    """
    for column in SUBJECTS:
        rows = sorted(rows_of(column, cycle), key=place_of)
        options = [
            (value_of(column, row.pk), name_of(column, row))
            for row in rows
            if is_written(column, row) or value_of(column, row.pk) == chosen
        ]
        if options:
            yield label_of(column), options


def place_of(row: Any) -> tuple[int, int, int]:
    scene = SCENES_OF_A_PLAN.index(Scene(row.scene))
    return scene, getattr(row, "position", 0), row.pk


def is_written(column: str, row: Any) -> bool:
    return column != "desired_state" or bool(row.text)


def value_of(column: str, pk: int) -> str:
    return f"{column}.{pk}"


def column_and_pk(value: str) -> tuple[str, str]:
    """Return what a value of the select stands for."""
    column, _, pk = value.partition(".")
    return column, pk
