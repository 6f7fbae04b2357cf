"""What stands beside one line of the entry grid: five years, limits, and who has changed what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from indicators.arithmetic import warnings
from indicators.definitions import catalogue
from indicators.followed import following
from indicators.measurements.values import Told, standing_with_doubt
from indicators.models import Indicator, Measurement
from municipalities.japanese import fiscal
from municipalities.kernel import changes
from municipalities.kernel.changes import Change

if TYPE_CHECKING:
    from municipalities.models import Cycle, User

MOST_CHANGES = 10


@dataclass(frozen=True, slots=True)
class Made:
    """One change, and the value of which year it was made to: none where it was made to the indicator itself."""

    change: Change
    fiscal_year: int | None

    @property
    def what(self) -> str:
        return f"{fiscal.label(self.fiscal_year)}の値" if self.fiscal_year else "指標の扱い"


@dataclass(frozen=True, slots=True)
class Detail:
    """One indicator of the year beside its line."""

    indicator: Indicator
    years: tuple[Told, ...]
    limits: tuple[str, ...]
    changes: tuple[Made, ...]

    @property
    def entry(self) -> catalogue.Entry:
        return catalogue.Entry(self.indicator.defined_by, self.indicator.key)


def of(indicator: Indicator, cycle: Cycle) -> Detail:
    """Gather what stands beside an indicator's line, in two queries."""
    definition, year = indicator.defined_by, cycle.fiscal_year
    values = following.values_of([indicator], cycle)[indicator.code]
    by_year = standing_with_doubt(values)
    numbers: list[Any] = list(by_year.values())
    return Detail(
        indicator=indicator,
        years=tuple(
            Told(definition, one, by_year.get(one))
            for one in range(year, year - following.TREND_YEARS, -1)
        ),
        limits=tuple(warnings.limits(definition, numbers, year=year)),
        changes=tuple(changes_of(indicator, values)),
    )


def changes_of(indicator: Indicator, values: list[Measurement]) -> list[Made]:
    """Return what was done to the values of an indicator and to the indicator itself, newest first."""
    own, of_value = Indicator._meta.label_lower, Measurement._meta.label_lower
    years = {value.pk: value.fiscal_year for value in values}
    about = Q(model=own, row=indicator.pk) | Q(model=of_value, row__in=years)
    found = Change.objects.filter(about).select_related("actor")[:MOST_CHANGES]
    return [Made(one, years.get(one.row) if one.model == of_value else None) for one in found]


def flag(indicator: Indicator, *, is_to_check: bool, by: User) -> None:
    """Note that an indicator is to be checked later, or no more. A command: it never conflicts."""
    with transaction.atomic():
        row = Indicator.objects.select_for_update().get(pk=indicator.pk)
        row.cycle, row.is_to_check = indicator.cycle, is_to_check
        changes.save_versioned(row, by=by, expected_version=row.version, fields=["is_to_check"])
    indicator.is_to_check = is_to_check
