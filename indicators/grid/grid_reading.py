"""Reading what was typed into the entry grid: each line a fact, or what is wrong with it, and what is to be asked.

Reading a line never fails: what cannot be taken stays as typed, with a sentence beside its cell.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from indicators import long_format
from indicators.arithmetic.printing import printed
from indicators.choices import ValueState
from indicators.entering import asking
from indicators.grid import grid
from municipalities.japanese import numerals
from municipalities.japanese.numerals import NOTHING, Numeral

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.grid.grid import Line
    from indicators.models import Measurement

KEPT = (
    "空欄にしても、保存してある値は消えません。値がないときは、「値なしの理由」を選んでください。"
)
NO_VALUE = "値か、「値なしの理由」を入力してください。"
BOTH = "値があるときは、「値なしの理由」を空けてください。"
DIFFERENT = (
    "値の欄の「{word}」と、「値なしの理由」の「{chosen}」が違います。どちらかに合わせてください。"
)
WHICH = "「{sign}」が何を表すかを、「値なしの理由」で選んでください。"
WHICH_BEFORE = "「{sign}」が何を表すかは、指標の画面でその年度の値を開いて選んでください。"
LOSES_PARTS = "分子・分母（{parts}）から計算した{computed}と違います。このまま保存すると、分子と分母は空欄になります。"
LOSES_HALF = (
    "保存してある{parts}は、この値のものではなくなります。このまま保存すると空欄になります。"
)


def read(lines: Iterable[Line], *, source: str = "") -> None:
    """Find out what the lines say: a fact, or what is wrong, and what is to be asked. `source` is the page's."""
    today = timezone.localdate()
    for line in grid.every(lines):
        if line.texts["value"].strip() or line.texts["state"]:
            line.texts["source"] = line.texts["source"].strip() or source
        read_line(line)
        if line.fact:
            line.doubts = asking.doubts_of(line.definition, line.fact, known_beside(line))
            line.remarks += grid.of_period(line.definition, line.fact, today)


def known_beside(line: Line) -> list[Any]:
    """Return the values that a line is compared with; a year before that was typed takes the stored one's place."""
    if not line.before:
        return line.values
    typed: dict[int, Any] = {one.year: one.fact for one in line.before if one.fact}
    return [*(one for one in line.values if one.fiscal_year not in typed), *typed.values()]


def read_line(line: Line) -> None:
    told = told_of(line)
    if told is None or line.errors:
        return
    number, parts = told
    line.fact, line.errors = long_format.read_value(
        line.texts | parts, line.definition, line.year, number
    )


def told_of(line: Line) -> tuple[Numeral, dict[str, str]] | None:
    """Return the number of a line, and its parts as cells of the long format; None while nothing is said, or nothing
    can be read.
    """
    value, state = line.texts["value"].strip(), line.texts["state"]
    if not value and not state:
        return None if line.is_before else told_of_open_line(line)
    try:
        numeral = numerals.read(value, unit=line.definition.unit)
    except numerals.NumeralError as error:
        line.errors["value"] = f"{str(error).rstrip('。')}。"
        return None
    judge(line, numeral)
    if numeral.value is None:
        # The reason says it all.
        return NOTHING, {}
    if line.stored is None:
        return numeral, {}
    if is_of_its_parts(line.stored, numeral.value, line.definition):
        return numeral, parts_of(line.stored)
    line.loses_parts = what_is_lost(line.stored, line.definition)
    return numeral, {}


def is_of_its_parts(stored: Measurement, value: Decimal, definition: Any) -> bool:
    """Say whether a number goes with the parts that are stored: as it did, or as their ratio is printed."""
    if value == stored.value:
        return True
    if stored.numerator is None or not stored.denominator:
        return False
    ratio = long_format.quotient(definition, stored.numerator, stored.denominator)
    # The exact ratio and the printed one, and nothing that is printed differently.
    return abs(value - ratio) * 2 <= Decimal(1).scaleb(-definition.decimals)


def what_is_lost(stored: Measurement, definition: Any) -> str:
    """Return in a sentence which parts another number leaves without; empty where there are none."""
    above, below = stored.numerator, stored.denominator
    if above is not None and below:
        ratio = long_format.quotient(definition, above, below)
        unit, decimals = definition.unit, definition.decimals
        computed = printed(ratio, state=ValueState.VALUE, unit=unit, decimals=decimals)
        return LOSES_PARTS.format(
            parts=f"{in_digits(above)}／{in_digits(below)}", computed=computed
        )
    known = {"分子": above, "分母": below}
    told = [f"{name}（{in_digits(part)}）" for name, part in known.items() if part is not None]
    return LOSES_HALF.format(parts="・".join(told)) if told else ""


def in_digits(part: Decimal) -> str:
    return numerals.grouped(part.normalize())


def judge(line: Line, numeral: Numeral) -> None:
    """Bring a number, word or sign together with the reason that was chosen beside it."""
    state = line.texts["state"]
    line.sign, line.word = numeral.sign, numeral.state
    if state and numeral.value is not None:
        line.errors["state"] = BOTH
    elif numeral.sign and not state:
        words = WHICH_BEFORE if line.is_before else WHICH
        line.errors["value"] = words.format(sign=numeral.sign)
    elif line.word and state in grid.REASONS and state != line.word:
        word, chosen = line.texts["value"].strip(), ValueState(state).label
        line.errors["state"] = DIFFERENT.format(word=word, chosen=chosen)
    elif line.word and not state:
        line.texts["state"] = line.word


def told_of_open_line(line: Line) -> tuple[Numeral, dict[str, str]] | None:
    """Nothing typed touches no value; what else is written belongs to the value that is stored."""
    if line.stored is None:
        if line.texts["note"].strip() or line.texts["as_of"].strip():
            line.errors["value"] = NO_VALUE
        return None
    if line.stored.value is None and line.stored.state in grid.REASONS:
        line.remarks.append(KEPT)
        return Numeral(state=line.stored.state), {}
    if line.stored.value is None:
        return None
    line.remarks.append(KEPT)
    return Numeral(line.stored.value), parts_of(line.stored)


def parts_of(row: Measurement) -> dict[str, str]:
    """The parts of a value that stays are its parts still."""
    parts = {"numerator": row.numerator, "denominator": row.denominator}
    return {name: f"{part:f}" for name, part in parts.items() if part is not None}
