"""Reads dates and fiscal years as they are typed in Japan (R7.7.10, ㋿5年, 20250710); pure, without Django.

A two-digit year without an era is refused, never guessed: 06/04/05 is 2024 to its typist and 2005 to a parser.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

DATE_EXAMPLE = "令和7年7月10日、2025/7/10"
YEAR_EXAMPLE = "令和7年度、2025"
MAX_TYPED = 40
WEEKDAYS = "月火水木金土日"
# Until the end of 明治5年 the calendar was lunisolar; nothing here is older, and nothing is planned past 2100.
FIRST_YEAR, LAST_YEAR = 1873, 2100


@dataclass(frozen=True, slots=True)
class Era:
    """One 元号 with its first day."""

    name: str
    letter: str
    starts: date

    def wareki(self, year: int) -> str:
        """The year of this era that is the given Western year: 「令和元」「令和7」."""
        count = year - self.starts.year + 1
        return f"{self.name}{'元' if count == 1 else count}"


ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("大正", "T", date(1912, 7, 30)),
    Era("明治", "M", date(1868, 10, 23)),
)
_BY_SIGN = {sign: era for era in ERAS for sign in (era.name, era.letter)}
_ERA = r"(?:(?P<era>令和|平成|昭和|大正|明治|[RHSTM])|西暦)?"
_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_KANJI_TENS = re.compile(
    r"(?<![十百千万])([二三四五六七八九]?)十([一二三四五六七八九]?)(?![十百千万])"
)
_DATE = re.compile(
    _ERA + r"(?P<y>元|\d{1,4})(?:年|[./-])(?P<m>\d{1,2})(?:月|[./-])(?P<d>\d{1,2})日?"
    r"(?:\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?(?:[ T]?0{1,2}:00(?::00)?)?",
    re.ASCII,
)
# 「令和7年12月末」, and what the screens write behind a day: 「令和8年9月末現在」.
_MONTH_END = re.compile(r"(?P<month>.+年\d{1,2}月)末日?", re.ASCII)
_AS_OF = re.compile(r"(?:現在|時点)$")
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})|(?P<era>[RHSTM])(?P<ey>\d{2})(?P<em>\d{2})(?P<ed>\d{2})",
    re.ASCII,
)
_YEAR = re.compile(
    _ERA + r"(?P<y>元|\d{1,4})(?:年度?)?(?:\((?:西暦)?(?P<western>\d{4})(?:年度?)?\))?", re.ASCII
)
_NO_YEAR = re.compile(r"\d{1,2}(?:月|[./-])\d{1,2}日?", re.ASCII)


class DateError(ValueError):
    """What was typed is no date or year; the message is a sentence for the person who typed it."""


class NoSuchDay(DateError):
    """A day or month was typed that the calendar has not."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A date that was read, and a sentence when it was read otherwise than it was typed."""

    value: date
    notice: str = ""


def read_date(text: str) -> Reading:
    """Read one date in Japanese or Western style, full width or half; raises DateError."""
    typed = _AS_OF.sub("", fold(text))
    if ending := _MONTH_END.fullmatch(typed):
        return _last_day(read_date(f"{ending['month']}1日"))
    found = _DATE.fullmatch(typed)
    if found is None:
        return _read_compact(typed)
    year, month, day = found["y"], int(found["m"]), int(found["d"])
    if found["era"] is None:
        if len(year) != 4:  # noqa: PLR2004 -- a Western year is written with four digits
            raise DateError(f"元号か西暦4桁を付けて入力してください（例：{DATE_EXAMPLE}）")
        reading = Reading(_real_date(int(year), month, day))
    else:
        reading = _in_era(_BY_SIGN[found["era"]], _count(year), month, day)
    _check_weekday(reading.value, found["weekday"])
    return reading


def _last_day(first: Reading) -> Reading:
    """Return the last day of a month of which the first one was read."""
    day = first.value
    return Reading(day.replace(day=monthrange(day.year, day.month)[1]), first.notice)


def read_fiscal_year(text: str) -> int:
    """Read a 年度 (R5, 令和五年度, 2023, ２０２３年度, our own 「令和5年度（2023年度）」) as its Western year."""
    found = _YEAR.fullmatch(fold(text))
    if found is None:
        raise DateError(f"年度を入力してください（例：{YEAR_EXAMPLE}）")
    if found["era"] is None:
        if len(found["y"]) != 4:  # noqa: PLR2004 -- a Western year is written with four digits
            raise DateError(f"元号か西暦4桁を付けて入力してください（例：{YEAR_EXAMPLE}）")
        year = int(found["y"])
    else:
        year = _fiscal_year_in_era(_BY_SIGN[found["era"]], _count(found["y"]))
    if found["western"] and int(found["western"]) != year:
        raise DateError(
            f"和暦と西暦が合っていません。どちらかを直してください（例：{YEAR_EXAMPLE}）"
        )
    return _within_reach(year)


def era_of(day: date) -> Era | None:
    """The era of a day; None before 明治."""
    return next((era for era in ERAS if era.starts <= day), None)


def in_wareki(day: date) -> str:
    """「令和7年7月10日」, with 元年 for a first year; before 明治 the Western date."""
    era = era_of(day)
    year = era.wareki(day.year) if era else str(day.year)
    return f"{year}年{day.month}月{day.day}日"


def in_western(day: date) -> str:
    """「2025年7月10日（木）」."""
    return f"{day.year}年{without_year(day)}"


def in_both(day: date) -> str:
    """「令和7年（2025年）7月10日」: what is read by people who count in either calendar."""
    era = era_of(day)
    year = f"{era.wareki(day.year)}年（{day.year}年）" if era else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def without_year(day: date) -> str:
    """「7月10日（木）」, where the year is told already."""
    return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def fold(text: str) -> str:
    """Return what was typed in half width, without blanks, with Arabic digits; raises DateError when too long."""
    folded = unicodedata.normalize("NFKC", text)[: MAX_TYPED + 1].strip()
    if len(folded) > MAX_TYPED:
        raise DateError(f"日付だけを入力してください（例：{DATE_EXAMPLE}）")
    folded = re.sub(r"(?<=\d)[ ]+(?=0{1,2}:00)", "T", folded, flags=re.ASCII)
    folded = re.sub(r"\s+", "", folded).upper().translate(str.maketrans("－−‐–―。", "-----."))
    folded = _KANJI_TENS.sub(_kanji_tens, folded)
    return folded.translate(_KANJI_DIGITS)


def _kanji_tens(found: re.Match[str]) -> str:
    tens, ones = found.groups()
    return f"{tens or '一'}{ones or '〇'}"


def _count(year: str) -> int:
    return 1 if year == "元" else int(year)


def _read_compact(typed: str) -> Reading:
    found = _COMPACT.fullmatch(typed)
    if found is None:
        if _NO_YEAR.fullmatch(typed):
            raise DateError(f"年から入力してください（例：{DATE_EXAMPLE}）")
        raise DateError(f"日付を入力してください（例：{DATE_EXAMPLE}）")
    if found["era"]:
        return _in_era(_BY_SIGN[found["era"]], int(found["ey"]), int(found["em"]), int(found["ed"]))
    return Reading(_real_date(int(found["y"]), int(found["m"]), int(found["d"])))


def _in_era(era: Era, count: int, month: int, day: int) -> Reading:
    value = _real_date(_year_in_era(era, count), month, day)
    true_era = era_of(value)
    if true_era is era:
        return Reading(value)
    if true_era is None or value < era.starts:
        raise DateError(
            f"{in_wareki(value)}ではありませんか（{_spoken(era, count)}{month}月{day}日という日付はありません）"
        )
    if value.year == true_era.starts.year:
        return Reading(
            value,
            notice=f"{_spoken(era, count)}{month}月{day}日は、{in_wareki(value)}として受け取りました",
        )
    raise DateError(
        f"{in_wareki(value)}（{value.year}年）ではありませんか（{_spoken(era, count)}という年はありません）"
    )


def _fiscal_year_in_era(era: Era, count: int) -> int:
    year = _year_in_era(era, count)
    begins_in = era_of(date(year, 4, 1))
    if begins_in is era or count == 1:
        return year
    true_era = begins_in or era
    raise DateError(
        f"{true_era.wareki(year)}年度（{year}年度）ではありませんか（{_spoken(era, count)}度という年度はありません）"
    )


def _year_in_era(era: Era, count: int) -> int:
    if count < 1:
        raise DateError(
            f"{era.name}は元年から始まります。年を確かめてください（例：{era.name}2年）"
        )
    return _within_reach(era.starts.year + count - 1)


def _spoken(era: Era, count: int) -> str:
    return f"{era.name}{'元' if count == 1 else count}年"


def _within_reach(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"年を確かめて、もう一度入力してください（{year}年は入力できません）")
    return year


def _real_date(year: int, month: int, day: int) -> date:
    try:
        return date(_within_reach(year), month, day)
    except DateError:
        raise
    except ValueError:
        raise NoSuchDay(f"実在する日付を入力してください（例：{DATE_EXAMPLE}）") from None


def _check_weekday(day: date, typed: str | None) -> None:
    if typed and WEEKDAYS[day.weekday()] != typed:
        raise DateError(
            f"日付か曜日を直してください（{day.year}年{day.month}月{day.day}日は{WEEKDAYS[day.weekday()]}曜日です）"
        )
