"""What of a municipality others can see: its submitted values, with the rule by which some are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import ValueState
from indicators.definitions import taking_definitions
from indicators.disclosure import reasons
from indicators.disclosure.values import Value
from indicators.measurements.values import Told, standing, undecided
from indicators.models import Definition, Measurement, PublishedValue, SubmittedValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from indicators.models import PrefectureDefinition
    from municipalities.models import Cycle

# The resident register is newer than the census.
POPULATIONS = ("registry_population_total", "population_total")
UNNAMED_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One value that was let out; `why` says in words why it is hidden."""

    value: SubmittedValue
    told: Told
    why: str = ""
    # That several sources of the town tell this year, and which is not decided, as it is now.
    open_note: str = ""


SAID = ("name", "unit", "decimals", "direction", "value_kind")


def named(
    code: str, definition: Definition | None, ours: Mapping[str, PrefectureDefinition]
) -> Definition:
    """Return the definition of a value; of a prefecture's own, one that says the same. `ours` are those by code."""
    if definition is not None:
        return definition
    if code in ours:
        return Definition(code=code, **{name: getattr(ours[code], name) for name in SAID})
    return Definition(code=code, name=f"県の指標（{code}）", decimals=UNNAMED_DIGITS)


def definition_of(value: SubmittedValue) -> Definition:
    """Return the definition of one value, within its town."""
    prefecture = value.municipality.prefecture_id
    ours = taking_definitions.by_code(prefecture, [value.code])
    return named(value.code, value.definition, ours)


def lines(cycle: Cycle) -> list[Line]:
    """Return what the municipality has let out until this year, newest first within an indicator."""
    rows = SubmittedValue.objects.of_towns([cycle.municipality.code], until=cycle.fiscal_year)
    found = rows.select_related("definition").order_by(
        "definition__position", "code", "-fiscal_year"
    )
    values = list(found)
    prefecture = cycle.municipality.prefecture_id
    ours = taking_definitions.by_code(prefecture, {one.code for one in values})
    whys = _whys([one for one in values if one.state == ValueState.SUPPRESSED], cycle)
    unsure = _open_notes(values)
    return [
        Line(
            one,
            Told(named(one.code, one.definition, ours), one.fiscal_year, one),
            whys.get(one.pk, ""),
            unsure.get(one.pk, ""),
        )
        for one in values
    ]


def _open_notes(let_out: list[SubmittedValue]) -> dict[int, str]:
    """Say of each value that was let out while its year is undecided still: of no other number than that one."""
    codes = {one.code for one in let_out}
    rows = Measurement.objects.filter(code__in=codes, state=ValueState.VALUE).order_by("pk")
    by_code: dict[str, list[Measurement]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    drawn = {
        (code, year, one.drawn.source, one.drawn.value): one.note
        for code, found in by_code.items()
        for year, one in undecided(found).items()
    }
    places = ((one.pk, (one.code, one.fiscal_year, one.source, one.value)) for one in let_out)
    return {key: drawn[place] for key, place in places if place in drawn}


def _whys(hidden: list[SubmittedValue], cycle: Cycle) -> dict[int, str]:
    """Say of each hidden value by which rule: the municipality's own numbers tell it, as they are now."""
    if not hidden:
        return {}
    codes = {one.code for one in hidden}
    measured = Measurement.objects.filter(code__in=codes, state=ValueState.VALUE).order_by("pk")
    by_place = _standing_by_place(measured.select_related("definition", "own_definition"))
    population = population_of(cycle)
    return {
        one.pk: reasons.why(_as_value(row), population=population)
        for one in hidden
        if (row := by_place.get((one.code, one.fiscal_year)))
    }


def _standing_by_place(rows: Iterable[Measurement]) -> dict[tuple[str, int], Measurement]:
    by_code: dict[str, list[Measurement]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    return {
        (code, year): row
        for code, found in by_code.items()
        for year, row in standing(found).items()
    }


def _as_value(row: Measurement) -> Value:
    definition = row.defined_by
    return Value(
        key=row.key,
        code=row.code,
        fiscal_year=row.fiscal_year,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        unit=definition.unit,
        kind=definition.value_kind,
    )


def population_of(cycle: Cycle) -> int | None:
    published = PublishedValue.objects.of_town(cycle.municipality, until=cycle.fiscal_year)
    newest = published.filter(definition__code__in=POPULATIONS).last()
    return None if newest is None else int(newest.value)
