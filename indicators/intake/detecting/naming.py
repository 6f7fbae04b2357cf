"""Which column of an unknown file is which indicator of which year, by its headings and by the name of the file. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.choices import ColumnRole, TableForm, ValueKind
from indicators.intake.detecting.headings import factor_in, without_year
from indicators.intake.layouts import beside, mieruka
from indicators.intake.layouts.layout import Column
from indicators.intake.layouts.plan import called, key_of
from indicators.intake.layouts.table import at
from indicators.long_format import STATES
from municipalities.japanese import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from indicators.intake.detecting.headings import Heading
    from indicators.intake.layouts.shape import Shape

    Row = Sequence[str]

# A workbook of 見える化 is about one indicator, whose code its name begins with.
CODE_IN_NAME = re.compile(r"([A-Zδ]\d{1,2}(?:-[a-z]{1,2})?)_")
WORDS = {
    ColumnRole.INDICATOR: {"indicator", "指標", "指標名", "指標コード"},
    ColumnRole.YEAR: {"fiscal_year", "年度", "会計年度"},
    ColumnRole.VALUE: {"value", "値"},
    ColumnRole.NUMERATOR: {"numerator", "分子"},
    ColumnRole.DENOMINATOR: {"denominator", "分母"},
    ColumnRole.STATE: {"state", "値の状態"},
    ColumnRole.FINALITY: {"finality", "確定の別"},
    ColumnRole.AS_OF: {"as_of", "時点"},
}
ROLES = {word: role for role, words in WORDS.items() for word in words}
STATE_WORDS = {"状態", "状況", "値の状況"}
OF_LONG = {ColumnRole.INDICATOR, ColumnRole.VALUE}
PARTS = (ColumnRole.NUMERATOR, ColumnRole.DENOMINATOR)
ROWS_LOOKED_AT = 20
UNIT = re.compile(r"\((?:%|人|件|回|日|円|千円|か所|ヶ所|世帯)\)$")
# 「○○（分子）」 「○○（分子：△△）」 「○○の分母」: a part of what is named before it.
PART = re.compile(
    r"(?P<of>.+?)(?:の|[(\[【:・/_-])?(?P<part>分子|分母)(?:の?[数値])?(?:[:=][^()]*)?[)\]】]?"
)
LONGEST_HEADING = 300


def about(stem: str, definitions: Mapping[str, Any]) -> str:
    """Return the indicator whose code begins the name of a file, if there is exactly one."""
    found = CODE_IN_NAME.match(unicodedata.normalize("NFKC", stem))
    if found is None:
        return ""
    wanted = [code for code, one in definitions.items() if one.external_code == found[1]]
    return wanted[0] if len(wanted) == 1 else ""


def columns(
    heads: Sequence[Heading],
    rows: Sequence[Row],
    shape: Shape,
    definitions: Mapping[str, Any],
    of_whole: tuple[str, str] = ("", ""),
) -> tuple[list[Column], str]:
    """Return every column with what it seems to hold, and which way the table is written.

    `of_whole`: the indicator that the whole file is about, and the name of the file.
    """
    body = rows[shape.first_row - 1 :]
    roles = [role_of(head, body, number) for number, head in enumerate(heads, start=1)]
    if set(roles) >= OF_LONG:
        return [
            as_column(n, head, role=role) for n, (head, role) in told(heads, roles)
        ], TableForm.LONG
    names = called(definitions)
    found = []
    for number, (head, role) in told(heads, roles):
        if number in {shape.place_column, shape.prefecture_column}:
            column = as_column(number, head)
        elif role in HOLDS and HOLDS[role](body, number):
            column = as_column(number, head, role=role)
        else:
            column = measured(number, head, names)
            if not column.indicator:
                column = part_measured(number, head, names, definitions)
        found.append(column)
    single = without_doubles(of_file(found, heads, *of_whole))
    return with_years(with_parts(single, roles)), TableForm.WIDE


def role_of(head: Heading, body: Sequence[Row], number: int) -> str:
    """Return what a heading says that its column holds, nothing where it names something else.

    「状態」 is said of two things: the words below decide, of words of both kinds nobody knows.
    """
    name = key_of(head.text).lower()
    if name not in STATE_WORDS:
        return ROLES.get(name, "")
    return next((role for role, holds in SAID_OF_STATE.items() if holds(body, number)), "")


def state_in(text: str) -> str:
    """Return the state that a cell names. Raises ValueError."""
    if (state := STATES.get(key_of(text))) is None:
        raise ValueError(text)
    return str(state.value)


def told(heads: Sequence[Heading], roles: Sequence[str]):
    return enumerate(zip(heads, roles, strict=True), start=1)


def as_column(number: int, head: Heading, *, role: str = "") -> Column:
    return Column(number, head.text[:LONGEST_HEADING], role or ColumnRole.SKIPPED)


def measured(number: int, head: Heading, names: Mapping[str, Sequence[str]]) -> Column:
    """Return a column with the one indicator that its heading names; with none it is left out."""
    code = named(head, names)
    column = as_column(number, head)
    if not code:
        return column
    levels = {ROLES.get(key_of(level), "") for level in head.levels}
    return replace(
        column,
        role=next((part for part in PARTS if part in levels), ColumnRole.VALUE),
        indicator=code,
        fiscal_year=head.year,
        factor=Decimal(factor_in(head.levels)),
    )


def part_measured(
    number: int, head: Heading, names: Mapping[str, Sequence[str]], definitions: Mapping[str, Any]
) -> Column:
    """Return a column whose heading names a part of a rate with the rate; any other is left out. A count has no parts."""
    column = as_column(number, head)
    for place, level in enumerate(head.levels):
        part = PART.fullmatch(UNIT.sub("", without_year(level)))
        if part is None:
            continue
        whole = replace(head, levels=(*head.levels[:place], part["of"], *head.levels[place + 1 :]))
        rate = measured(number, whole, names)
        if rate.indicator and definitions[rate.indicator].value_kind != ValueKind.COUNT:
            role, year = ROLES[part["part"]], head.year
            return replace(rate, heading=column.heading, role=role, fiscal_year=year)
    return column


def named(head: Heading, names: Mapping[str, Sequence[str]]) -> str:
    """Return the code of the one indicator that a heading names, nothing for none or several.

    「65歳以上人口」 under 「人口」 is what it says itself: a heading of several columns names their kind.
    """
    codes = {name: names.get(key_of(name), ()) for name in head.names}
    told = {name for name, found in codes.items() if found}
    exact = [name for name in told if not any(name in other for other in told - {name})]
    found = {code for name in exact for code in codes[name]}
    return found.pop() if len(found) == 1 else ""


def of_file(
    found: list[Column], heads: Sequence[Heading], indicator: str, stem: str
) -> list[Column]:
    """Give the indicator of the whole file to the columns that are headed by a year alone, or by its own name."""
    labels = [label_of(head) for head in heads]
    meant = mieruka.series_of_file(list(dict.fromkeys(labels)), stem)

    def is_meant(head: Heading, label: str) -> bool:
        return bool(head.year and not label) or (bool(meant) and label == meant)

    return [
        replace(column, role=ColumnRole.VALUE, indicator=indicator, fiscal_year=head.year)
        if indicator and column.role == ColumnRole.SKIPPED and is_meant(head, label)
        else column
        for column, head, label in zip(found, heads, labels, strict=True)
    ]


def with_parts(found: list[Column], roles: Sequence[str]) -> list[Column]:
    """Give 「分子」 and 「分母」, headed by nothing else, to the only value of a table."""
    values = [one for one in found if one.role == ColumnRole.VALUE]
    if len(values) != 1 or any(roles.count(part) != 1 for part in PARTS):
        return found
    (value,) = values
    return [
        replace(column, role=role, indicator=value.indicator, fiscal_year=value.fiscal_year)
        if role in PARTS and column.role == ColumnRole.SKIPPED
        else column
        for column, role in zip(found, roles, strict=True)
    ]


def with_years(found: Sequence[Column]) -> list[Column]:
    """Give the parts of a rate the year of its value where their own headings tell none and it has one column alone."""
    values: dict[str, list[Column]] = {}
    for one in found:
        if one.role == ColumnRole.VALUE:
            values.setdefault(one.indicator, []).append(one)

    def year_of(column: Column) -> int | None:
        (*others, value) = values.get(column.indicator) or (column,)
        return column.fiscal_year if others else value.fiscal_year

    return [
        replace(one, fiscal_year=one.fiscal_year or year_of(one))
        if one.role in PARTS and one.indicator
        else one
        for one in found
    ]


def label_of(head: Heading) -> str:
    """Return a heading without its year and its unit: 「認定率」 of 「令和5年」 over 「認定率（％）」."""
    if head.year is None:
        return head.text
    return UNIT.sub("", "".join(without_year(level) for level in head.told))


def without_doubles(found: list[Column]) -> list[Column]:
    """Leave out the columns of which several claim the same indicator and year."""
    count = Counter((one.indicator, one.fiscal_year, one.role) for one in found if one.indicator)
    return [
        Column(one.number, one.heading)
        if count[one.indicator, one.fiscal_year, one.role] > 1
        else one
        for one in found
    ]


def all_read(read: Callable[[str], Any]) -> Callable[[Sequence[Row], int], bool]:
    """Return whether something is written in a column, and all of it can be read."""

    def holds(rows: Sequence[Row], number: int) -> bool:
        written = [text for row in rows[:ROWS_LOOKED_AT] if (text := at(row, number).strip())]
        try:
            return bool([read(text) for text in written])
        except ValueError:
            return False

    return holds


# In a table whose columns are indicators, a heading alone does not tell enough.
HOLDS = {
    ColumnRole.YEAR: all_read(dates.read_fiscal_year),
    ColumnRole.FINALITY: all_read(beside.finality_in),
    ColumnRole.AS_OF: all_read(beside.day_in),
}
SAID_OF_STATE = {
    ColumnRole.FINALITY: HOLDS[ColumnRole.FINALITY],
    ColumnRole.STATE: all_read(state_in),
}
