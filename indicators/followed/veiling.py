"""Values of a year as people outside the house may see them: numbers that the disclosure rules hide are taken out."""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from typing import TYPE_CHECKING, Any

from indicators.choices import ValueState
from indicators.disclosure import reasons
from indicators.disclosure import values as disclosing
from indicators.disclosure.policies import TELL_EACH_OTHER, TOTALS
from indicators.disclosure.values import Value
from indicators.publishing.own_submitted import POPULATIONS, population_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indicators.models import Indicator, Measurement
    from municipalities.models import Cycle

    Rows = Mapping[str, list[Measurement]]

# What would give another number away, or says how many live here, though nobody follows it.
BESIDE = frozenset(
    {
        *(code for group in TELL_EACH_OTHER for code in group),
        *(code for total, parts in TOTALS.items() for code in (total, *parts)),
        *POPULATIONS,
    }
)


def veiled(
    indicators: Iterable[Indicator], rows: Rows, cycle: Cycle
) -> dict[str, list[Measurement]]:
    """Return the values by code, each hidden one as 秘匿 without its number, in one query.

    `rows` hold the values of the codes BESIDE too.
    """
    definitions = {one.code: one.defined_by for one in indicators}
    asked = [as_value(row, definitions.get(code)) for code, found in rows.items() for row in found]
    population = _population(rows, cycle)
    out = disclosing.hidden(asked, population=population)
    unknown = {
        one.key
        for one in asked
        if one.key in out and reasons.why(one, population=population) == reasons.UNKNOWN
    }
    found = {
        code: [
            suppressed(row, lacks_parts=row.key in unknown) if row.key in out else row
            for row in told
        ]
        for code, told in rows.items()
    }
    return defaultdict(list, found)


def as_value(row: Measurement, definition: Any) -> Value:
    """Return a value as the rules ask for it; of one that nobody follows the code says what it counts."""
    counts = "" if row.own_definition_id is None else getattr(definition, "numerator", "")
    return Value(
        key=row.key,
        code=row.code,
        fiscal_year=row.fiscal_year,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        unit=getattr(definition, "unit", ""),
        kind=getattr(definition, "value_kind", "count"),
        counts=counts or (getattr(definition, "name", "") if row.own_definition_id else ""),
    )


def suppressed(row: Measurement, *, lacks_parts: bool = False) -> Measurement:
    """Return a copy without its numbers, and without its note, which might tell them."""
    told = copy(row)
    told.value = told.numerator = told.denominator = None
    told.state, told.note = ValueState.SUPPRESSED, ""
    told.lacks_parts = lacks_parts
    return told


def _population(rows: Rows, cycle: Cycle) -> int | None:
    """Return how many live here by the newest statistic, or by what the municipality has entered."""
    published = population_of(cycle)
    if published is not None:
        return published
    known = [row for row in rows.get(POPULATIONS[-1], ()) if row.value is not None]
    newest = max(known, key=lambda row: row.fiscal_year, default=None)
    return None if newest is None or newest.value is None else int(newest.value)
