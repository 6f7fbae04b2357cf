"""The headings of a table: several rows of them joined, merged cells filled, and the fiscal years told in them. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.intake.layouts.table import at
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Row = Sequence[str]

BASES = {
    "令和": fiscal.REIWA_BASE,
    "R": fiscal.REIWA_BASE,
    "平成": fiscal.HEISEI_BASE,
    "H": fiscal.HEISEI_BASE,
    "昭和": fiscal.SHOWA_BASE,
    "S": fiscal.SHOWA_BASE,
}
# 令和5年度, R5, 令和5(2023)年10月1日, 2023年3月末, 2023. A letter alone is an era only where nothing but its year follows.
YEAR = re.compile(
    r"(?:(?P<era>令和|平成|昭和|(?<![A-Za-z0-9])[RHS](?=(?:元|\d{1,2})(?:年|[./]|\(|$|[^0-9A-Za-z])))"
    r"(?P<count>元|\d{1,2})|(?<!\d)(?P<western>(?:19[5-9]|20[0-6])\d))(?!\d)"
    r"(?:\((?:西暦)?(?:[RHS]\d{1,2}|(?:令和|平成)(?:元|\d{1,2})|\d{4})(?:年度?)?\))?"
    r"(?P<unit>年度|年|[./-](?=\d))?(?:(?P<month>1[0-2]|0?[1-9])(?=月|[./-]|末))?"
    r"(?:月末?(?:\d{1,2}日)?(?:現在|時点)?|末(?:現在|時点)?|(?<=\d)[./-]\d{1,2}(?!\d))?"
)
# Under a year that says no month: 「令和5年」 over 「3月末」. 年度 has its months in order and needs none.
MONTH = re.compile(r"(?:1[0-2]|0?[1-9])月(?:末|(?:末)?\d{1,2}日)?(?:現在|時点)?")
YEAR_WITHOUT_MONTH = re.compile(r"年(?:\([^()]*\))?$")
# What is left of 「（令和6年度）」.
EMPTY_BRACKETS = re.compile(r"\(\)|\[\]|【】")
THOUSANDS = re.compile(r"[(:](?P<times>百万|十万|万|千|百)(?:人|件|世帯|か所|箇所|円)\)?")
TIMES = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}
BETWEEN = re.compile(r"[\s\u3000]+")
# When the file was made: of which year its numbers are, this does not tell.
MADE_ON = re.compile(r"(?:出力|作成|取得|ダウンロード)(?:年月日|日時?)(?P<told>.*)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above one column, from the top down; a text that only repeats the one above it is left out."""

    levels: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.levels)

    @property
    def told(self) -> tuple[str, ...]:
        """The levels, a month with the year above it: only together they tell the fiscal year."""
        found: list[str] = []
        for level in self.levels:
            is_month = MONTH.fullmatch(normal(level))
            if found and is_month and YEAR_WITHOUT_MONTH.search(normal(found[-1])):
                found[-1] += level
            else:
                found.append(level)
        return tuple(found)

    @property
    def year(self) -> int | None:
        return year_in(self.told)

    @property
    def names(self) -> set[str]:
        """Each level, and all together, as they are compared, without the years."""
        plain = [without_year(level) for level in self.told]
        return {*plain, "".join(plain)} - {""}


def normal(text: str) -> str:
    return BETWEEN.sub("", unicodedata.normalize("NFKC", text))


def without_year(text: str) -> str:
    """Return a heading as it is compared from year to year."""
    return EMPTY_BRACKETS.sub("", YEAR.sub("", normal(text)))


def year_in(texts: Sequence[str]) -> int | None:
    """Return the one fiscal year that texts tell; None for none or several. 年度 counts before other years."""
    found = [one for text in texts for one in years(normal(text))]
    named = {year for year, is_fiscal in found if is_fiscal} or {year for year, _ in found}
    return named.pop() if len(named) == 1 else None


def titles_in(row: Row) -> Iterator[str]:
    """Yield what is written in a row above the headings, but not the day on which the file was made."""
    is_day = False
    for text in filter(None, map(str.strip, row)):
        made = MADE_ON.match(normal(text))
        if not (made or is_day):
            yield text
        # 「出力日」 alone has its day in the next cell.
        is_day = made is not None and not any(one.isdigit() for one in made["told"])


def years(text: str) -> Iterator[tuple[int, bool]]:
    """Yield each year of a normal text, and whether it is called 年度. March of a year belongs to the one before."""
    for one in YEAR.finditer(text):
        count = 1 if one["count"] == "元" else int(one["count"] or 0)
        year = int(one["western"]) if one["western"] else BASES[one["era"]] + count
        is_early = one["month"] and int(one["month"]) < fiscal.FIRST_MONTH
        yield (year - 1 if is_early else year), one["unit"] == "年度"


def factor_in(texts: Sequence[str]) -> int:
    """Return 1000 for （千人）, 1 where no such unit is told or several."""
    found = {TIMES[one["times"]] for text in texts for one in THOUSANDS.finditer(normal(text))}
    return found.pop() if len(found) == 1 else 1


def headings(rows: Sequence[Row], place_column: int) -> list[Heading]:
    """Return the heading of each column of these rows. An empty cell belongs to its left, as merged cells do."""
    width = max((len(row) for row in rows), default=0)
    above: list[tuple[str, ...]] = [()] * width
    for depth, row in enumerate(rows):
        is_last = depth == len(rows) - 1
        above = list(level(above, row, place_column, is_last=is_last))
    return [Heading(levels) for levels in above]


def level(
    above: Sequence[tuple[str, ...]], row: Row, place_column: int, *, is_last: bool
) -> Iterator[tuple[str, ...]]:
    """Yield the headings with one row more. Only under the same heading a text reaches to the right."""
    held, held_under = "", None
    for number, upper in enumerate(above, start=1):
        text = at(row, number).strip()
        if text:
            held, held_under = text, upper
        elif is_last or number <= place_column or upper != held_under:
            held, held_under = "", None
        own = BETWEEN.sub(" ", held)
        yield upper if not own or upper[-1:] == (own,) else (*upper, own)
