"""What reports let out: a municipality's SubmittedValues are made equal to the copies of its reports."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from indicators.arithmetic import breaks
from indicators.choices import Finality, ValueState
from indicators.definitions import taking_definitions
from indicators.measurements.values import standing, standing_with_doubt
from indicators.models import Definition, SubmittedValue, ValueReply
from indicators.models.definitions import OWN_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from municipalities.models import Municipality

    Row = dict[str, Any]
    # An indicator and a fiscal year.
    Place = tuple[str, int]

# What a prefecture has defined for its towns, who take it over under this name.
PREFECTURE_PREFIX = "pref-"
UNIQUE = ("municipality", "code", "fiscal_year")
# Of a row that is there already, all but the reply: that is no part of a copy.
WRITTEN = (
    *("definition", "definition_version", "value", "numerator", "denominator", "state"),
    *("finality", "as_of", "source", "is_undecided", "number", "published_at"),
)


@dataclass(frozen=True, slots=True)
class Copy:
    """What the copy of a report tells: the rows of its measurements, after disclosure."""

    number: str
    published_at: dt.datetime
    fiscal_year: int
    measurements: list[Row]


@dataclass(frozen=True, slots=True)
class _Told:
    """A row of a copy as `values.standing` asks for it."""

    key: str
    fiscal_year: int
    state: str
    finality: str
    is_official: bool
    as_of: dt.date | None
    source: str
    row: Row
    is_undecided: bool = False

    @property
    def value(self) -> Decimal | None:
        return _number(self.row["value"])

    def left_open(self, _undecided: object) -> _Told:
        """Return it as one that nobody has adopted among others."""
        return replace(self, is_undecided=True)


def let_out(municipality: Municipality, copies: Iterable[Copy]) -> None:
    """Make the values of a municipality equal to what these copies tell; of two the newest counts.

    `copies` holds the newest version of each report. The caller is within the municipality.
    """
    told = newest(copies)
    codes = {code for code, _ in told}
    definitions = {one.code: one for one in Definition.objects.filter(code__in=codes)}
    replies = {(one.code, one.fiscal_year): one.text for one in ValueReply.objects.order_by()}
    counted = definitions | taking_definitions.by_code(municipality.prefecture_id, codes)
    rows = [
        value_of(municipality, one, copy, definition=definitions.get(code))
        for (code, _), (one, copy) in told.items()
        if code in counted or code.startswith(PREFECTURE_PREFIX)
    ]
    for row in rows:
        row.reply = replies.get((row.code, row.fiscal_year), "")
        if row.code in counted:
            row.definition_version = breaks.series(counted[row.code], row.fiscal_year)
    with transaction.atomic():
        _take_back(municipality, {(row.code, row.fiscal_year) for row in rows})
        SubmittedValue.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=UNIQUE, update_fields=WRITTEN
        )


def newest(copies: Iterable[Copy]) -> dict[Place, tuple[_Told, Copy]]:
    """Return the value that stands for each indicator and year, with the newest copy that tells of it."""
    found: dict[Place, tuple[_Told, Copy]] = {}
    for copy in sorted(copies, key=lambda one: (one.published_at, one.number)):
        found |= {place: (one, copy) for place, one in _standing(copy)}
    return found


def _standing(copy: Copy) -> Iterator[tuple[Place, _Told]]:
    """Yield what a copy tells of each indicator and year; of several sources, the official value."""
    by_code: dict[str, list[_Told]] = defaultdict(list)
    # Copies of before knew of no adopted values: nothing is said of what nobody could decide.
    could_adopt = any("is_official" in row for row in copy.measurements)
    stands = standing_with_doubt if could_adopt else standing
    for row in copy.measurements:
        if not row["indicator"].startswith(OWN_PREFIX) and row["fiscal_year"] <= copy.fiscal_year:
            by_code[row["indicator"]].append(_told(row))
    for code, rows in by_code.items():
        yield from (((code, year), one) for year, one in stands(rows).items())


def _told(row: Row) -> _Told:
    return _Told(
        key=row["key"],
        fiscal_year=row["fiscal_year"],
        state=row["state"],
        finality=row.get("finality", Finality.FINAL.value),
        is_official=row.get("is_official", False),
        as_of=dt.date.fromisoformat(day) if (day := row.get("as_of")) else None,
        source=row["source"],
        row=row,
    )


def value_of(
    municipality: Municipality, one: _Told, copy: Copy, *, definition: Definition | None
) -> SubmittedValue:
    """Return the published value of a row; what is not a number has none beside it either."""
    row = one.row
    is_known = row["state"] == ValueState.VALUE
    return SubmittedValue(
        municipality=municipality,
        code=row["indicator"],
        definition=definition,
        fiscal_year=row["fiscal_year"],
        value=_number(row["value"]) if is_known else None,
        numerator=_number(row.get("numerator")) if is_known else None,
        denominator=_number(row.get("denominator")) if is_known else None,
        state=row["state"],
        finality=row.get("finality", Finality.FINAL.value),
        as_of=row.get("as_of"),
        source=row["source"],
        is_undecided=one.is_undecided,
        number=copy.number,
        published_at=copy.published_at,
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _take_back(municipality: Municipality, places: set[Place]) -> None:
    """Delete what no copy tells any more: an indicator that a new version leaves out."""
    stored = SubmittedValue.objects.filter(municipality=municipality)
    gone = [
        pk
        for pk, code, year in stored.order_by().values_list("pk", "code", "fiscal_year")
        if (code, year) not in places
    ]
    stored.filter(pk__in=gone).delete()
