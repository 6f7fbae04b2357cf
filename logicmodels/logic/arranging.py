"""Placing, moving and detaching in a logic model: commands that read again, under the model's lock, and never conflict."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404

from logicmodels.logic import reading
from logicmodels.models import Activity, LogicModel, Outcome, OutcomeLink, Placement
from logicmodels.shape import structure
from municipalities.kernel import changes, trash
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from municipalities.kernel.changes import Versioned
    from municipalities.kernel.trash import TrashItem
    from municipalities.models import Cycle, User

GONE = "この行は、ほかの人がすでに外しています。いまの内容を確かめてください。"


@dataclass(frozen=True, slots=True)
class Moved:
    """From which number to which; `outcome` names the group it came into, if it left its own."""

    before: int
    after: int
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """An activity as it stands on a line of a paper: its name, and the note that belongs to the place."""

    name: str
    note: str = ""


BULLET = re.compile(r"^(?:[・●○◯■□◆◇\-–—*]|\d{1,3}[.．、)）\t])\s*")
AGAIN = re.compile(r"^[(（]再[)）]\s*")
NOTE = re.compile(r"^(.+?)\s*[(（](※[^()（）]+)[)）]$")


def pasted(line: str) -> Pasted:
    """Read a line as papers have it: 「・（再）多職種が参画する研修の実施（※医師会に要相談）」."""
    text = AGAIN.sub("", BULLET.sub("", line.strip()))
    found = NOTE.match(text)
    return Pasted(found[1], found[2]) if found else Pasted(text)


def locked(model: LogicModel) -> LogicModel:
    """Take the model's lock for the rest of the transaction: what stands in it changes by one hand at a time.

    Raises Http404 when somebody has deleted the model since it was read.
    """
    get_object_or_404(LogicModel.objects.select_for_update(), pk=model.pk)
    return model


def move(model: LogicModel, key: str, *, step: int, by: User) -> Moved:
    """Move a placement one place up (−1) or down (1), over the end of its outcome into the next one.

    Raises ValidationError when somebody has detached it meanwhile.
    """
    with transaction.atomic():
        outcomes, rows = _read(locked(model))
        if key not in rows:
            raise ValidationError(GONE)
        found = structure.build(
            [reading.effect_of(one) for one in outcomes.values()],
            [reading.place_of(one) for one in rows.values()],
        )
        order = structure.moved(found, key, step)
        home = rows[key].outcome.key
        for name, keys in order.items():
            _put(outcomes[name], [rows[one] for one in keys], by=by)
    place = next(name for name, keys in order.items() if key in keys)
    flat = [one for keys in order.values() for one in keys]
    return Moved(
        found.number_of(key), flat.index(key) + 1, "" if place == home else outcomes[place].text
    )


def _read(model: LogicModel) -> tuple[dict[str, Outcome], dict[str, Placement]]:
    """Return a model's outcomes and placements by key in their order, locked."""
    outcomes = {one.key: one for one in reading.outcomes_of(model).select_for_update()}
    rows = {}
    for placement in reading.placements_of(model).select_for_update(of=("self",)):
        placement.cycle = model.cycle
        placement.outcome = outcomes[placement.outcome.key]
        rows[placement.key] = placement
    for outcome in outcomes.values():
        outcome.cycle = model.cycle
    return outcomes, rows


def _put(outcome: Outcome, rows: list[Placement], *, by: User) -> None:
    """Let these rows stand under an outcome in this order; only what changes is written."""
    current = [row.position if row.outcome.key == outcome.key else None for row in rows]
    for row, position in zip(rows, structure.slots(current), strict=True):
        row.outcome, row.position = outcome, position
        _save(row, ("outcome", "position"), by=by)


def _save(row: Versioned, fields: tuple[str, ...], *, by: User, deed: str = "move") -> None:
    changes.save_versioned(row, by=by, expected_version=row.version, fields=fields, deed=deed)


def move_outcome(model: LogicModel, key: str, *, step: int, by: User) -> None:
    """Let an outcome trade places with the one above (−1) or below it (1); its rows go along."""
    with transaction.atomic():
        rows, _ = _read(locked(model))
        order = list(rows)
        if key not in order:
            raise ValidationError(GONE)
        index = order.index(key)
        order.insert(max(index + step, 0), order.pop(index))
        _renumber([rows[name] for name in order], by=by)


def _renumber(rows: Sequence[Outcome], *, by: User) -> None:
    slots = structure.slots([row.position for row in rows])
    for row, position in zip(rows, slots, strict=True):
        row.position = position
        _save(row, ("position",), by=by)


def add_outcome(outcome: Outcome, *, by: User) -> None:
    """Put a new outcome at the end of its model."""
    with transaction.atomic():
        model = locked(outcome.logic_model)
        outcome.position = _after(reading.outcomes_of(model))
        outcome.key = new_key("outcome")
        changes.create_versioned(outcome, by=by)


def add_model(model: LogicModel, *, by: User) -> None:
    """Put a new logic model at the end of its year's list."""
    model.position = _after(LogicModel.objects.filter(cycle=model.cycle))
    model.key = new_key("model")
    changes.create_versioned(model, by=by)


def add_link(link: OutcomeLink, *, by: User) -> None:
    """Let one outcome lead to another. Raises ValidationError for what has become a circle meanwhile."""
    with transaction.atomic():
        found = reading.structure_of(locked(link.logic_model))
        if sentence := structure.refusal(found, link.cause.key, link.effect.key):
            raise ValidationError(sentence)
        link.key = new_key("link")
        changes.create_versioned(link, by=by)


def _after(rows) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def same_name(cycle: Cycle, name: str) -> Activity | None:
    """Return the activity of the year that bears this name; width of letters and blanks do not count."""
    wanted = _plain_name(name)
    for activity in Activity.objects.filter(cycle=cycle).order_by("position", "key"):
        if _plain_name(activity.name) == wanted:
            return activity
    return None


def _plain_name(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def place(
    outcome: Outcome, activities: Collection[Activity], *, by: User, note: str = ""
) -> list[Placement]:
    """Put activities at the end of an outcome; those that stand there already are left as they are."""
    with transaction.atomic():
        locked(outcome.logic_model)
        there = Placement.objects.filter(outcome=outcome)
        taken = set(there.values_list("activity_id", flat=True))
        first = _after(there)
        new = [activity for activity in activities if activity.pk not in taken]
        return [
            _new_placement(outcome, activity, position, note=note, by=by)
            for position, activity in enumerate(new, first)
        ]


def _new_placement(
    outcome: Outcome, activity: Activity, position: int, *, note: str, by: User
) -> Placement:
    placement = Placement(
        cycle=outcome.cycle,
        key=new_key("placement"),
        outcome=outcome,
        activity=activity,
        note=note,
        position=position,
    )
    changes.create_versioned(placement, by=by)
    return placement


def place_by_name(outcome: Outcome, named: Pasted, *, by: User) -> tuple[Placement | None, bool]:
    """Put the activity of this name at an outcome; say whether it had to be made.

    Returns no placement where it stands at the outcome already.
    """
    with transaction.atomic():
        locked(outcome.logic_model)
        activity, is_new = same_name(outcome.cycle, named.name), False
        if activity is None:
            activity, is_new = _new_activity(outcome, named.name, by=by), True
        placed = place(outcome, [activity], by=by, note=named.note)
    return (placed[0] if placed else None), is_new


def _new_activity(outcome: Outcome, name: str, *, by: User) -> Activity:
    """Make an activity of the outcome's scene at the end of the year's list."""
    activity = Activity(
        cycle=outcome.cycle,
        key=new_key("activity"),
        name=name,
        scene=outcome.scene,
        position=_after(Activity.objects.filter(cycle=outcome.cycle)),
    )
    changes.create_versioned(activity, by=by)
    return activity


def use_at(
    model: LogicModel, activity: Activity, *, wanted: set[str], shown: set[str], by: User
) -> tuple[int, int]:
    """Let an activity stand at the wanted outcomes; return how many places came and went.

    `shown` are the outcomes that were ticked when the page was opened: a place that somebody has
    added since is not taken away.
    """
    with transaction.atomic():
        outcomes, rows = _read(locked(model))
        places = {row.outcome.key: row for row in rows.values() if row.activity_id == activity.pk}
        added = [outcomes[key] for key in outcomes if key in wanted and key not in places]
        gone = [places[key] for key in places if key in shown and key not in wanted]
        for outcome in added:
            outcome.logic_model = model
            place(outcome, [activity], by=by)
        for row in gone:
            detach(row, by=by)
    return len(added), len(gone)


def detach(placement: Placement, *, by: User) -> TrashItem:
    """Take an activity from its place; the activity stays. The caller holds the row's lock."""
    return trash.throw_away(placement, by=by, title=f"取組の配置「{placement.activity.name}」")


def detach_by_key(model: LogicModel, key: str, *, by: User) -> tuple[Placement, TrashItem]:
    """Take an activity from its place in a model. Raises ValidationError when it is gone already."""
    with transaction.atomic():
        placement = _one(locked(model), key)
        return placement, detach(placement, by=by)


def _one(model: LogicModel, key: str) -> Placement:
    """Return a placement as it stands now, locked."""
    rows = reading.placements_of(model).select_for_update(of=("self",)).filter(key=key)
    row = rows.first()
    if row is None:
        raise ValidationError(GONE)
    row.cycle = model.cycle
    return row


# What a copy takes along: all that describes the activity. Partners, milestones and results stay with the original.
COPIED = (
    "name",
    "scene",
    "description",
    "target_group",
    "status",
    "work_item",
    "execution",
    "executor",
    "area",
    "period",
    "frequency",
    "times_min",
    "times_max",
    "funding",
    "audience",
)


def split(model: LogicModel, key: str, *, by: User) -> Activity:
    """Give this place an activity of its own, which begins as a copy; the other places keep theirs.

    Raises ValidationError when the place is gone.
    """
    with transaction.atomic():
        row = _one(locked(model), key)
        copy = Activity(cycle=model.cycle, key=new_key("activity"))
        for name in COPIED:
            setattr(copy, name, getattr(row.activity, name))
        copy.position = _after(Activity.objects.filter(cycle=model.cycle))
        changes.create_versioned(copy, by=by)
        row.activity = copy
        _save(row, ("activity",), by=by, deed="edit")
    return copy
