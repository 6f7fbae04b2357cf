"""The long format of measurements: its columns, and one row of it read, with a sentence for every cell that is wrong.

Pure: it touches no table. Numbers, dates and years are read as offices write them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from indicators.arithmetic.derivation import OF_NOBODY, is_of_nobody
from indicators.choices import Finality, ValueState
from municipalities import codes
from municipalities.fields import JaLongTextField, JaTextField
from municipalities.japanese import dates, fiscal, numerals
from municipalities.japanese.numerals import NOTHING, Numeral

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

COLUMNS = (
    "municipality_code",
    "indicator",
    "fiscal_year",
    "value",
    "numerator",
    "denominator",
    "state",
    "finality",
    "as_of",
    "source",
    "note",
)
LABELS = dict(
    zip(
        COLUMNS,
        [
            "自治体コード",
            "指標",
            "年度",
            "値",
            "分子",
            "分母",
            "値の状態",
            "確定の別",
            "時点",
            "出典",
            "注記",
        ],
        strict=True,
    )
)
# A heading may be written in either language.
HEADINGS = {column: column for column in COLUMNS} | {LABELS[column]: column for column in COLUMNS}
NUMBERS = ("value", "numerator", "denominator")
# What makes a row say something; where all of them are empty, nothing is touched.
TELLING = (*NUMBERS, "state")
STORED_PLACES, STORED_WHOLE = 4, 11
LONGEST_CELL = 32_767
# What stands for a cell that computes: it holds no value that we would trust.
FORMULA = "\x00formula"
NO_FORMULA = "数式が入っています。「値として貼り付け」で、計算の結果に置き換えてください"
CODE_WITHOUT_A_DIGIT = codes.LENGTH - 1
STATES = {word: state for state in ValueState for word in (state.value, state.label)} | {
    "不明": ValueState.UNKNOWN,
    "該当なし": ValueState.NOT_APPLICABLE,
}
FINALITIES = {word: one for one in Finality for word in (one.value, one.label)}
SOURCE = JaTextField(
    label="出典", max_length=200, error_messages={"required": "出典を入力してください"}
)
NOTE = JaLongTextField(label="注記", max_length=500, required=False)
WHAT_IS_MISSING = "該当数字なし・不詳・秘匿のどれか"


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return a text as it is compared: brackets and digits of either width are the same."""
    return unicodedata.normalize("NFKC", text).strip()


@lru_cache(maxsize=1024)
def source_of(text: str) -> Any:
    """Return a source as it is kept. Many rows have the same: it is looked at once."""
    return SOURCE.clean(text)


@lru_cache(maxsize=1024)
def day_of(text: str) -> dt.date | None:
    """Return the day that is written; many rows have the same."""
    return dates.read_date(text).value if text else None


@lru_cache(maxsize=1024)
def year_of(text: str) -> int:
    """Return the fiscal year that is written; nearly all rows have one of a few."""
    return dates.read_fiscal_year(text)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it came: its number, as people or programs count it, and its texts by column."""

    number: int
    cells: Mapping[str, str]

    @property
    def is_untouched(self) -> bool:
        return not any(self.cells.get(column, "").strip() for column in TELLING)


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows are read: whose they must be, up to which year, and what can be measured.

    `others`: the public names of other municipalities by code.
    """

    code: str
    name: str
    latest: int
    definitions: Mapping[str, Any]
    others: Mapping[str, str]

    def called(self, text: str) -> list[Any]:
        """Return what a code or, where it is none, a name may mean."""
        if found := self.definitions.get(text):
            return [found]
        return [one for one in self.definitions.values() if text and plain(one.name) == text]


@dataclass(frozen=True, slots=True)
class Fact:
    """What one row says. An empty finality, day or note leaves what is stored."""

    definition: Any
    fiscal_year: int
    source: str
    state: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    finality: str
    as_of: dt.date | None
    note: str

    @property
    def identity(self) -> tuple[str, int, str]:
        return (self.definition.code, self.fiscal_year, self.source)


def quotient(definition: Any, numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return numerator ÷ denominator × multiplier with the printed digits of the definition, half-up."""
    exact = numerator / denominator * definition.multiplier
    return exact.quantize(Decimal(1).scaleb(-definition.decimals), rounding=ROUND_HALF_UP)


def read(row: Row, place: Place) -> tuple[Fact | None, dict[str, str]]:
    """Return what a row says, or None and a sentence for each column that cannot be taken."""
    reader = Reader(row, place)
    fact = reader.fact()
    return (None, reader.refused) if reader.refused else (fact, {})


def read_value(
    cells: Mapping[str, str], definition: Any, fiscal_year: int, number: Numeral
) -> tuple[Fact | None, dict[str, str]]:
    """Return the same of cells that stand beside a number of a known indicator and year."""
    reader = Cells(cells)
    reader.check_cells()
    fact = Fact(definition, fiscal_year, **reader.beside(), **reader.numbers(definition, number))
    return (None, reader.refused) if reader.refused else (fact, {})


class Cells:
    """Reads what the cells of one row say of a value; goes on after a wrong one, so that all of them are told at once."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.refused: dict[str, str] = {}

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def refuse(self, column: str, sentence: str) -> None:
        self.refused.setdefault(column, f"{sentence.rstrip('。')}。")

    def attempt(self, column: str, reading: Callable[[str], Any]) -> Any:
        try:
            return reading(self.text(column))
        except (numerals.NumeralError, dates.DateError) as error:
            self.refuse(column, str(error))
        except ValidationError as error:
            self.refuse(column, error.messages[0])
        return None

    def text_of(self, column: str, field: JaTextField) -> Any:
        return self.attempt(column, field.clean)

    def word(self, column: str, known: Mapping[str, str], example: str) -> str:
        text = unicodedata.normalize("NFKC", self.text(column))
        if text and text not in known:
            self.refuse(column, f"「{text[:20]}」は使えません。{example}を書いてください")
        return str(known.get(text, ""))

    def check_cells(self) -> None:
        for column, text in self.cells.items():
            if text == FORMULA:
                self.refuse(column, NO_FORMULA)
            elif len(text) > LONGEST_CELL:
                self.refuse(column, f"{LONGEST_CELL:,}字までで書いてください")

    def beside(self) -> dict[str, Any]:
        """Return what stands beside the number."""
        return {
            "source": self.attempt("source", source_of),
            "as_of": self.attempt("as_of", day_of),
            "finality": self.word("finality", FINALITIES, "確定・速報・見込のどれか"),
            "note": self.text_of("note", NOTE),
        }

    def numbers(self, definition: Any, typed: Numeral) -> dict[str, Any]:
        """Return value, parts and state. A value that is left out is computed from its parts."""
        if typed.value is not None:
            self.check_digits("value", typed.value)
        numerator, denominator = (self.part(column) for column in NUMBERS[1:])
        has_parts = numerator is not None and denominator is not None
        if is_of_nobody(numerator, denominator):
            self.refuse("denominator", OF_NOBODY)
        state = self.state(typed, has_number=typed.value is not None or has_parts)
        if state != ValueState.VALUE:
            return {"state": state} | dict.fromkeys(NUMBERS)
        value = typed.value
        if value is None and numerator is not None and denominator is not None:
            value = self.computed(definition, numerator, denominator)
        elif value is None:
            self.refuse("value", "値を書いてください。または、分子と分母の両方を書いてください")
        return {
            "state": state,
            "value": value,
            "numerator": numerator,
            "denominator": denominator,
        }

    def numeral(self, column: str, *, unit: str = "") -> Numeral:
        return self.attempt(column, lambda text: numerals.read(text, unit=unit)) or NOTHING

    def part(self, column: str) -> Decimal | None:
        """Return a numerator or denominator."""
        numeral = self.numeral(column)
        if numeral.value is not None:
            self.check_digits(column, numeral.value)
        elif numeral.sign or numeral.state:
            self.refuse(column, "数字で書いてください。ないときは空欄にしてください")
        return numeral.value

    def check_digits(self, column: str, value: Decimal) -> None:
        exact = value.normalize()
        if -int(exact.as_tuple().exponent) > STORED_PLACES:
            self.refuse(column, f"小数点以下{STORED_PLACES}桁までで書いてください")
        elif exact.adjusted() >= STORED_WHOLE:
            self.refuse(column, "桁が多すぎます。数字を確かめて、もう一度書いてください")

    def state(self, typed: Numeral, *, has_number: bool) -> str:
        """Return the state that was written, or else what the value's cell says by itself."""
        written = self.word("state", STATES, f"value か、{WHAT_IS_MISSING}")
        own = typed.state or (ValueState.VALUE.value if has_number else "")
        if not written and typed.sign:
            self.refuse(
                "value",
                f"「{typed.sign}」は資料によって意味が違います。値の状態（state）に{WHAT_IS_MISSING}を書いてください",
            )
        if written and own and written != own:
            self.refuse(
                "state",
                "値と合っていません。値があるときは value、ないときはその理由を書いてください",
            )
        return written or own or ValueState.VALUE.value

    def computed(self, definition: Any, numerator: Decimal, denominator: Decimal) -> Decimal | None:
        if not denominator:
            self.refuse("denominator", "分母が0のときは、割合を計算できません")
            return None
        value = quotient(definition, numerator, denominator)
        self.check_digits("value", value)
        return value


class Reader(Cells):
    """Reads one row of a file: whose value it is too."""

    def __init__(self, row: Row, place: Place) -> None:
        super().__init__(row.cells)
        self.place = place

    def fact(self) -> Fact | None:
        self.check_cells()
        self.check_town()
        definition = self.definition()
        year = self.year()
        beside = self.beside()
        if definition is None or year is None:
            return None
        number = self.numeral("value", unit=definition.unit)
        return Fact(definition, year, **beside, **self.numbers(definition, number))

    def check_town(self) -> None:
        code = unicodedata.normalize("NFKC", self.text("municipality_code"))
        if code != self.place.code:
            self.refuse("municipality_code", self.about_town(code))

    def about_town(self, code: str) -> str:
        """Say what a code that is not ours may be. A lost zero is asked about, never put back."""
        ours = f"{self.place.name}は{self.place.code}です"
        if not code:
            return f"全国地方公共団体コードを書いてください（{ours}）"
        if len(code) == CODE_WITHOUT_A_DIGIT and code.isascii() and code.isdigit():
            return (
                f"5桁のコードです。先頭の0が落ちたのか、6桁目の検査数字がないのかを確かめて、"
                f"6桁で書き直してください（{ours}）"
            )
        if name := self.place.others.get(code):
            return f"{name}（{code}）の行です。ここに取り込めるのは{self.place.name}（{self.place.code}）の行だけです"
        return f"このコードの自治体はありません。コードを確かめてください（{ours}）"

    def definition(self) -> Any:
        code = plain(self.text("indicator"))
        found = self.place.called(code)
        if len(found) == 1:
            return found[0]
        if found:
            told = f"「{code[:40]}」という指標が{len(found)}つあります。コードで書いてください"
        else:
            told = f"指標「{code[:40]}」は登録されていません。名称かコードを確かめてください"
        self.refuse("indicator", told if code else "指標の名称かコードを書いてください")
        return None

    def year(self) -> int | None:
        year = self.attempt("fiscal_year", year_of)
        if year is not None and year > self.place.latest:
            latest = fiscal.label(self.place.latest)
            self.refuse("fiscal_year", f"ここに書けるのは{latest}までの値です")
        return year
