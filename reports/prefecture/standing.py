"""Where every municipality of a prefecture stands with its reports of a year."""

from collections import defaultdict
from dataclasses import dataclass

from municipalities.models import Municipality
from reports.choices import ReportKind
from reports.models import Progress


@dataclass(frozen=True, slots=True)
class Standing:
    """One municipality and its submitted reports of each kind, first to last; empty where there is none."""

    municipality: Municipality
    interim: list[Progress]
    final: list[Progress]


def standings(prefecture, fiscal_year):
    """Return a line for every municipality by code, in two queries."""
    submitted = defaultdict(list)
    for progress in _submitted(prefecture).filter(fiscal_year=fiscal_year).order_by("serial"):
        submitted[progress.municipality_id, progress.kind].append(progress)
    return [
        Standing(
            place,
            submitted[place.pk, ReportKind.INTERIM],
            submitted[place.pk, ReportKind.FINAL],
        )
        for place in prefecture.municipalities.without_wards()
    ]


def years_with_submissions(prefecture):
    """Return the fiscal years in which anything was submitted in the prefecture, newest first."""
    years = _submitted(prefecture).order_by("-fiscal_year")
    return list(years.values_list("fiscal_year", flat=True).distinct())


def _submitted(prefecture):
    return Progress.objects.filter(municipality__prefecture=prefecture, submitted_on__isnull=False)
