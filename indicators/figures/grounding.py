"""課題の根拠にする: a public figure that was compared becomes one of an issue's figures, with its year and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from indicators.definitions import adopting
from indicators.figures import issue_figures
from indicators.models import Indicator, Measurement, PublishedValue
from indicators.publishing import taking_over

if TYPE_CHECKING:
    from logicmodels.models import Issue
    from municipalities.models import Cycle, User


def newest_of(cycle: Cycle, code: str) -> PublishedValue | None:
    """Return the town's newest published value of an indicator not later than the year, in one query."""
    rows = PublishedValue.objects.of_town(cycle.municipality, until=cycle.fiscal_year)
    found: PublishedValue | None = (
        rows.filter(definition__code=code).select_related("definition", "dataset").last()
    )
    return found


def own_value(cycle: Cycle, published: PublishedValue) -> Measurement | None:
    """Return the value that the issue would show instead: the town's own, of that year or later."""
    rows = Measurement.objects.filter(
        code=published.definition.code,
        fiscal_year__gte=published.fiscal_year,
        fiscal_year__lte=cycle.fiscal_year,
    )
    return rows.order_by("fiscal_year", "key").last()


def ground(issue: Issue, published: PublishedValue, *, by: User) -> bool:
    """Show the figure at an issue; say whether it was not there yet.

    The indicator is followed from now on if it was not. The value is taken over as the town's own
    where it has none of that year or later; what the town has entered itself stays as it is.
    """
    with transaction.atomic():
        adopting.adopt(issue.cycle, [published.definition], by=by)
        if own_value(issue.cycle, published) is None:
            taking_over.take_over(published, by=by)
        followed = Indicator.objects.get(cycle=issue.cycle, code=published.definition.code)
        return issue_figures.add(issue, followed, by=by)
