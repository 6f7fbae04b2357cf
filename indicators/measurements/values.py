"""The values of an indicator over the years: which one stands for a year, and how it is told. Pure.

A value is a row of the table, or the same frozen in a document. Of several sources of a year one stands, by a rule that
reads the same in both, so that a page and a report never differ: a number before a reason for having none, the value
that the municipality has called official, the firmest one (確定, 速報, 見込), the one of the latest day (one without a
day before none), and of what is equal in all this the last by the name of its source, which of two editions is the
later. Nothing else that is stored tells of a source whether it counts for more.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.arithmetic import accumulating
from indicators.arithmetic.printing import printed
from indicators.choices import Finality, ValueState
from municipalities.japanese import dates, fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable

OPEN = "採用する値が未決定"
FIRMNESS = {Finality.FORECAST: 0, Finality.PRELIMINARY: 1, Finality.FINAL: 2}


def standing(values: Iterable[Any]) -> dict[int, Any]:
    """Return for each year the value that stands for it, a number before a reason for having none."""
    return {value.fiscal_year: value for value in sorted(values, key=firmness)}


def standing_with_doubt(values: Iterable[Any]) -> dict[int, Any]:
    """Return the same for people to read: a value that nobody has adopted among others carries that it is so."""
    rows = list(values)
    found = standing(rows)
    for year, one in undecided(rows).items():
        found[year] = found[year].left_open(one)
    return found


def newest(values: Iterable[Any]) -> Any:
    """Return the value that stands for the newest year, with its doubt; there is at least one."""
    found = standing_with_doubt(values)
    return found[max(found)]


def firmness(value: Any) -> tuple[bool, bool, int, dt.date, str, str]:
    """Return what decides between the sources of a year, the greatest stands."""
    return (
        value.state == ValueState.VALUE,
        value.is_official,
        FIRMNESS[Finality(value.finality)],
        day_of(value),
        value.source,
        value.key,
    )


def day_of(value: Any) -> dt.date:
    return value.as_of or dt.date.min


# What has been entered is firm or not; that a number is hidden takes nothing of that away.
ENTERED = (ValueState.VALUE, ValueState.SUPPRESSED)


@dataclass(frozen=True, slots=True)
class Undecided:
    """A year that several sources tell differently and of which none was adopted; `drawn` stands for it meanwhile."""

    drawn: Any
    count: int
    is_firmest: bool
    is_latest: bool

    @property
    def why(self) -> str:
        """Return which part of the rule has chosen."""
        if self.is_firmest:
            return "確定の別が最も確かな値です"
        if self.is_latest:
            return "確定の別が同じため、時点の最も新しい値にしています"
        return "確定の別も時点も同じため、仮に、出典の名称の順で最後の値にしています"

    @property
    def note(self) -> str:
        """Return what stands beside the value itself; without brackets, for it mostly stands in some."""
        return f"{OPEN}：仮に「{self.drawn.source}」の値"

    @property
    def sentence(self) -> str:
        year = fiscal.label(self.drawn.fiscal_year)
        return (
            f"{year}は、違う値が{self.count}つあり、どの値を採用するか決まっていません。"
            f"「{self.drawn.source}」の値を示しています（{self.why}）。"
        )


def undecided(values: Iterable[Any]) -> dict[int, Undecided]:
    """Return the years that nobody has decided, each with what stands for it and why."""
    by_year: dict[int, list[Any]] = {}
    for value in values:
        if value.state == ValueState.VALUE:
            by_year.setdefault(value.fiscal_year, []).append(value)
    return {
        year: of_rivals(sorted(rows, key=firmness))
        for year, rows in by_year.items()
        if len({row.value for row in rows}) > 1 and not any(row.is_official for row in rows)
    }


def of_rivals(rows: list[Any]) -> Undecided:
    *others, drawn = rows
    as_firm = [one for one in others if one.finality == drawn.finality]
    is_latest = all(day_of(one) != day_of(drawn) for one in as_firm)
    return Undecided(drawn, len(rows), is_firmest=not as_firm, is_latest=is_latest)


@dataclass(frozen=True, slots=True)
class Told:
    """A value of a year in words, beside the definition that says its unit."""

    definition: Any
    year: int
    measurement: Any

    @property
    def text(self) -> str:
        """Return 「31.5％」 or the word for the state; for a year without a row that of 未入力."""
        if self.measurement is None:
            return printed(None, state=ValueState.NOT_ENTERED, unit="", decimals=0)
        return printed(
            self.measurement.value,
            state=self.measurement.state,
            unit=self.definition.unit,
            decimals=accumulating.digits(self.definition, self.measurement.value),
        )

    @property
    def year_label(self) -> str:
        return fiscal.label(self.year)

    @property
    def standing_of(self) -> str:
        return standing_of(self.measurement) if self.measurement else ""

    @property
    def standing_in_full(self) -> str:
        return standing_in_full(self.measurement) if self.measurement else ""


def standing_in_full(value: Any) -> str:
    """Return 「令和8年6月末現在・確定」, for a column that is headed 時点・確定の別."""
    return "・".join(filter(None, (as_of(value), finality_in_full(value), open_note(value))))


def standing_of(value: Any) -> str:
    """Return 「令和7年12月末現在・速報」 as far as it says more than the year; a final value that was decided is none."""
    return "・".join(filter(None, (as_of(value), finality(value), open_note(value))))


def unsettled(value: Any) -> str:
    """Return 「令和7年12月末現在・速報」 of a value that is not the last word; of a final one nothing."""
    firm = finality(value)
    return "・".join(filter(None, (as_of(value), firm))) if firm else ""


def open_note(value: Any) -> str:
    """Return that a value stands for its year without having been adopted among others; mostly nothing."""
    one: Undecided | None = getattr(value, "undecided", None)
    return one.note if one else ""


def as_of(value: Any) -> str:
    """Return 「令和7年12月末現在」, of another day than a month's last 「令和2年10月1日現在」."""
    return day_told(value.as_of)


def day_told(day: dt.date | None) -> str:
    """Return a day as that of which a number tells."""
    if not day:
        return ""
    told = dates.in_wareki(day)
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return f"{told.rpartition('月')[0]}月末現在" if is_last else f"{told}現在"


def finality(value: Any) -> str:
    """Return 速報 or 見込 of a value that is not the last word, hidden or not; final values need none."""
    return "" if value.finality == Finality.FINAL else finality_in_full(value)


def finality_in_full(value: Any) -> str:
    """Return 確定, 速報 or 見込 of a value that was entered, hidden or not; of a reason for having none nothing."""
    return str(Finality(value.finality).label) if value.state in ENTERED else ""
