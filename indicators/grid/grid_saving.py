"""Saving the entry grid: every line that can be taken is saved, whatever stands in the others.

A line holds one fact of its own, so an error in one is no reason to lose 39 others. A value that somebody else has
saved meanwhile is never overwritten unseen: its line comes back with both.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from indicators.choices import CheckedAs, Finality
from indicators.entering import entering
from indicators.grid import grid, grid_reading
from municipalities.fields import JaTextField
from municipalities.japanese import dates, fiscal, numerals
from municipalities.kernel import changes
from municipalities.kernel.changes import StaleVersion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indicators.grid.grid import Line
    from indicators.long_format import Fact
    from indicators.models import Measurement
    from municipalities.models import Cycle, User

COMPARED = (*grid.FIELDS, *grid.CHECKED)
WRITTEN = (*COMPARED, "numerator", "denominator")
OWN, OTHER = "あなたが別の画面で", "ほかの人が"
LOST = (
    "値を書き換えたため、分子と分母を空欄にしました：{names}{more}。"
    "人を数えた割合は、分子と分母がないと、都道府県などに渡す書類では秘匿します。指標の画面でその年度の値を開いて、入力してください。"
)
MOST_NAMED = 5
GONE = "この値は削除されました"
TAKEN = "この出典のこの年度の値は、ほかにもあります。別の出典にしてください。"
NOTE = JaTextField(label="確かめたこと", max_length=200, required=False)


@dataclass(frozen=True, slots=True)
class Saved:
    """How many values were written, and the lines as they are to be shown now."""

    count: int
    lines: list[Line]
    # What was written without the parts that were stored with it, in words.
    without_parts: tuple[str, ...] = ()

    @property
    def what_was_lost(self) -> str:
        """Return in a sentence which values have lost their parts; empty where none has."""
        if not self.without_parts:
            return ""
        names, more = self.without_parts[:MOST_NAMED], len(self.without_parts) - MOST_NAMED
        return LOST.format(names="、".join(names), more=f"ほか{more}件" if more > 0 else "")

    @property
    def errors(self) -> list[Line]:
        return [line for line in grid.every(self.lines) if line.errors]

    @property
    def conflicts(self) -> list[Line]:
        return [line for line in grid.every(self.lines) if line.theirs]

    @property
    def is_of_others(self) -> bool:
        """Whether what was saved meanwhile was saved by other people, not by oneself on another page."""
        return any(line.who == OTHER for line in self.conflicts)

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
        lines = grid.of(cycle, is_shown=False)
        grid.typed_into(lines, typed)
        grid_reading.read(lines, source=typed.get("source", "").strip())
        written = [
            line
            for line in grid.every(lines)
            if line.fact and not line.keeps_theirs and save_line(line, line.fact, by=by)
        ]
    lost = tuple(
        f"{one.definition.name}（{fiscal.in_brackets(one.year)}）"
        for one in written
        if one.loses_parts
    )
    saved = Saved(len(written), lines, lost)
    # Where all is saved, the lines are read anew by the page that follows.
    return saved if saved.is_clean else replace(saved, lines=as_stored_now(lines, cycle))


def look(lines: Iterable[Line], *, by: User) -> None:
    """Tell on each line what saving it would come upon; nothing is written."""
    for line in grid.every(lines):
        if line.fact:
            row_for(line, line.fact, by=by)


def take_back(lines: list[Line], cycle: Cycle, typed: Mapping[str, str], *, by: User) -> bool:
    """Put what was typed earlier into the lines; one that said nothing of its own is as it is stored now.

    Returns whether anything stands there by now that is not stored.
    """
    if not typed:
        return False
    stored = {line.key: copy(line) for line in lines}
    grid.typed_into(lines, typed)
    grid_reading.read(lines, source=typed.get("source", "").strip())
    for line in lines:
        line.before = [one for one in line.before if not says_nothing(one, now_of(one), by=by)]
        if says_nothing(line, stored[line.key].stored, by=by):
            renew(line, stored[line.key])
    return any(differs(line, stored[line.key]) for line in lines)


def differs(line: Line, stored: Line) -> bool:
    told = ((stored.checked.get(name, ""), text) for name, text in line.checked.items())
    return bool(line.before) or line.texts != stored.texts or any(one != text for one, text in told)


def now_of(line: Line) -> Measurement | None:
    """Return what is stored by now in the place of a year before into which somebody has typed."""
    return value_of(line, line.fact) if line.fact else line.stored


def says_nothing(line: Line, now: Measurement | None, *, by: User) -> bool:
    """Whether a line that was read from another version than today's holds nothing that its author has changed."""
    if line.errors or line.base == grid.base_of(now):
        return False
    if line.fact is None:
        return True
    row, stored = row_for(line, line.fact, by=by)
    if row is None or stored is None:
        return False
    return changes.values_of(row, WRITTEN) == changes.values_of(stored, WRITTEN)


def save_line(line: Line, fact: Fact, *, by: User) -> bool:
    """Write one line; return whether anything was written. A conflict is told on the line."""
    row, stored = row_for(line, fact, by=by)
    if row is None:
        return False
    if stored is None:
        changes.create_versioned(row, by=by)
        return True
    if changes.values_of(row, WRITTEN) == changes.values_of(stored, WRITTEN):
        return False
    changes.save_versioned(row, by=by, expected_version=stored.version, fields=WRITTEN, read=stored)
    return True


def row_for(line: Line, fact: Fact, *, by: User) -> tuple[Measurement | None, Measurement | None]:
    """Return the row to be written, and what is stored in its place; no row where the line tells why not."""
    stored, other = value_of(line, fact), line.sourced(fact.source)
    if stored and other and stored.pk != other.pk:
        line.errors["source"] = TAKEN
        return None, stored
    if stored is None and line.base_key:
        line.theirs = GONE
        return None, None
    row = copy(stored) if stored else entering.blank(line.definition, fact.fiscal_year)
    entering.apply(row, fact)
    row.finality = fact.finality or Finality.FINAL
    row.source, row.as_of, row.note = fact.source, fact.as_of, fact.note
    if stored and stored.composed_of and (row.value, row.state) != (stored.value, stored.state):
        line.errors["value"] = entering.COMPUTED
        return None, stored
    is_told = answered(line, row)
    if stored and version_of(line) != stored.version:
        is_told = merged(line, row, stored, by=by) and is_told
    return (row if is_told else None), stored


def answered(line: Line, row: Measurement) -> bool:
    """Write what was found about a strange value, where it was asked. False, told on the line, for what cannot be kept."""
    if not line.doubts or not line.checked:
        return True
    chosen, note = (line.checked.get(name, "") for name in grid.CHECKED)
    row.checked_as = chosen if chosen in CheckedAs.values else ""
    try:
        row.checked_note = NOTE.clean(note) if row.checked_as else ""
    except ValidationError as error:
        line.errors["checked_note"] = f"{error.messages[0]}。"
    return "checked_note" not in line.errors


def value_of(line: Line, fact: Fact) -> Measurement | None:
    """Return the value that the line was read from; for a new one, what has the same source by now."""
    if line.base_key:
        return line.keyed(line.base_key)
    return line.sourced(fact.source)


def version_of(line: Line) -> int:
    return numerals.version(line.base.rpartition(":")[2])


def merged(line: Line, row: Measurement, stored: Measurement, *, by: User) -> bool:
    """Bring my line and theirs together on `row`; False, told on the line, where both changed one field."""
    mine = {name: getattr(row, name) for name in COMPARED}
    version = version_of(line)
    merge = changes.merge(stored, mine, base_version=version if version <= stored.version else 0)
    if merge.conflicts:
        line.theirs = in_words(stored, line)
        line.who = OWN if stored.updated_by_id == by.pk else OTHER
        return False
    for name, value in merge.values.items():
        setattr(row, name, value)
    if row.value == stored.value:
        row.numerator, row.denominator = stored.numerator, stored.denominator
    return True


def in_words(stored: Measurement, line: Line) -> str:
    """Return what is stored, by whom: 「31.5％（確定、出典：調査）。保存した人：見本市 担当者（2026年11月26日（木）14:03）」."""
    parts = [stored.get_finality_display(), f"出典：{stored.source}"]
    if stored.note:
        parts.append(f"注記：{stored.note}")
    who, at = stored.updated_by or "システム", timezone.localtime(stored.updated_at)
    when = f"{dates.in_western(at.date())}{at:%H:%M}"
    return f"{grid.in_words(line, stored)}（{'、'.join(parts)}）。保存した人：{who}（{when}）"


def as_stored_now(lines: list[Line], cycle: Cycle) -> list[Line]:
    """Return the lines as they are stored by now; those with an error or a conflict keep what was typed."""
    stored = {line.key: line for line in grid.of(cycle)}
    for line in lines:
        now = stored.get(line.key)
        if now is None:
            continue
        line.scene, line.earlier, line.values = now.scene, now.earlier, now.values
        line.before = [one for one in line.before if one.errors or one.theirs]
        for one in (*line.before, line):
            one.quoted = now.quoted
            keep_or_renew(one, now)
    return lines


def keep_or_renew(line: Line, now: Line) -> None:
    """A line that is saved shows what is stored; one with an error keeps its texts; one with a conflict both."""
    if line.errors:
        return
    line.values = now.values
    if line.theirs and line.fact:
        # The next saving overwrites what is shown here, and nothing later.
        line.base = grid.base_of(value_of(line, line.fact))
    elif not line.is_before:
        renew(line, now)


def renew(line: Line, now: Line) -> None:
    line.texts, line.base, line.stored = now.texts, now.base, now.stored
    line.checked = now.checked
    line.loses_parts = ""
