"""Saving the months, quarters or areas of a value, and with them the value of the year by the rule of its definition.

All or nothing: one piece that cannot be read, or that somebody else has saved meanwhile, keeps the others waiting.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from indicators.arithmetic import accumulating, periods
from indicators.choices import Finality, PartKind, ValueState
from indicators.entering import entering
from indicators.models import Measurement, MeasurementPart
from indicators.parts import parts, parts_reading
from municipalities.kernel import changes
from municipalities.kernel.changes import StaleVersion
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from indicators.parts.parts import Line, Sheet
    from municipalities.models import User

OF_PART = (*parts.NUMBERS, "state", "as_of", "note")
COMPUTED = ("value", "numerator", "denominator", "state", "finality", "as_of", "composed_of")
TYPED_OVER = ("value", "state", "composed_of")
NOT_COMPLETE = (
    "すべての期間（圏域）の値がそろっていないため、確定にはできません。"
    "足りない値を入力するか、「確定した値として保存する」を外してください。"
)
NO_VALUE = "値を1つ以上入力してください。"
NO_SOURCE = "出典を入力してください（例：相談窓口の月報）。"
TOO_GREAT = "内訳から計算した値が大きすぎます。内訳の桁を確かめてください。"
CHANGED = (
    "ほかの人が先に年度の実績値を変更しました。まだ保存していません。"
    "いまの実績値を確かめて、よければもう一度保存してください。"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is said beside the table: whether the value comes from it and is final; of areas, of which day."""

    is_used: bool
    is_final: bool
    source: str = ""
    as_of: dt.date | None = None
    base_version: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The table as it is to be shown; nothing was saved where a problem or a conflict is told."""

    table: Sheet
    problems: tuple[tuple[str, str], ...] = ()
    conflict: str = ""

    @property
    def is_saved(self) -> bool:
        return not self.problems and not self.is_refused and not self.is_overtaken

    @property
    def is_refused(self) -> bool:
        return bool(self.table.errors or self.problems)

    @property
    def is_overtaken(self) -> bool:
        return bool(self.table.conflicts or self.conflict)


def save(table: Sheet, typed: Mapping[str, str], *, wish: Wish, by: User) -> Outcome:
    """Save the pieces and the value that they make up, or say why not."""
    parts.typed_into(table, typed)
    parts_reading.read(table)
    problems = tuple(_problems(table, wish))
    if table.errors or problems:
        return Outcome(table, problems)
    try:
        with transaction.atomic():
            outcome = _write(table, wish, by=by)
            if not outcome.is_saved:
                transaction.set_rollback(True)
    except (StaleVersion, IntegrityError):
        return Outcome(table, conflict=CHANGED)
    return outcome


def _problems(table: Sheet, wish: Wish) -> list[tuple[str, str]]:
    found = []
    if table.is_new and not wish.source:
        found.append(("source", NO_SOURCE))
    if table.is_new and not table.known:
        found.append(("table", NO_VALUE))
    if wish.is_final and not table.is_complete:
        found.append(("final", NOT_COMPLETE))
    whole = table.whole
    numbers = (whole.value, whole.numerator, whole.denominator) if whole else ()
    if any(one is not None and abs(one) >= parts_reading.MOST for one in numbers):
        found.append(("used", TOO_GREAT))
    return found


def _write(table: Sheet, wish: Wish, *, by: User) -> Outcome:
    if table.is_new:
        row = _created(table, wish, by=by)
    else:
        row = Measurement.objects.select_for_update().get(pk=table.measurement.pk)
        if _is_typed_over(row, table, wish):
            return Outcome(table, conflict=CHANGED)
    stored = {(one.period, one.area_key): one for one in parts.stored_parts([row]).get(row.pk, ())}
    for line in table.lines:
        at = (line.period, line.area.key if line.area else "")
        _save_line(line, row, stored.get(at), table=table, by=by)
    if not table.is_new and not table.conflicts:
        _save_whole(table, row, wish, by=by)
    return Outcome(table)


def _is_typed_over(row: Measurement, table: Sheet, wish: Wish) -> bool:
    """Say whether the value is another than its author saw, and not just one computed anew from this table."""
    if row.version == wish.base_version or row.composed_of == table.kind:
        return False
    if not 0 < wish.base_version < row.version:
        return True
    before = changes.values_at(row, wish.base_version, TYPED_OVER)
    return before != changes.values_of(row, TYPED_OVER)


def _created(table: Sheet, wish: Wish, *, by: User) -> Measurement:
    row = entering.blank(table.definition, table.fiscal_year, wish.source)
    _compose(table, row, wish)
    changes.create_versioned(row, by=by)
    return row


def _save_line(
    line: Line, row: Measurement, stored: MeasurementPart | None, *, table: Sheet, by: User
) -> None:
    """Write one piece, unless nothing of it has changed. A conflict is told on the line."""
    is_blank = line.state == ValueState.NOT_ENTERED and not line.texts["note"]
    if stored is None and is_blank:
        return
    part = _put(line, copy(stored) if stored else _blank(line, row), table)
    if stored is None:
        changes.create_versioned(part, by=by)
        return
    if line.base != stored.version and not _merged(line, part, stored):
        line.theirs, line.base = parts.in_words(stored, table.columns), stored.version
        return
    changes.save_versioned(
        part, by=by, expected_version=stored.version, fields=OF_PART, read=stored
    )
    line.numbers, line.state = {n: getattr(part, n) for n in parts.NUMBERS}, part.state


def _blank(line: Line, row: Measurement) -> MeasurementPart:
    return MeasurementPart(
        key=new_key("part"),
        measurement=row,
        period=line.period,
        area=line.area,
        area_key=line.area.key if line.area else "",
    )


def _put(line: Line, part: MeasurementPart, table: Sheet) -> MeasurementPart:
    for name in parts.NUMBERS:
        number = line.numbers[name]
        setattr(part, name, None if number is None else number.quantize(entering.STORED_DIGITS) + 0)
    part.state, part.note = line.state, line.texts["note"]
    has_day = line.has_value and table.kind != PartKind.AREA
    part.as_of = periods.last_day(line.period, table.fiscal_year) if has_day else None
    return part


def _merged(line: Line, part: MeasurementPart, stored: MeasurementPart) -> bool:
    """Bring my piece and theirs together on `part`; False where both changed one cell."""
    mine = {name: getattr(part, name) for name in OF_PART}
    base = line.base if line.base <= stored.version else 0
    merge = changes.merge(stored, mine, base_version=base)
    for name, value in merge.values.items():
        setattr(part, name, value)
    is_told = part.value is not None or None not in (part.numerator, part.denominator)
    return not merge.conflicts and (part.state == ValueState.VALUE) == is_told


def _save_whole(table: Sheet, read: Measurement, wish: Wish, *, by: User) -> None:
    """Write the value of the year, or take the word back that it is computed; else leave it alone."""
    row = copy(read)
    if wish.is_used:
        _compose(table, row, wish)
    elif row.composed_of == table.kind:
        row.composed_of = ""
    follow = row.forget_check() if row.value != read.value else ()
    changes.save_versioned(
        row, by=by, expected_version=read.version, fields=(*COMPUTED, *follow), read=read
    )


def _compose(table: Sheet, row: Measurement, wish: Wish) -> None:
    whole, known = table.whole, table.known
    row.composed_of = table.kind.value
    row.value, row.numerator, row.denominator = (
        _stored(whole, table) if whole else (None, None, None)
    )
    row.state = ValueState.VALUE if row.value is not None else _state_without(known)
    row.finality = Finality.FINAL if wish.is_final else Finality.PRELIMINARY
    if table.kind == PartKind.AREA:
        row.as_of = wish.as_of
    else:
        row.as_of = periods.last_day(known[-1].period, table.fiscal_year) if known else None


def _stored(whole: accumulating.Whole, table: Sheet) -> list[Decimal | None]:
    numbers = (whole.value, whole.numerator, whole.denominator)
    digits = table.definition.decimals
    return [None if one is None else accumulating.stored(one, decimals=digits) for one in numbers]


def _state_without(known: list[Line]) -> ValueState:
    """Pieces with a denominator of nothing have no quotient; without pieces nothing was entered."""
    return ValueState.NOT_APPLICABLE if known else ValueState.NOT_ENTERED
