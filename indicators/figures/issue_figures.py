"""現状の数字: which of the year's indicators show how things stand for an issue, with their latest values."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404

from indicators.figures.profile_figures import ProfileFigure
from indicators.models import Indicator, IssueFigure, Measurement
from logicmodels.models import Issue
from municipalities.kernel import changes
from municipalities.rows.keys import new_key


def latest_values(cycle, codes):
    """Return the newest value of each code not later than the year, in one query."""
    values = Measurement.objects.filter(code__in=codes, fiscal_year__lte=cycle.fiscal_year)
    return {value.code: value for value in values.order_by("fiscal_year", "key")}


def of(cycle):
    """Return the figures of every issue of the year by the issue's id, in two queries."""
    rows = IssueFigure.objects.filter(cycle=cycle).select_related(
        "indicator__definition", "indicator__own_definition"
    )
    shown = list(rows.order_by("position", "pk"))
    latest = latest_values(cycle, {row.indicator.code for row in shown})
    figures = defaultdict(list)
    for row in shown:
        indicator = row.indicator
        figure = ProfileFigure(indicator.defined_by, latest.get(indicator.code))
        figures[row.issue_id].append(figure)
    return dict(figures)


def choices(cycle):
    """Return this year's indicators with their latest values, in their order, in two queries."""
    rows = Indicator.objects.filter(cycle=cycle).select_related("definition", "own_definition")
    indicators = list(rows.order_by("position", "pk"))
    latest = latest_values(cycle, {one.code for one in indicators})
    return [(one, ProfileFigure(one.defined_by, latest.get(one.code))) for one in indicators]


def choose(issue, indicators, *, by):
    """Show exactly these indicators at an issue. Choosing what is chosen already changes nothing."""
    with transaction.atomic():
        # Two choices for one issue come one after the other; a deleted issue is not found, as its page.
        get_object_or_404(Issue.objects.select_for_update(), pk=issue.pk)
        shown = {row.indicator_id: row for row in IssueFigure.objects.filter(issue=issue)}
        wanted = {one.pk: (position, one) for position, one in enumerate(indicators, start=1)}
        for pk in shown.keys() - wanted.keys():
            leave_out(shown[pk], by=by)
        for pk in wanted.keys() - shown.keys():
            position, indicator = wanted[pk]
            show(issue, indicator, position=position, by=by)


def add(issue, indicator, *, by):
    """Show one more indicator at an issue, behind the others; say whether it was not shown yet."""
    with transaction.atomic():
        get_object_or_404(Issue.objects.select_for_update(), pk=issue.pk)
        shown = IssueFigure.objects.filter(issue=issue)
        if shown.filter(indicator=indicator).exists():
            return False
        last = shown.aggregate(last=Max("position"))["last"] or 0
        show(issue, indicator, position=last + 1, by=by)
    return True


def show(issue, indicator, *, position, by):
    row = IssueFigure(
        cycle=issue.cycle,
        issue=issue,
        indicator=indicator,
        position=position,
        key=new_key("issue-figure"),
    )
    changes.create_versioned(row, by=by)


def leave_out(row, *, by):
    before = changes.values_of(row, changes.content_fields(row))
    changes.record(row, by=by, deed="delete", before=before, after={}, version=row.version + 1)
    row.delete()
