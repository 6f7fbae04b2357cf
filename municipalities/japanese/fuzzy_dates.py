"""Reads times as people speak of them (令和6年度末, 2024年10月頃, R6.10上旬); pure, without Django.

What is read is written again in one way and has a first and a last day, by which it is put in order.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from municipalities.japanese import dates, fiscal
from municipalities.japanese.dates import DATE_EXAMPLE, LAST_YEAR, YEAR_EXAMPLE, DateError

EXAMPLE = "令和6年度末、令和6年10月頃、2024/10/1"
DECEMBER = 12

# Spelling → the one that is kept. 四半期 arrives as 4半期: kanji digits are folded before.
_SAME = {
    "はじめ": "初め",
    "早々": "初め",
    "当初": "初め",
    "初旬": "上旬",
    "半ば": "中旬",
    "上半期": "前半",
    "上期": "前半",
    "下半期": "後半",
    "下期": "後半",
    **{f"{n}4半期": f"第{n}四半期" for n in range(1, 5)},
    **{f"第{n}4半期": f"第{n}四半期" for n in range(1, 5)},
}
# Part of a 年度 and of a calendar year → its first month, counted from the year's January, and how many months.
_OF_FISCAL_YEAR = {
    "": (4, 12),
    "内": (4, 12),
    "中": (4, 12),
    "初め": (4, 1),
    "末": (15, 1),
    "前半": (4, 6),
    "後半": (10, 6),
    "第1四半期": (4, 3),
    "第2四半期": (7, 3),
    "第3四半期": (10, 3),
    "第4四半期": (13, 3),
    "春": (4, 2),
    "夏": (6, 3),
    "秋": (9, 3),
    "冬": (12, 3),
}
_OF_YEAR = {
    "": (1, 12),
    "内": (1, 12),
    "中": (1, 12),
    "初め": (1, 1),
    "末": (12, 1),
    "前半": (1, 6),
    "後半": (7, 6),
    "春": (3, 3),
    "夏": (6, 3),
    "秋": (9, 3),
    "冬": (12, 3),
}
# Part of a month → its first and its last day; 0 is the last day of the month.
_OF_MONTH = {
    "": (1, 0),
    "内": (1, 0),
    "中": (1, 0),
    "初め": (1, 7),
    "上旬": (1, 10),
    "前半": (1, 15),
    "中旬": (11, 20),
    "後半": (16, 0),
    "下旬": (21, 0),
    "末": (25, 0),
}
_TAILED = re.compile(
    r"(?P<body>.*?)(?P<about>頃|ごろ|ころ)?(?P<bound>までに?|迄に?|以降)?", re.DOTALL
)
_YEAR = r"(?P<year>(?:令和|平成|昭和|大正|明治|[RHSTM]|西暦)?(?:元|\d{1,4}))"
_PART = r"の?(?P<part>\D.*)?"
_FISCAL_YEAR = re.compile(_YEAR + r"年度(?P<western>\(\d{4}年?度?\))?" + _PART, re.ASCII)
_FISCAL_MONTH = re.compile(_YEAR + r"年度の?(?P<month>\d{1,2})月" + _PART, re.ASCII)
_MONTH = re.compile(
    _YEAR + r"(?:年の?|[./-])(?P<month>\d{1,2})(?:月|(?!\d|[./-]))" + _PART, re.ASCII
)
_CALENDAR_YEAR = re.compile(_YEAR + r"年" + _PART, re.ASCII)
_RANGE = re.compile(r"[~〜～]|から|\d年?度?-(?:令和|R|\d{4})")
_RELATIVE = re.compile(r"今年|来年|再来年|本年|翌年|今月|来月|翌月|今期|来期")
_BARE_YEAR = re.compile(_YEAR, re.ASCII)
_NO_YEAR = re.compile(r"\d{1,2}月.*|年度?末|年度内|年内|[春夏秋冬]", re.ASCII)


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A time as people speak of it: its usual spelling, and the days between which it lies."""

    text: str
    earliest: date
    latest: date

    @property
    def order(self) -> tuple[date, date]:
        """What ends earlier comes first; of two that end together, what begins earlier."""
        return self.latest, self.earliest

    @property
    def days(self) -> str:
        """The days between which it lies, in words."""
        begins, ends = dates.in_western(self.earliest), dates.in_western(self.latest)
        if self.earliest == self.latest:
            return begins
        return f"{begins}以降" if self.latest == date.max else f"{begins}から{ends}まで"


def read(text: str) -> FuzzyDate:
    """Read one time; raises DateError with a sentence for the person who typed it.

    What `read` returns as text reads as the same time again. 以降 has no end: date.max.
    """
    try:
        return _read(dates.fold(text))
    except DateError as error:
        message = str(error).replace(DATE_EXAMPLE, EXAMPLE).replace(YEAR_EXAMPLE, EXAMPLE)
        raise type(error)(message) from None


def read_or_none(text: str) -> FuzzyDate | None:
    """Read a stored text, which may be older than this reader; None when it cannot be read."""
    try:
        return read(text)
    except DateError:
        return None


def is_before(text: str, other: str) -> bool:
    """Say whether one time has ended when the other begins; of what cannot be read nothing is said."""
    one, two = read_or_none(text), read_or_none(other)
    return one is not None and two is not None and one.latest < two.earliest


def _read(typed: str) -> FuzzyDate:
    tailed = _TAILED.fullmatch(typed)
    body, about, bound = tailed.groups() if tailed else (typed, "", "")
    found = _read_part(body) or _read_day(body)
    bound = _bound(bound)
    latest = date.max if bound == "以降" else found.latest
    return FuzzyDate(f"{found.text}{'頃' if about else ''}{bound}", found.earliest, latest)


def _bound(typed: str | None) -> str:
    if not typed:
        return ""
    return "以降" if typed == "以降" else "まで"


def _read_part(body: str) -> FuzzyDate | None:
    for pattern, reader in _READERS:
        found = pattern.fullmatch(body)
        if found:
            part = _SAME.get(found["part"] or "", found["part"] or "")
            if read := reader(found, part):
                return read
    return None


def _in_fiscal_year(found: re.Match[str], part: str) -> FuzzyDate | None:
    if part not in _OF_FISCAL_YEAR:
        return None
    year = dates.read_fiscal_year(f"{found['year']}年度{found['western'] or ''}")
    return _months(fiscal.era_year(year) + part, year, _OF_FISCAL_YEAR[part])


def _in_fiscal_month(found: re.Match[str], part: str) -> FuzzyDate | None:
    """令和6年度の3月 is 令和7年3月."""
    year = dates.read_fiscal_year(f"{found['year']}年度")
    month = int(found["month"])
    return _days(year + (month < fiscal.FIRST_MONTH), month, part)


def _in_month(found: re.Match[str], part: str) -> FuzzyDate | None:
    # Every era of today's people begins before the 28th of its first month, and every month has one.
    day = _spoken_without("28日", f"{found['year']}年{found['month']}月28日")
    return _days(day.year, day.month, part)


def _in_year(found: re.Match[str], part: str) -> FuzzyDate | None:
    if part not in _OF_YEAR:
        return None
    day = _spoken_without("12月31日", f"{found['year']}年12月31日")
    name = dates.in_wareki(day).removesuffix("12月31日")
    return _months(name + part, day.year, _OF_YEAR[part])


# A 年度 with a month before the 年度 alone, whose part may be any word.
_READERS = (
    (_FISCAL_MONTH, _in_fiscal_month),
    (_FISCAL_YEAR, _in_fiscal_year),
    (_MONTH, _in_month),
    (_CALENDAR_YEAR, _in_year),
)


def _spoken_without(day: str, typed: str) -> date:
    """Read a date of which the day was not typed: a message does not speak of it either."""
    try:
        return dates.read_date(typed).value
    except DateError as error:
        raise DateError(str(error).replace(day, "")) from None


def _months(text: str, year: int, span: tuple[int, int]) -> FuzzyDate:
    first, count = span
    earliest, latest = _month(year, first), _month(year, first + count - 1)
    return FuzzyDate(text, earliest, latest.replace(day=_length(latest)))


def _month(year: int, month: int) -> date:
    """The first day of a month, counted from January: the 15th is March of the next year."""
    return date(year + (month - 1) // DECEMBER, (month - 1) % DECEMBER + 1, 1)


def _days(year: int, month: int, part: str) -> FuzzyDate | None:
    if part not in _OF_MONTH:
        return None
    if not 1 <= month <= DECEMBER or year > LAST_YEAR:
        raise DateError(f"年と月を確かめて、もう一度入力してください（例：{EXAMPLE}）")
    first, last = _OF_MONTH[part]
    begins = date(year, month, first)
    ends = begins.replace(day=last or _length(begins))
    name = dates.in_wareki(begins.replace(day=_length(begins)))
    return FuzzyDate(name[: name.index("月") + 1] + part, begins, ends)


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _read_day(body: str) -> FuzzyDate:
    _advise(body)
    try:
        day = dates.read_date(body).value
    except DateError as error:
        if re.match(r"(?:日付|年から)", str(error)):
            raise DateError(f"時期を入力してください（例：{EXAMPLE}）") from None
        raise
    return FuzzyDate(dates.in_wareki(day), day, day)


def _advise(body: str) -> None:
    """Raise the sentence for what people often type and nobody can order."""
    if _RELATIVE.search(body):
        raise DateError(f"「今年度」「来年」などを使わずに、年を入力してください（例：{EXAMPLE}）")
    if _RANGE.search(body):
        raise DateError(f"時期を一つだけ入力してください（例：{EXAMPLE}）")
    if _NO_YEAR.fullmatch(body):
        raise DateError(f"年から入力してください（例：{EXAMPLE}）")
    if _BARE_YEAR.fullmatch(body):
        raise DateError(f"「年」か「年度」を付けて入力してください（例：{EXAMPLE}）")
