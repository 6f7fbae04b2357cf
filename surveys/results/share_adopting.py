"""A share beside a value that the year has from another source: which of the two the municipality stands by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from indicators.choices import ValueState
from indicators.measurements import official, values
from indicators.models import Measurement
from surveys.results import share_value

if TYPE_CHECKING:
    from indicators.entering.entering import Report
    from indicators.long_format import Row
    from municipalities.models import Cycle, User

THIS, KEEP = "this", "keep"
CHOICES = (THIS, KEEP)
UNCHOSEN = "どちらの値を採用するかを選んでください。採用した値が、報告書と図に使われます。"
WRITTEN = "指標の値として書き込みました。"


@dataclass(frozen=True, slots=True)
class Beside:
    """The value that stands for the year until now, from another source."""

    value: Measurement

    @property
    def text(self) -> str:
        """Return 「24.4％（令和8年6月末現在、出典：介護保険事業状況報告）」."""
        value = self.value
        told = values.Told(value.defined_by, value.fiscal_year, value)
        parts = (told.standing_of, f"出典：{value.source}")
        return f"{told.text}（{'、'.join(filter(None, parts))}）"

    @property
    def mark(self) -> str:
        return f"{self.value.key}-{self.value.version}"


def beside(row: Row) -> Beside | None:
    """Return what stands for the year of a row from another source, where it is a number. One query."""
    told = row.cells
    rivals = (
        Measurement.objects.filter(
            code=told["indicator"], fiscal_year=told["fiscal_year"], state=ValueState.VALUE
        )
        .exclude(source=told["source"])
        .select_related("definition", "own_definition")
    )
    found = next(iter(values.standing(rivals).values()), None)
    return found and Beside(found)


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was chosen: the new value, or what stands beside it."""

    beside: Beside
    choice: str


def write(cycle: Cycle, row: Row, *, by: User, expected: str, adopts: Adopted | None) -> Report:
    """Write the row; where the year has another value, call the chosen one of the two official."""
    with transaction.atomic():
        report = share_value.write(cycle, row, by=by, expected=expected)
        if adopts and report.is_written and report.writes:
            chosen = adopts.beside.value if adopts.choice == KEEP else written(row)
            official.choose(chosen, is_official=True, by=by)
    return report


def written(row: Row) -> Measurement:
    told = row.cells
    return Measurement.objects.get(
        code=told["indicator"], fiscal_year=told["fiscal_year"], source=told["source"]
    )


def said(one: Adopted | None) -> str:
    """Return what was done, for whom has pressed."""
    if one is None:
        return WRITTEN
    if one.choice == THIS:
        return f"{WRITTEN}この年度は、この値を採用しました。これまでの値 {one.beside.text} も、採用しない値として残ります。"
    return f"{WRITTEN}この年度に採用している値は、これまでどおり {one.beside.text} です。"
