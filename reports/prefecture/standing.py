"""Where every municipality of a prefecture stands with its reports of a year."""

from dataclasses import dataclass

from municipalities.models import Municipality
from reports.choices import ReportKind
from reports.models import Progress


@dataclass(frozen=True, slots=True)
class Standing:
    """One municipality and the newest report of each kind, None where none was submitted here."""

    municipality: Municipality
    interim: Progress | None
    final: Progress | None


def standings(prefecture, fiscal_year):
    """Return a line for every municipality by code, in two queries."""
    newest = {}
    published = Progress.objects.filter(
        fiscal_year=fiscal_year, municipality__prefecture=prefecture
    ).order_by("serial")
    for progress in published:
        newest[progress.municipality_id, progress.kind] = progress
    return [
        Standing(
            place,
            newest.get((place.pk, ReportKind.INTERIM)),
            newest.get((place.pk, ReportKind.FINAL)),
        )
        for place in prefecture.municipalities.all()
    ]
