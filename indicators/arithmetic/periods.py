"""The pieces of a fiscal year, their last days, and how many of them are known, in words. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any

from indicators.arithmetic import accumulating
from indicators.choices import Finality, PartKind, Period
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_ALL = tuple(Period)
MONTHS, QUARTERS, HALVES = _ALL[:12], _ALL[12:16], _ALL[16:18]
OF_KIND: dict[str, tuple[Period, ...]] = {
    PartKind.MONTH: MONTHS,
    PartKind.QUARTER: QUARTERS,
    PartKind.HALF: HALVES,
    PartKind.AREA: (Period.YEAR,),
}
COUNTED = {
    PartKind.MONTH: "{count}か月分",
    PartKind.QUARTER: "{count}四半期分",
    PartKind.HALF: "{count}期分",
    PartKind.AREA: "{count}圏域分",
}

# What a definition says of its period (`period_basis`) where its value is of one day, month or survey, and of no whole year.
OF_A_MOMENT = ("現在", "調査", "時点", "開催日", "交付金")
CALENDAR_YEAR, FISCAL_YEAR = ("暦年", "1月から12月", "1月～12月"), ("年度", "4月")


def unfinished(definition: Any, fiscal_year: int, today: dt.date) -> bool:
    """Say whether a value of this year counts a year that has not ended on `today`; one of a day or survey never does.

    Where the definition says nothing of its period, what accumulates counts the fiscal year.
    """
    end = end_of(definition, fiscal_year)
    return end is not None and today <= end


def usual_finality(definition: Any, fiscal_year: int, today: dt.date) -> Finality:
    """Return what a new value is called where nobody says: while its year lasts, it is not the last word."""
    is_open = unfinished(definition, fiscal_year, today)
    return Finality.PRELIMINARY if is_open else Finality.FINAL


def end_of(definition: Any, fiscal_year: int) -> dt.date | None:
    """Return the last day of the year that a value counts, the fiscal or the calendar one; None for no whole year."""
    basis = getattr(definition, "period_basis", "")
    if any(word in basis for word in OF_A_MOMENT):
        return None
    if any(word in basis for word in CALENDAR_YEAR):
        return dt.date(fiscal_year, 12, 31)
    is_fiscal = (
        any(word in basis for word in FISCAL_YEAR) if basis else accumulating.grows(definition)
    )
    return fiscal.last_day(fiscal_year) if is_fiscal else None


def last_day(period: str, fiscal_year: int) -> dt.date:
    """Return the day with which a period of a fiscal year ends: that of 「12」 of 2026 is 2026-12-31."""
    month = _last_month(Period(period))
    year = fiscal_year if month >= fiscal.FIRST_MONTH else fiscal_year + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _last_month(period: Period) -> int:
    """Return with which month of the calendar a period ends: the pieces of a kind share the year evenly."""
    of = next(pieces for pieces in OF_KIND.values() if period in pieces)
    at = (of.index(period) + 1) * len(MONTHS) // len(of) - 1
    return int(MONTHS[at].value)


def short(period: str) -> str:
    """Return 「4月」, 「第1四半期」 or 「上半期」 without its months."""
    return str(Period(period).label).partition("（")[0]


def told(kind: str, labels: Sequence[str], known: Collection[str]) -> str:
    """Return 「4月〜12月の9か月分」; what is missing between is named, and so is every area that is missing.

    `labels` are those of all pieces in their order, `known` those with a value.
    """
    there = [label for label in labels if label in known]
    counted = COUNTED[PartKind(kind)].format(count=len(there))
    if not there:
        return "まだ値がありません"
    span = f"{there[0]}〜{there[-1]}" if len(there) > 1 else there[0]
    within = list(labels)[labels.index(there[0]) : labels.index(there[-1]) + 1]
    if kind == PartKind.AREA:
        span, within = f"{len(labels)}圏域のうち", list(labels)
    gaps = [label for label in within if label not in known]
    link = "" if kind == PartKind.AREA else "の"
    return f"{span}{link}{counted}" + (f"（{'、'.join(gaps)}の値がありません）" if gaps else "")
