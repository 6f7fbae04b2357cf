"""Reading what was typed into a table of months, quarters or areas, and what was pasted for it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from indicators.arithmetic import accumulating
from indicators.arithmetic.derivation import OF_NOBODY, is_of_nobody
from indicators.choices import Accumulation, PartKind, ValueKind, ValueState
from indicators.parts.parts import NUMBERS, SHARE
from municipalities.fields import JaTextField
from municipalities.japanese import numerals

if TYPE_CHECKING:
    from indicators.parts.parts import Line, Sheet

MOST = Decimal(10**11)
PLACES = 4
BOTH = "分子と分母は、両方を入力するか、両方とも空けてください。"
SIGN = "「{sign}」のままでは読めません。値がないときは、空けるか「該当なし」「不明」と入力してください。"
NEGATIVE = "0以上の数字を入力してください。"
TOO_LONG = "整数は11桁まで、小数は4桁までで入力してください。"
NOTE = JaTextField(label="注記", max_length=500, required=False)


def read(table: Sheet) -> None:
    """Find out what the lines say; what cannot be taken stays as typed, with a sentence."""
    for line in table.lines:
        read_line(table, line)


def read_line(table: Sheet, line: Line) -> None:
    found = {name: read_cell(table, line, name) for name in table.columns}
    if line.errors:
        return
    line.numbers = {name: found[name].value if name in found else None for name in NUMBERS}
    states = {one.state for one in found.values() if one.state}
    values = [one.value is not None for one in found.values()]
    if _is_of_nobody(table, line):
        line.errors["denominator"] = OF_NOBODY
    if any(values) and (states or not all(values)):
        missing = next(name for name, one in found.items() if one.value is None)
        line.errors[missing] = BOTH
    line.state = states.pop() if states else ValueState.NOT_ENTERED
    if all(values):
        line.state = ValueState.VALUE
    read_note(line)


def _is_of_nobody(table: Sheet, line: Line) -> bool:
    """A last day without users may follow a month with some: that denominator is not the one of the month."""
    is_of_last_day = (
        table.kind != PartKind.AREA and accumulating.rule_of(table.definition) == Accumulation.RATED
    )
    numerator, denominator = (line.numbers[name] for name in SHARE)
    return not is_of_last_day and is_of_nobody(numerator, denominator)


def read_note(line: Line) -> None:
    try:
        line.texts["note"] = NOTE.clean(line.texts["note"])
    except ValidationError as error:
        line.errors["note"] = f"{error.messages[0]}。"


def read_cell(table: Sheet, line: Line, name: str) -> numerals.Numeral:
    unit = table.definition.unit if name == "value" else ""
    try:
        found = numerals.read(line.texts[name], unit=unit)
    except numerals.NumeralError as error:
        line.errors[name] = f"{str(error).rstrip('。')}。"
        return numerals.Numeral()
    if wrong := refused(found, may_be_negative=_may_be_negative(table)):
        line.errors[name] = wrong
    return found


def refused(found: numerals.Numeral, *, may_be_negative: bool) -> str:
    if found.sign:
        return SIGN.format(sign=found.sign)
    if found.value is None:
        return ""
    if found.value < 0 and not may_be_negative:
        return NEGATIVE
    is_long = abs(found.value) >= MOST or found.value != round(found.value, PLACES)
    return TOO_LONG if is_long else ""


def _may_be_negative(table: Sheet) -> bool:
    return table.definition.value_kind == ValueKind.DIFFERENCE


def paste(table: Sheet, text: str) -> list[str]:
    """Put a block from a spreadsheet into the cells, from the first line on; return what has found no place.

    A first column with the names of the lines says where each row belongs.
    """
    rows = [row.split("\t") for row in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
    width = len(table.columns)
    by_label = {line.label: line for line in table.lines}
    is_named = all(len(row) > width and row[0].strip() in by_label for row in rows if any(row))
    lost = 0
    for at, row in enumerate(rows):
        line = by_label[row[0].strip()] if is_named and any(row) else _at(table.lines, at)
        cells = row[1:] if is_named else row
        if line is None:
            lost += any(cells)
        else:
            line.texts |= dict(zip(table.columns, map(str.strip, cells), strict=False))
    return [f"表の行が足りないため、{lost}行は入れていません。"] if lost else []


def _at(lines: list[Line], at: int) -> Line | None:
    return lines[at] if at < len(lines) else None
