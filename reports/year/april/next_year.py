"""April: the next year as a draft, out of this one; once more for what was added since; and back again.

The plan goes over row by row under its key, values do not (docs/adr/0034). Each deed is one transaction
under the municipality's lock: of two people at once the second finds everything done.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from municipalities.choices import CycleState
from municipalities.japanese import dates, fiscal
from municipalities.kernel import changes
from municipalities.models import Change, Cycle, Municipality
from municipalities.rows.carrying import DEED, Carrier, Carries, Wishes
from municipalities.rows.keys import new_key
from reports.document import assembly
from reports.models import Carried
from reports.submission.counting import progress
from reports.support import steps
from reports.year.april import improvements
from reports.year.april.copying import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import User
    from municipalities.rows.carrying import Which

UNDO = "carry_undo"
BEGIN = "begin_year"
OURS = (DEED, UNDO)
FIRST_MONTH = 12
WRITTEN = (
    "{label}には、引き継いだ後に書かれた内容があるため、取り消せません。"
    "要らない行は、それぞれの画面で削除してください。"
)
BEGUN = (
    "{label}は始まっているため、取り消せません。要らない行は、それぞれの画面で削除してください。"
)


class Refused(Exception):
    """A deed of April that cannot be done now; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person was shown and took: rows that they never saw are decided by nobody."""

    seen: frozenset[Which]
    taken: frozenset[Which]


def first_day(cycle: Cycle) -> dt.date:
    """Return from when the year after this one may be prepared: 1 December."""
    return dt.date(cycle.fiscal_year, FIRST_MONTH, 1)


def following(cycle: Cycle) -> Cycle | None:
    """Return the next year's cycle if there is one. Within the municipality."""
    found = Cycle.objects.filter(fiscal_year=cycle.fiscal_year + 1).first()
    if found is not None:
        found.municipality = cycle.municipality
    return found


def prepare(cycle: Cycle, *, by: User, choice: Choice) -> dict[str, int]:
    """Carry the plan into the next year, which is made as a draft; return the number of rows by part.

    A second press carries only what was added since and was never there. Raises Refused.
    """
    if timezone.localdate() < first_day(cycle):
        label = fiscal.label(cycle.fiscal_year + 1)
        day = dates.in_wareki(first_day(cycle))
        raise Refused(f"{label}の準備は、{day}から始められます。")
    with transaction.atomic():
        lock(cycle)
        target, _ = Cycle.objects.get_or_create(
            fiscal_year=cycle.fiscal_year + 1, defaults={"state": CycleState.DRAFT}
        )
        if not may_take_over(target):
            raise Refused(f"{target.label}は、この画面を使わずに始められています。")
        return _carry(cycle, target, by=by, choice=choice)


def may_take_over(target: Cycle) -> bool:
    """Say whether rows may be carried into a year: a draft, or one that was a draft of this making."""
    return target.state == CycleState.DRAFT or (target.is_open and bool(_came(target)))


def _carry(cycle: Cycle, target: Cycle, *, by: User, choice: Choice) -> dict[str, int]:
    old, new = assembly.stored_rows(cycle), assembly.stored_rows(target)
    left, merged = _left(old, new, target, choice), improvements.merged(old)
    carrier = Carrier(
        RULES,
        old=old,
        new=new,
        cycle=target,
        wishes=Wishes(left, merged),
        by=by,
    )
    made = carrier.carry()
    _note(target, choice, noted=new["carried"], there=new, by=by)
    return {name: len(rows) for name, rows in made.items() if rows}


def _left(
    old: dict[str, list[Any]], new: dict[str, list[Any]], target: Cycle, choice: Choice
) -> frozenset[Which]:
    """Return the rows that stay behind: not chosen, or brought once and deleted in the new year since."""
    chosen = {rule.part.name for rule in RULES if isinstance(rule, Carries) and rule.is_chosen}
    every = {(name, row.key) for name in chosen for row in old[name]}
    there = {(name, row.key) for name in chosen for row in new[name]}
    came, again = _came(target), _with_owners(old, choice.taken - there)
    gone = {
        (rule.part.name, row.key)
        for rule in RULES
        if isinstance(rule, Carries) and not rule.is_chosen
        for row in old[rule.part.name]
        if (rule.part.model._meta.label_lower, row.key) in came
    }
    return frozenset((every - choice.taken) | (gone - again))


def _with_owners(old: dict[str, list[Any]], taken: frozenset[Which]) -> set[Which]:
    """Return the rows inside, or placed by, an activity that is taken now: they come along with it."""
    found = set()
    for rule in RULES:
        part = rule.part
        owner = part.inside.name if part.inside else ""
        for row in old[part.name]:
            if owner and (owner, getattr(row, part.owner).key) in taken:
                found.add((part.name, row.key))
            if part.name == "placements" and ("activities", row.activity.key) in taken:
                found.add((part.name, row.key))
    return found


def _came(target: Cycle) -> dict[tuple[str, str], int]:
    """Return what was carried into a year since it was last taken back: table and key → id."""
    changed = Change.objects.filter(fiscal_year=target.fiscal_year)
    undone = changed.filter(deed=UNDO).order_by("-pk").values_list("pk", flat=True).first()
    rows = changed.filter(deed=DEED, pk__gt=undone or 0)
    return {(model, key): row for model, key, row in rows.values_list("model", "key", "row")}


def _note(
    target: Cycle,
    choice: Choice,
    *,
    noted: list[Any],
    there: dict[str, list[Any]],
    by: User,
) -> None:
    """Remember which rows were left behind by choice, and forget it of those that are taken after all."""
    present = {(name, row.key) for name in ("issues", "activities") for row in there[name]}
    known = {(row.part, row.row_key): row for row in noted}
    left = choice.seen - choice.taken - present
    new = [
        Carried(cycle=target, key=new_key("carried"), part=part, row_key=key, is_left_out=True)
        for part, key in sorted(left - known.keys())
    ]
    changes.create_together(new, by=by, deed=DEED, fiscal_year=target.fiscal_year)
    for which, row in known.items():
        is_left = which in left or (row.is_left_out and which not in choice.taken)
        if row.is_left_out != is_left:
            row.is_left_out = is_left
            changes.save_versioned(
                row, by=by, expected_version=row.version, fields=("is_left_out",)
            )


def take_back(cycle: Cycle, *, by: User) -> int:
    """Delete the draft that was made of this year, while nothing else was written in it; return its rows.

    Raises Refused, having changed nothing.
    """
    with transaction.atomic():
        lock(cycle)
        target = following(cycle)
        if target is None:
            return 0
        if target.state != CycleState.DRAFT:
            raise Refused(BEGUN.format(label=target.label))
        rows = assembly.stored_rows(target)
        if is_written_in(target) or _is_foreign(rows, _came(target)):
            raise Refused(WRITTEN.format(label=target.label))
        try:
            return _delete(target, rows, by=by)
        except ProtectedError as error:
            raise Refused(WRITTEN.format(label=target.label)) from error


def may_take_back(target: Cycle) -> bool:
    """Say whether a year is a draft in which nothing was written; the deed itself looks closer."""
    return target.state == CycleState.DRAFT and not is_written_in(target)


def is_written_in(target: Cycle) -> bool:
    """Say whether anything but April itself was ever told of a year since it was last taken back."""
    changed = Change.objects.filter(fiscal_year=target.fiscal_year)
    undone = Subquery(changed.filter(deed=UNDO).order_by("-pk").values("pk")[:1])
    return changed.filter(pk__gt=Coalesce(undone, 0)).exclude(deed__in=OURS).exists()


def _is_foreign(rows: dict[str, list[Any]], came: dict[tuple[str, str], int]) -> bool:
    """Say whether a row of the year did not come from the year before, or was changed since."""
    of_year = (row for rule in RULES for row in rows[rule.part.name])
    return any(
        row.version != 1 or came.get((row._meta.label_lower, row.key)) != row.pk for row in of_year
    )


def _delete(target: Cycle, stored: dict[str, list[Any]], *, by: User) -> int:
    number = 0
    for rule in reversed(RULES):
        found = stored[rule.part.name]
        if found:
            rows = rule.part.model.objects.filter(pk__in=[row.pk for row in found])
            # Whoever saves one of them now waits, and then finds it deleted; who was first keeps it.
            if set(rows.select_for_update().values_list("version", flat=True)) != {1}:
                raise Refused(WRITTEN.format(label=target.label))
            year = target.fiscal_year
            changes.tell_together(found, by=by, deed=UNDO, fiscal_year=year, is_gone=True)
            # Posts hold those below them: the whole table goes in one statement.
            rows.delete()
            number += len(found)
    target.delete()
    return number


def begin(target: Cycle, *, by: User) -> bool:
    """Turn a draft year into one that runs, with the steps of its support; False where it runs already."""
    with transaction.atomic():
        drafts = Cycle.objects.filter(pk=target.pk, state=CycleState.DRAFT)
        if not drafts.update(state=CycleState.OPEN):
            return False
        target.state = CycleState.OPEN
        changes.record(
            target,
            by=by,
            deed=BEGIN,
            before={"state": CycleState.DRAFT},
            after={"state": CycleState.OPEN},
        )
        steps.prepare(target, by=by)
        progress.publish(target)
    return True


def lock(cycle: Cycle) -> None:
    """Let nobody else of the municipality carry, take back or import until this is done."""
    Municipality.objects.select_for_update(no_key=True).get(pk=cycle.municipality_id)


def everything(cycle: Cycle) -> Choice:
    """Return the choice of who takes all that there is, for those who work without a page."""
    stored = assembly.stored_rows(cycle, only=("issues", "activities"))
    every: Iterable[Which] = (
        (name, row.key) for name in ("issues", "activities") for row in stored[name]
    )
    found = frozenset(every)
    return Choice(found, found)
