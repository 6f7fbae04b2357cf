"""Saving the entry grid: every line that can be taken is saved, whatever stands in the others.

A line holds one fact of its own, so an error in one is no reason to lose 39 others. A value that somebody else has
saved meanwhile is never overwritten unseen: its line comes back with both.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from indicators import entering, grid
from indicators.choices import Finality
from indicators.printing import printed
from municipalities import numerals
from municipalities.kernel import changes
from municipalities.kernel.changes import StaleVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indicators.grid import Line
    from indicators.long_format import Fact
    from indicators.models import Measurement
    from municipalities.models import Cycle, User

WRITTEN = (*grid.FIELDS, "numerator", "denominator")
THEIRS = "theirs-"
GONE = "この値は削除されました"
TAKEN = "この出典の今年の値は、ほかにもあります。別の出典にしてください。"


@dataclass(frozen=True, slots=True)
class Saved:
    """How many values were written, and the lines as they are to be shown now."""

    count: int
    lines: list[Line]

    @property
    def errors(self) -> list[Line]:
        return [line for line in self.lines if line.errors]

    @property
    def conflicts(self) -> list[Line]:
        return [line for line in self.lines if line.theirs]

    @property
    def is_clean(self) -> bool:
        return not self.errors and not self.conflicts


def save(cycle: Cycle, typed: Mapping[str, str], *, by: User) -> Saved:
    """Save what was typed; lines with an error or a conflict come back as typed."""
    try:
        return attempt(cycle, typed, by=by)
    except (StaleVersion, IntegrityError):
        # Somebody saved one of these values while we did: look again.
        return attempt(cycle, typed, by=by)


def attempt(cycle: Cycle, typed: Mapping[str, str], *, by: User) -> Saved:
    with transaction.atomic():
        lines = grid.of(cycle, with_scenes=False)
        grid.typed_into(lines, typed, cycle)
        grid.read(lines, cycle, source=typed.get("source", "").strip())
        count = sum(
            save_line(line, line.fact, by=by)
            for line in lines
            if line.fact and f"{THEIRS}{line.key}" not in typed
        )
    saved = Saved(count, lines)
    # Where all is saved, the lines are read anew by the page that follows.
    return saved if saved.is_clean else Saved(count, as_stored_now(lines, cycle))


def save_line(line: Line, fact: Fact, *, by: User) -> bool:
    """Write one line; return whether anything was written. A conflict is told on the line."""
    stored, other = value_of(line, fact), line.of_this_year(fact.fiscal_year, source=fact.source)
    if stored and other and stored.pk != other.pk:
        line.errors["source"] = TAKEN
        return False
    if stored is None and line.base_key:
        line.theirs = GONE
        return False
    row = copy(stored) if stored else entering.blank(line.definition, fact.fiscal_year)
    entering.apply(row, fact)
    row.finality = fact.finality or Finality.FINAL
    row.source, row.as_of, row.note = fact.source, fact.as_of, fact.note
    if stored is None:
        changes.create_versioned(row, by=by)
        return True
    return save_over(stored, line, row, by=by)


def save_over(stored: Measurement, line: Line, row: Measurement, *, by: User) -> bool:
    if version_of(line) != stored.version and not merged(line, row, stored):
        return False
    if changes.values_of(row, WRITTEN) == changes.values_of(stored, WRITTEN):
        return False
    changes.save_versioned(row, by=by, expected_version=stored.version, fields=WRITTEN, read=stored)
    return True


def value_of(line: Line, fact: Fact) -> Measurement | None:
    """Return the value that the line was read from; for a new one, what has the same source by now."""
    if line.base_key:
        return line.of_this_year(fact.fiscal_year, key=line.base_key)
    return line.of_this_year(fact.fiscal_year, source=fact.source)


def version_of(line: Line) -> int:
    return numerals.version(line.base.rpartition(":")[2])


def merged(line: Line, row: Measurement, stored: Measurement) -> bool:
    """Bring my line and theirs together on `row`; False, told on the line, where both changed one field."""
    mine = {name: getattr(row, name) for name in grid.FIELDS}
    version = version_of(line)
    merge = changes.merge(stored, mine, base_version=version if version <= stored.version else 0)
    if merge.conflicts:
        line.theirs = in_words(stored, line)
        return False
    for name, value in merge.values.items():
        setattr(row, name, value)
    if row.value == stored.value:
        row.numerator, row.denominator = stored.numerator, stored.denominator
    return True


def in_words(stored: Measurement, line: Line) -> str:
    """Return what is stored: 「31.5％（確定、出典：…、見本 花子）」."""
    value = printed(
        stored.value,
        state=stored.state,
        unit=line.definition.unit,
        decimals=line.definition.decimals,
    )
    parts = [stored.get_finality_display(), f"出典：{stored.source}"]
    if stored.note:
        parts.append(f"注記：{stored.note}")
    return f"{value}（{'、'.join(parts)}）"


def as_stored_now(lines: list[Line], cycle: Cycle) -> list[Line]:
    """Return the lines as they are stored by now; those with an error or a conflict keep what was typed."""
    stored = {line.key: line for line in grid.of(cycle)}
    for line in lines:
        now = stored.get(line.key)
        line.scene = now.scene if now else ""
        if now is None or line.errors:
            continue
        if line.theirs and line.fact:
            # The next saving overwrites what is shown here, and nothing later.
            line.base = grid.base_of(value_of(line, line.fact))
        else:
            line.texts, line.base = now.texts, now.base
    return lines
