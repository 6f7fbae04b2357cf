"""Japanese fiscal years (April to March): pure arithmetic."""

import datetime as dt
import re
import unicodedata

FIRST_MONTH = 4
REIWA_BASE = 2018
HEISEI_BASE = 1988
SHOWA_BASE = 1925


def fiscal_year_of(day: dt.date) -> int:
    """Return the fiscal year of a day: 2024-03-31 belongs to 2023."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day(fiscal_year: int) -> dt.date:
    return dt.date(fiscal_year, FIRST_MONTH, 1)


def last_day(fiscal_year: int) -> dt.date:
    return dt.date(fiscal_year + 1, FIRST_MONTH - 1, 31)


def era_year(fiscal_year: int) -> str:
    """Return the era name of a fiscal year, e.g. 「令和5年度」; the year 2019 counts as 令和元年度."""
    for name, base in (("令和", REIWA_BASE), ("平成", HEISEI_BASE), ("昭和", SHOWA_BASE)):
        if fiscal_year > base:
            number = fiscal_year - base
            return f"{name}{'元' if number == 1 else number}年度"
    return f"{fiscal_year}年度"


def short(fiscal_year: int) -> str:
    """Return the era's letter and year, e.g. 「R5」, for names of files."""
    for letter, base in (("R", REIWA_BASE), ("H", HEISEI_BASE), ("S", SHOWA_BASE)):
        if fiscal_year > base:
            return f"{letter}{fiscal_year - base}"
    return str(fiscal_year)


def label(fiscal_year: int) -> str:
    """Return both calendars, e.g. 「令和5年度（2023年度）」; once where the year has no era of ours."""
    era, western = era_year(fiscal_year), f"{fiscal_year}年度"
    return era if era == western else f"{era}（{western}）"


def with_year(title: str, fiscal_year: int, *, between: str = "　") -> str:
    """Return a title and its fiscal year; the title alone where it tells that year, as 「〇〇調査 令和6年度」 does."""
    return title if tells_year(title, fiscal_year) else f"{title}{between}{label(fiscal_year)}"


def tells_year(title: str, fiscal_year: int) -> bool:
    """Say whether a title names this fiscal year; 「令和4～6年度」 names more than one, and tells none of them."""
    plain = unicodedata.normalize("NFKC", title)
    told = (era_year(fiscal_year), f"{fiscal_year}年度")
    return any(re.search(rf"(?<![\d~〜]){one}(?!\s*[~〜])", plain) for one in told)


def in_brackets(fiscal_year: int) -> str:
    """Return both calendars for the inside of a bracket, e.g. 「令和5年度・2023年度」: a bracket holds no other."""
    era, western = era_year(fiscal_year), f"{fiscal_year}年度"
    return era if era == western else f"{era}・{western}"
