"""Finds where in a sheet the table stands: its rows of headings, its first row, the column of its places. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from indicators.choices import CodeForm
from indicators.intake.layouts.locating import DASHES, NATION_WORDS, TOTAL_WORDS, plain, short
from indicators.intake.layouts.signs import FAMILIES
from indicators.intake.layouts.table import at
from municipalities import codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = Sequence[str]

PREFECTURES = (
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
)
PREFECTURE_NAMES = frozenset(PREFECTURES) | {short(name) for name in PREFECTURES}
TOWN = re.compile(r"[^\d\s、。・()]{1,12}[市区町村]")
# Headings that end like a town.
NO_TOWN = frozenset({"市区町村", "市町村", "区市町村", "市区", "町村", "都道府県市区町村"})
# A prefecture that the list above does not know (of examples), and a code of whatever digits.
ANY_PREFECTURE = re.compile(r"[^\d\s、。・()]{2,3}[都道府県]")
NO_PREFECTURE = frozenset({"都道府県", "各都道府県"})
ANY_CODE = re.compile(r"\d{5,6}", re.ASCII)
YEAR_ALONE = re.compile(r"(?:19|20)\d\d年?度?")
# 令和5年, R5年度, 平成30(2018)年度, 2023年3月末: a heading that begins with its year.
YEAR_HEADING = re.compile(
    r"(?:(?:令和|平成|昭和|[RHS])(?:元|\d{1,2})(?!\d)|(?:19|20)\d\d(?!\d))(?:\(.*\))?(?:年|[./-]|$)"
)
PREFECTURE_CODE = re.compile(r"0[1-9]|[1-3]\d|4[0-7]|99")
NUMBER = re.compile(r"[-−－▲△]?[\d,，０-９]+(?:[.．][\d０-９]+)?[%％]?")
CODE_HEADING = re.compile("コード|番号|code", re.IGNORECASE)
ROWS_LOOKED_AT, COLUMNS_LOOKED_AT = 400, 20
MOST_HEADINGS = 6
MOST_TITLES = 30
PREFECTURE = "prefecture"
# Of the cells from the first place on, so many have to be places.
ENOUGH = {CodeForm.SIX: 0.4, CodeForm.PREFIXED: 0.4, CodeForm.FIVE: 0.7, CodeForm.NAME: 0.4}
ORDER = (CodeForm.SIX, CodeForm.PREFIXED, CodeForm.FIVE, CodeForm.NAME)


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows and columns count from 1; a table without headings has a `heading_to` of 0."""

    heading_from: int
    heading_to: int
    first_row: int
    place_column: int
    code_form: str
    prefecture_column: int


def shape_of(rows: Sequence[Row]) -> Shape | None:
    """Return the shape of the table in these rows, None where no column holds places."""
    looked_at = rows[:ROWS_LOOKED_AT]
    width = min(COLUMNS_LOOKED_AT, max((len(row) for row in looked_at), default=0))
    kinds = {
        column: [kind_of(at(row, column)) for row in looked_at] for column in range(1, width + 1)
    }
    found = place_column(looked_at, kinds)
    if found is None:
        return None
    column, form = found
    first = first_row(looked_at, column, kinds[column])
    if first is None:
        return None
    heading_to = last_heading(looked_at, column, first)
    heading_from = first_heading(looked_at, column, heading_to)
    return Shape(heading_from, heading_to, first, column, form, prefecture_column(kinds, column))


def kind_of(text: str) -> str:
    """Return which way to write a place this is, or nothing."""
    written = codes.FRACTION.sub("", plain(text))
    if codes.MARKED.match(written):
        return CodeForm.PREFIXED
    if written.isascii() and written.isdigit():
        return kind_of_digits(written)
    if written in PREFECTURE_NAMES:
        return PREFECTURE
    if written in NATION_WORDS or (TOWN.fullmatch(written) and written not in NO_TOWN):
        return CodeForm.NAME
    return ""


def kind_of_digits(written: str) -> str:
    is_place = bool(PREFECTURE_CODE.match(written)) or written[:2] == "00"
    if is_place and codes.is_valid(written):
        return CodeForm.SIX
    return CodeForm.FIVE if is_place and len(written) == codes.LENGTH - 1 else ""


def place_column(rows: Sequence[Row], kinds: dict[int, list[str]]) -> tuple[int, str] | None:
    """Return the column of places and how they are written: codes before names, the left before the right.

    Empty rows say nothing against a column: of many series of a place one alone is kept.
    """
    found = []
    holds = [bool(filled(row)) for row in rows]
    for column, ofs in kinds.items():
        form, share = form_of(list(compress(ofs, holds)))
        if form and share >= ENOUGH[form] and (form != CodeForm.FIVE or is_code(rows, column, ofs)):
            has_towns = CodeForm.NAME in ofs or form != CodeForm.NAME
            found.append((not has_towns, ORDER.index(form), column, form))
    if not found:
        return None
    _, _, column, form = min(found)
    written = [plain(at(row, column)) for row in rows]
    return column, CodeForm.SIX if have_all_lost_zeros(written) else form


def form_of(kinds: Sequence[str]) -> tuple[CodeForm | None, float]:
    """Return the prevailing form of a column, and its share from the first place on."""
    count = Counter(CodeForm.NAME if kind == PREFECTURE else kind for kind in kinds if kind)
    if not count:
        return None, 0
    form, most = max(count.items(), key=lambda one: (one[1], -ORDER.index(CodeForm(one[0]))))
    first = next(index for index, kind in enumerate(kinds) if kind)
    return CodeForm(form), most / (len(kinds) - first)


def is_code(rows: Sequence[Row], column: int, kinds: Sequence[str]) -> bool:
    """Whether five digits are codes and no numbers: their heading says so, or they keep their zeros or their order."""
    first = next(index for index, kind in enumerate(kinds) if kind)
    if any(CODE_HEADING.search(at(row, column)) for row in rows[:first]):
        return True
    written = [plain(at(row, column)) for row in rows[first:]]
    return any(text.startswith("0") for text in written) or (
        len(set(written)) == len(written) > 1 and written == sorted(written)
    )


def have_all_lost_zeros(written: Sequence[str]) -> bool:
    """Codes of six that all have lost their zero would pass for codes of five."""
    fives = [text for text in written if len(text) == codes.LENGTH - 1 and text.isdigit()]
    return len(fives) > 1 and all(codes.is_valid(f"0{five}") for five in fives)


def first_row(rows: Sequence[Row], column: int, kinds: Sequence[str]) -> int | None:
    """Return the first row of a place with a value, or of a total above it."""
    known = next(
        (
            number
            for number, (row, kind) in enumerate(zip(rows, kinds, strict=True), start=1)
            if kind and has_value(row, column)
        ),
        None,
    )
    if known is None:
        return None
    found = next(
        number
        for number, row in enumerate(rows[:known], start=1)
        if number == known or (may_be_place(at(row, column)) and has_value(row, column))
    )
    while found > 1 and is_above_first(rows[found - 2], rows[found - 1], column):
        found -= 1
    return found


def may_be_place(text: str) -> bool:
    """Whether a text is written as a place is, though it is none that is known: a code that has lost its zero."""
    written = codes.FRACTION.sub("", plain(text))
    is_prefecture = ANY_PREFECTURE.fullmatch(written) and written not in NO_PREFECTURE
    return bool(is_prefecture or ANY_CODE.fullmatch(written))


def is_above_first(row: Row, first: Row, column: int) -> bool:
    """Whether a row above the first one belongs to the values: a total, or filled with numbers as that one is."""
    numbers = measures(first, column)
    is_named = bool(at(row, column).strip())
    is_filled = is_named and bool(numbers) and measures(row, column) >= numbers
    return is_total(row, column) or is_filled


def measures(row: Row, column: int) -> set[int]:
    """Return where numbers stand in a row that are no years; they head columns."""
    return {
        number
        for number in filled(row)
        if number != column
        and NUMBER.fullmatch(at(row, number).strip())
        and not YEAR_ALONE.fullmatch(plain(at(row, number)))
    }


def is_total(row: Row, column: int) -> bool:
    written = plain(at(row, column))
    is_named = written in TOTAL_WORDS | NATION_WORDS or bool(written and DASHES.fullmatch(written))
    return is_named and has_value(row, column)


def has_value(row: Row, column: int) -> bool:
    return any(
        NUMBER.fullmatch(text.strip())
        or any(sign.fullmatch(text.strip()) for _, _, sign in FAMILIES)
        for number, text in enumerate(row, start=1)
        if number != column and text.strip()
    )


def filled(row: Row) -> list[int]:
    return [number for number, text in enumerate(row, start=1) if text.strip()]


def last_heading(rows: Sequence[Row], column: int, first: int) -> int:
    """Return the row of headings next above the values: empty lines and lines that name a part are passed over."""
    number = first - 1
    while number and filled(rows[number - 1]) in ([], [column]):
        number -= 1
    return number


def first_heading(rows: Sequence[Row], column: int, last: int) -> int:
    """Return the uppermost row of headings: above stands an empty line, or a title, alone in its line."""
    number = last
    while (
        number > 1 and last - number + 1 < MOST_HEADINGS and not is_title(rows[number - 2], column)
    ):
        number -= 1
    number = max(number, 1)
    return years_above(rows, column, number, last) or number


def years_above(rows: Sequence[Row], column: int, first: int, last: int) -> int:
    """Return the row of years that empty lines part from the headings below, 0 where these tell their own."""
    if any(told_years(row) for row in rows[first - 1 : last]):
        return 0
    above = next((number for number in range(first - 1, 0, -1) if filled(rows[number - 1])), 0)
    if not above or last - above >= MOST_HEADINGS:
        return 0
    cells, years = filled(rows[above - 1]), told_years(rows[above - 1])
    # One year alone is of the whole table, as in a title.
    are_years = len(years) > 1 and cells == years
    return above if are_years and min(cells) > column else 0


def told_years(row: Row) -> list[int]:
    return [number for number in filled(row) if YEAR_HEADING.match(plain(at(row, number)))]


def is_title(row: Row, column: int) -> bool:
    cells = filled(row)
    return not cells or (len(cells) == 1 and (cells[0] <= column or "単位" in at(row, cells[0])))


def prefecture_column(kinds: dict[int, list[str]], place: int) -> int:
    """Return the column that names the prefecture of each row, 0 for none."""
    for column, ofs in kinds.items():
        count = Counter(ofs)
        named = count[PREFECTURE]
        first = next((index for index, kind in enumerate(ofs) if kind == PREFECTURE), 0)
        if column != place and named > 1 and named >= ENOUGH[CodeForm.FIVE] * (len(ofs) - first):
            return column
    return 0
