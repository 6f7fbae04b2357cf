"""Where every municipality of a prefecture stands in a year, from the published rows alone.

Nothing here reads behind a fence: Progress, YearProgress, PhaseProgress and 県入力 are all there is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone

from municipalities.choices import AreaScheme
from municipalities.models import MedicalAreaMember
from reports.choices import ReportKind
from reports.models import PhaseProgress, Progress, YearProgress
from reports.prefecture.standing.lines import Counts, Line
from reports.submission.advising.papers import Papers, papers_of
from reports.submission.drafts import due_dates

if TYPE_CHECKING:
    from municipalities.access import Scope
    from municipalities.models import Municipality

COUNTS = ("issues", "activities", "indicators", "values_known", "steps", "steps_held", "counted_at")


def lines_of(scope: Scope, fiscal_year: int) -> list[Line]:
    """Return a line for every municipality shown there by code, in five queries however many there are."""
    return _lines(scope.municipalities(), scope.prefecture, fiscal_year)


def line_of(place: Municipality, fiscal_year: int) -> Line:
    """Return the line of one municipality."""
    (line,) = _lines(
        place.prefecture.municipalities.filter(pk=place.pk), place.prefecture, fiscal_year
    )
    return line


def _lines(towns, prefecture, fiscal_year) -> list[Line]:
    towns = list(_counted(towns, fiscal_year))
    codes = {place.pk: place.code for place in towns}
    due, today = due_dates.due_dates_in(prefecture, fiscal_year), timezone.localdate()
    papers = papers_of(fiscal_year, codes, due)
    phases: dict[int, dict[tuple[str, str], PhaseProgress]] = defaultdict(dict)
    for one in PhaseProgress.objects.filter(municipality__in=[*codes], fiscal_year=fiscal_year):
        phases[one.municipality_id][one.scene, one.phase] = one
    areas = _areas(prefecture)

    def of_kind(place, kind):
        is_passed = kind == ReportKind.INTERIM and any(
            one.is_out for one in papers[place.pk, ReportKind.FINAL]
        )
        return Papers(kind, tuple(papers[place.pk, kind]), due.get(kind), today, is_passed)

    return [
        Line(
            place=place,
            interim=of_kind(place, ReportKind.INTERIM),
            final=of_kind(place, ReportKind.FINAL),
            phases=phases[place.pk],
            counts=_counts(place),
            is_user=place.is_user,
            areas=tuple(areas[place.pk]),
        )
        for place in towns
    ]


def _areas(prefecture) -> dict[int, dict[tuple[str, str], None]]:
    """Return code and name of the present 二次医療圏 by municipality; those of wards are their city's as well."""
    found: dict[int, dict[tuple[str, str], None]] = defaultdict(dict)
    members = MedicalAreaMember.objects.filter(
        area__prefecture=prefecture, area__scheme=AreaScheme.MEDICAL_2024
    ).order_by("area__code")
    for place, city, code, name in members.values_list(
        "municipality", "municipality__parent", "area__code", "area__name"
    ):
        for one in filter(None, (place, city)):
            found[one][code, name] = None
    return found


def _counted(towns, fiscal_year):
    """Add to each municipality the counts of its year, and whether it has ever been in the system."""
    year = FilteredRelation("year_progress", condition=Q(year_progress__fiscal_year=fiscal_year))
    return towns.annotate(
        year=year,
        is_user=Exists(YearProgress.objects.filter(municipality=OuterRef("pk")))
        | Exists(Progress.objects.filter(municipality=OuterRef("pk"))),
        **{f"year_{name}": F(f"year__{name}") for name in COUNTS},
    )


def _counts(place) -> Counts | None:
    if place.year_counted_at is None:
        return None
    return Counts(**{name: getattr(place, f"year_{name}") for name in COUNTS})
