"""Takes the values of a table out of its rows by a layout, and says of each cell that cannot be taken what to do. Pure."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from indicators.arithmetic.derivation import OF_NOBODY, is_of_nobody, ratio
from indicators.choices import ColumnRole, ValueState
from indicators.intake.extracting.alone import UNTOLD, columns_alone
from indicators.intake.extracting.extracted import Cell, Extracted, Refused, Spots
from indicators.intake.extracting.naming_twice import Names
from indicators.intake.layouts import beside, signs, table
from indicators.intake.layouts.locating import (
    ELSEWHERE,
    TOTAL_WORDS,
    Located,
    Locator,
    Places,
    plain,
)
from indicators.intake.layouts.plan import (
    BESIDE,
    MEASURED,
    NOT_HERE,
    Group,
    called,
    key_of,
    plan,
)
from indicators.intake.layouts.table import at
from indicators.long_format import FORMULA, STATES
from indicators.models.definitions import OWN_PREFIX
from municipalities.japanese import dates, fiscal
from municipalities.japanese.numerals import NumeralError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from indicators.intake.extracting.extracted import Place, Series, Table
    from indicators.intake.layouts.beside import Beside
    from indicators.intake.layouts.layout import Column, Layout

    Row = Sequence[str]
    # Indicator, fiscal year, value, state.
    Told = tuple[str, int, Decimal | None, str]

MOST_REFUSED = 10_000
MOST_TOLD, LONGEST_MESSAGE = 100, 300
SHOWN_FORMULA = "（数式）"
PARTS = ((ColumnRole.NUMERATOR, False), (ColumnRole.DENOMINATOR, False))
MISSING = set(ValueState) - {ValueState.VALUE}
TOTAL = "合計"
WITHOUT_PLACE = "どの地域の値か書かれていません。地域のコードか名称を書いてください。"
WITHOUT_ADDEND = (
    "足し合わせる列のうち、この列だけ空いています。値を書くか、理由の記号を書いてください。"
)
WITHOUT_PART = "分子と分母の両方を書いてください。"
WITHOUT_VALUE = "値を書いてください。値がないときは、値の状態にその理由を書いてください。"
TWO_STATES = "値と、値の状態が合っていません。どちらかを直してください。"
OTHER_VALUE = "値が違います。どちらかを直すか、取り込まない列を選んでください。"
SAME_VALUE = "値は同じでも、{}が違います。どちらかの行を消すか、取り込まない列を選んでください。"
OWN_OF_A_TOWN = (
    "は、市区町村が独自に定めた指標です。この行を消してください。"
    "都道府県で集めるときは、「県の指標」に登録し、行の指標をそのコードに書き換えてください。"
)
LEFT_OUT = (
    f"取り込めない箇所が{MOST_REFUSED:,}を超えました。様式の設定が合っているかを確かめてください。"
)


class CellError(ValueError):
    """A cell that cannot be taken."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def extract(
    rows: Sequence[Row], layout: Layout, places: Places, definitions: Mapping[str, Any]
) -> Extracted:
    """Take the values out of a sheet's rows. `definitions` by code; a layout may name no others."""
    return Extraction(layout, places, definitions).of(rows)


class Extraction:
    """One table on its way through."""

    def __init__(self, layout: Layout, places: Places, definitions: Mapping[str, Any]) -> None:
        self.layout, self.places, self.definitions = layout, places, definitions
        self.plan = plan(layout, definitions)
        self.called = called(definitions) if self.plan.indicator else {}
        self.reader = signs.Reader(layout.signs)
        is_told_by_row = self.plan.indicator or self.plan.year
        self.groups = [
            (group, group.main.number, None if is_told_by_row else group.alone)
            for group in self.plan.groups
        ]
        self.alone = None if is_told_by_row else columns_alone(self.plan.groups, definitions)
        self.table: Table = {}
        self.beside: dict[tuple[Place, Series], Beside] = {}
        self.spots = Spots()
        if self.alone:
            self.spots.columns.update(zip(self.alone.series, self.alone.numbers, strict=True))
        self.disputed: set[tuple[Place, Series]] = set()
        self.refused: list[Refused] = []
        self.passed_over: dict[str, dict[str, None]] = {}
        self.elsewhere = self.rows = 0

    def of(self, rows: Sequence[Row]) -> Extracted:
        for column, told in self.plan.lacking:
            self.refuse(self.layout.heading_to, column, "", told)
        body = rows[self.layout.first_row - 1 :] if self.plan.groups else ()
        written = [at(row, self.layout.place_column) for row in body]
        locator = Locator(self.places, self.layout.code_form, written)
        names = Names(self.places, self.layout, self.plan.columns)
        for number, row in table.told_once(body, self.layout, self.plan):
            self.rows += 1
            self.take(number, row, locator, names)
        for place, series in self.disputed:
            del self.table[place][series]
            self.beside.pop((place, series), None)
        return Extracted(
            self.table,
            self.spots,
            self.refused,
            self.elsewhere,
            self.rows,
            self.beside,
            self.passed_over,
            beside.of_all(self.layout),
        )

    def take(self, number: int, row: Row, locator: Locator, names: Names) -> None:
        """Take one row that holds values."""
        written = at(row, self.layout.place_column)
        place = locator.locate(written, at(row, self.layout.prefecture_column))
        if told := names.against(row, place, written):
            self.refuse(number, 0, written, told)
        elif place is ELSEWHERE:
            self.elsewhere += 1
        elif place.kind:
            self.take_values(number, row, place)
        else:
            self.leave(number, row, place, names)

    def leave(self, number: int, row: Row, place: Located, names: Names) -> None:
        """Leave out a row of no place that is known: ask about it, unless it is a sum of several."""
        written = at(row, self.layout.place_column)
        if place.passed_over:
            kept = self.passed_over.setdefault(place.passed_over, {})
            kept[names.of(row) or written.strip()] = None
        elif place.question and not names.is_county(row):
            self.refuse(number, 0, written, place.question)
        elif not plain(written) and plain(names.of(row)) in TOTAL_WORDS:
            self.passed_over.setdefault(TOTAL, {})[names.of(row)] = None
        elif not plain(written):
            self.refuse(number, 0, written, WITHOUT_PLACE)

    def take_values(self, number: int, row: Row, place: Located) -> None:
        key = (place.kind, place.code)
        if self.alone and key not in self.table:
            # The first row of a place: nothing can be told twice yet.
            self.table[key] = self.alone.taken(row, partial(self.number_or_none, number))
            self.spots.rows[key] = number
            return
        for group, main, alone in self.groups:
            try:
                said = self.said_alone(group, alone, row) if alone else self.said(group, row)
                told = beside.NOTHING if alone or said is None else self.told_beside(group, row)
            except CellError as error:
                self.refuse(number, error.column, at(row, error.column), error.message)
            else:
                if said is not None:
                    self.keep(Cell(place.kind, place.code, *said, number, main), told)

    def number_or_none(self, number: int, column: Column, row: Row, unit: str) -> signs.Said | None:
        """Return what a cell says; None where it is refused."""
        try:
            return self.number(column, row, unit)
        except CellError as error:
            self.refuse(number, error.column, at(row, error.column), error.message)
            return None

    def said_alone(self, group: Group, column: Column, row: Row) -> Told | None:
        """Return the same as `said` of a group that is one column of values of one indicator and year."""
        if not at(row, column.number).strip():
            return None
        value, state = self.number(column, row, self.definitions[group.indicator].unit)
        return None if state in UNTOLD else (group.indicator, group.fiscal_year or 0, value, state)

    def said(self, group: Group, row: Row) -> Told | None:
        """Return indicator, year, value and state of one group of a row; None where nothing is said."""
        if not any(at(row, column.number).strip() for column in group.every):
            return None
        indicator, year = self.indicator(group, row), self.year(group, row)
        written = self.written_state(group, row)
        if written in MISSING and not self.has_number(group, row):
            value, state = None, written
        else:
            value, state = self.measured(group, row, self.definitions[indicator])
            self.check_state(group, written, state)
        return None if state in UNTOLD else (indicator, year, value, state)

    def indicator(self, group: Group, row: Row) -> str:
        if self.plan.indicator is None:
            return group.indicator
        written = at(row, self.plan.indicator.number)
        found = self.called.get(key_of(written), ())
        if len(found) == 1:
            return found[0]
        told = f"指標「{written.strip()[:40]}」"
        if not found and key_of(written).startswith(OWN_PREFIX):
            raise CellError(self.plan.indicator.number, f"{told}{OWN_OF_A_TOWN}")
        raise CellError(
            self.plan.indicator.number,
            f"{told}は{len(found)}つあります。コードで書いてください。"
            if found
            else f"{told}は登録されていません。名称かコードを確かめてください。{NOT_HERE}",
        )

    def year(self, group: Group, row: Row) -> int:
        if self.plan.year is None or group.fiscal_year:
            return group.fiscal_year or 0
        return year_in(at(row, self.plan.year.number), self.plan.year.number)

    def measured(self, group: Group, row: Row, definition: Any) -> signs.Said:
        """Return the value that is written, or else the one that its parts or its addends make."""
        value, above, below = (
            self.number(group.columns.get(role), row, definition.unit if is_whole else "")
            for role, is_whole in ((ColumnRole.VALUE, True), *PARTS)
        )
        if is_of_nobody(above[0], below[0]):
            raise CellError(group.columns[ColumnRole.DENOMINATOR].number, OF_NOBODY)
        if value == signs.NOTHING and group.addends:
            return self.added(group, row, definition.unit)
        if value != signs.NOTHING or above == below == signs.NOTHING:
            return value
        if signs.NOTHING in {above, below}:
            raise CellError(group.main.number, WITHOUT_PART)
        rate = ratio(either(above), either(below), definition.multiplier)
        if rate is None or isinstance(rate, ValueState):
            return None, rate or ""
        return rate, ValueState.VALUE

    def told_beside(self, group: Group, row: Row) -> Beside:
        """Return what a row tells beside the value of a group. Raises CellError."""
        above, below = (
            self.number(group.columns.get(role), row, "")[0] if role in group.columns else None
            for role, _ in PARTS
        )
        has_parts = above is not None and below is not None
        told = [
            self.read_beside(group.beside.get(role), row, read)
            for role, read in zip(BESIDE, (beside.finality_in, beside.day_in), strict=True)
        ]
        return beside.Beside(*((above, below) if has_parts else (None, None)), *told)

    def read_beside(self, column: Column | None, row: Row, read: Callable[[str], Any]) -> Any:
        number = column.number if column else 0
        try:
            return read(at(row, number))
        except ValueError as error:
            raise CellError(number, str(error)) from error

    def added(self, group: Group, row: Row, unit: str) -> signs.Said:
        """Return the sum of the addends; where one of them is no number, what it is instead."""
        said = [(column, self.number(column, row, unit)) for column in group.addends]
        told = [one for _, one in said if one != signs.NOTHING]
        if not told:
            return signs.NOTHING
        if len(told) < len(said):
            empty = next(column for column, one in said if one == signs.NOTHING)
            raise CellError(empty.number, WITHOUT_ADDEND)
        if missing := next((state for value, state in told if value is None), ""):
            return None, missing
        return sum((value for value, _ in told if value is not None), Decimal()), ValueState.VALUE

    def number(self, column: Column | None, row: Row, unit: str) -> signs.Said:
        if column is None:
            return signs.NOTHING
        try:
            value, state = self.reader.read(at(row, column.number), unit)
            if value is not None and column.factor != 1:
                value = signs.stored(value * column.factor)
        except NumeralError as error:
            raise CellError(column.number, f"{str(error).rstrip('。')}。") from error
        return value, state

    def has_number(self, group: Group, row: Row) -> bool:
        """Whether anything but signs stands where a number may: beside a state that is told they say nothing more."""
        texts = [at(row, one.number) for one in group.every if one.role in MEASURED]
        return any(text.strip() and not signs.family_of(text) for text in texts)

    def written_state(self, group: Group, row: Row) -> str:
        """Return the state that a column of states names, nothing where there is none."""
        column = group.columns.get(ColumnRole.STATE)
        written = at(row, column.number).strip() if column else ""
        if column is None or not written:
            return ""
        if state := STATES.get(key_of(written)):
            return state
        raise CellError(column.number, f"「{written[:20]}」という値の状態はありません。")

    def check_state(self, group: Group, written: str, own: str) -> None:
        """Refuse a state that is not the one of the value beside it."""
        if written == ValueState.VALUE != own:
            raise CellError(group.main.number, WITHOUT_VALUE)
        if written not in {"", own}:
            raise CellError(group.columns[ColumnRole.STATE].number, TWO_STATES)

    def keep(self, cell: Cell, told: Beside) -> None:
        """Keep a value and what is told beside it. Where a place is told twice and otherwise, neither of both is believed."""
        place, series, said, spot = cell[:2], cell[2:4], cell[4:6], cell[6:]
        row = self.table.setdefault(place, {})
        differs: tuple[str, ...] = ()
        if series not in row:
            row[series] = said
            self.spots.others[place, series] = spot
            self.spots.rows.setdefault(place, cell.row)
            self.keep_beside(cell, told)
            return
        if row[series] == said and not (differs := self.differing(cell, told)):
            self.keep_beside(cell, told)
            return
        first = Cell(*place, *series, *row[series], *self.spots.of(place, series))
        if (place, series) not in self.disputed:
            self.disputed.add((place, series))
            self.refuse(first.row, first.column, shown(first), self.twice(first, cell, differs))
        self.refuse(cell.row, cell.column, shown(cell), self.twice(cell, first, differs))

    def keep_beside(self, cell: Cell, told: Beside) -> None:
        """Keep it for a value, not for a reason why there is none; what was told before of the same value stays."""
        if told != beside.NOTHING and cell.value is not None:
            key = cell[:2], cell[2:4]
            self.beside[key] = beside.together(self.beside.get(key), told)

    def differing(self, cell: Cell, told: Beside) -> tuple[str, ...]:
        """Return what a second row tells otherwise beside the same value."""
        before = self.beside.get((cell[:2], cell[2:4]))
        whole = beside.Beside(finality=self.layout.finality)
        return () if cell.value is None else beside.differing(before, told, whole)

    def twice(self, cell: Cell, other: Cell, differs: Sequence[str] = ()) -> str:
        """Say where else a value stands, and what differs: the value, or what is told beside it."""
        name = self.places.names.get(cell.code) or self.places.prefectures.get(cell.code, "全国")
        year = fiscal.era_year(cell.fiscal_year)
        told = SAME_VALUE.format("・".join(differs)) if differs else OTHER_VALUE
        return (
            f"{name}の「{self.definitions[cell.indicator].name}」（{year}）が、{other.row}行目の"
            f"{other.column}列目にもあり、{told}"
        )

    def refuse(self, row: int, column: int, text: str, message: str) -> None:
        if len(self.refused) == MOST_REFUSED:
            self.refused.append(Refused(row, 0, "", LEFT_OUT))
        if len(self.refused) > MOST_REFUSED:
            return
        told = SHOWN_FORMULA if text == FORMULA else text[:MOST_TOLD]
        self.refused.append(Refused(row, column, told, message[:LONGEST_MESSAGE]))


def year_in(text: str, column: int) -> int:
    """Return the fiscal year of a cell. Raises CellError."""
    try:
        return dates.read_fiscal_year(text)
    except dates.DateError as error:
        raise CellError(column, f"{str(error).rstrip('。')}。") from error


def either(said: signs.Said) -> Decimal | ValueState:
    value, state = said
    return ValueState(state) if value is None else value


def shown(cell: Cell) -> str:
    return ValueState(cell.state).label if cell.value is None else f"{cell.value:f}"
