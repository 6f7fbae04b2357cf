"""What is evaluated and changed: the outcomes, activities and working groups of a year."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from councils.choices import CouncilKind
from councils.meetings.subjects import shortened
from councils.models import Council
from councils.models.evaluations import IMPROVED
from indicators.followed.following import scenes_named
from indicators.models import Indicator
from logicmodels.models import Activity, Outcome
from municipalities.choices import CARE_SCENES, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from municipalities.models import Cycle

LABELS = {"outcome": "成果", "indicator": "指標", "activity": "取組", "council": "協議体・WG"}
# Bodies that work on something, and so have something to evaluate.
WORKING = (CouncilKind.WORKING_GROUP, CouncilKind.SECTION)
SCENES = (*CARE_SCENES, Scene.ALL)
# What belongs to no single scene, so that nobody takes it for everything there is.
COMMON = "すべての場面に共通"

LONGEST_KEY = 80


def label_of(scene: Scene) -> str:
    return COMMON if scene is Scene.ALL else str(scene.label)


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is evaluated, in words and with the page on which it stands."""

    column: str
    row: Any
    name: str
    url: str

    @property
    def kind(self) -> str:
        return LABELS[self.column]

    @property
    def scene(self) -> Scene:
        return scene_of(self.column, self.row)

    @property
    def place(self) -> tuple[str, int]:
        return self.column, self.row.pk

    @property
    def anchor(self) -> str:
        return f"{self.column}-{self.row.key}"

    @property
    def edit_name(self) -> str:
        """Return the name of the page on which its evaluation is written."""
        return f"councils:evaluation_of_{self.column}"


def subject(column: str, row: Any, cycle: Cycle) -> Subject:
    return Subject(column, row, name_of(column, row), url_of(column, row, cycle))


def subject_of(about: Any, cycle: Cycle) -> Subject:
    """Return the subject of an evaluation or improvement; it is read already."""
    return subject(about.column, about.subject, cycle)


def scene_of(column: str, row: Any) -> Scene:
    """Return the scene of a row; an indicator is of the scene that its definition names, of several of all."""
    if column != "indicator":
        return Scene(row.scene)
    named = [one for one in CARE_SCENES if one in scenes_named(row.defined_by)]
    return named[0] if len(named) == 1 else Scene.ALL


def name_of(column: str, row: Any) -> str:
    if column == "indicator":
        return str(row)
    return shortened(row.text) if column == "outcome" else str(row.name)


def url_of(column: str, row: Any, cycle: Cycle) -> str:
    if column == "outcome":
        return cycle.url("logicmodels:logic_model", row.logic_model.key)
    if column == "activity":
        return cycle.url("logicmodels:activity", row.key)
    if column == "indicator":
        return cycle.url("indicators:indicator", row.key)
    return cycle.url("councils:council", row.key)


def rows_of(column: str, cycle: Cycle) -> QuerySet:
    """Return the rows of a year that may be evaluated or changed; councils that we lead ourselves."""
    if column == "outcome":
        rows = Outcome.objects.filter(cycle=cycle).select_related("logic_model")
        places = ("logic_model__position", "logic_model__key", "position", "key")
        return rows.order_by(*places)
    if column == "activity":
        activities = Activity.objects.filter(cycle=cycle).select_related("executor")
        return activities.order_by("position", "key")
    if column == "indicator":
        followed = Indicator.objects.filter(cycle=cycle)
        return followed.select_related("definition", "own_definition").order_by("position", "key")
    return Council.objects.led().order_by("position", "key")


def is_asked(column: str, row: Any) -> bool:
    """Say whether a row is among those to be evaluated each year: of councils the working groups."""
    return column != "council" or row.kind in WORKING


def choices_of(cycle: Cycle) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what may be changed of a year as the groups of one select, by values such as 「activity.12」."""
    for column in IMPROVED:
        rows = list(rows_of(column, cycle))
        rows.sort(key=lambda row: SCENES.index(scene_of(column, row)))
        if rows:
            yield LABELS[column], [(f"{column}.{row.pk}", labelled(column, row)) for row in rows]


def labelled(column: str, row: Any) -> str:
    return f"{scene_of(column, row).label}：{name_of(column, row)}"


def key_of(column: str, row: Any) -> str:
    """Return the key of the one evaluation of a thing: two people who write it at once write the same."""
    plain = f"{column}-{row.key}"
    if len(plain) <= LONGEST_KEY:
        return plain
    return f"{column}-{hashlib.sha256(row.key.encode()).hexdigest()[:40]}"
