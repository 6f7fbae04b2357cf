"""Publishing a practice: its copy crosses the fence, with the town's size by statistics, else by its own figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from councils.choices import Profession
from indicators.choices import ValueState
from indicators.figures import profile_figures
from indicators.figures.profile_figures import ProfileFigure
from indicators.models import PublishedValue
from logicmodels.choices import WorkItem
from municipalities.choices import Audience
from reports.document.practice_copies import COPIES
from reports.models import Practice, PublishedPractice
from reports.practice.case import Case, Figure, freeze

if TYPE_CHECKING:
    from logicmodels.models import Activity
    from municipalities.models import Cycle, Municipality, User
    from municipalities.rows.published_copies import Frozen

POPULATION = "population_total"
# 人口規模・高齢者人口・高齢化率, as the ministry's library gives them.
FIGURES = (POPULATION, "population_65plus", "aging_rate_65")


@dataclass(frozen=True, slots=True)
class Copy:
    """What would be published now."""

    case: Case
    frozen: Frozen
    population: int | None


def copy_of(practice: Practice) -> Copy:
    """Return the copy as it would be written now, in three queries."""
    place = practice.cycle.municipality
    figures = figures_of(practice.cycle)
    activity = activity_shown(practice)
    case = Case(
        title=practice.title,
        town=place.name,
        prefecture=place.prefecture.name,
        fiscal_year=practice.cycle.fiscal_year,
        scene=practice.scene,
        key_people=chosen(practice.key_person, practice.second_person, besides=Profession.UNSTATED),
        work_items=chosen(practice.work_item, practice.second_item, besides=WorkItem.NONE),
        figures=tuple(
            Figure(one.label, one.text, one.source) for one in map(profile_figures.stated, figures)
        ),
        background=practice.background,
        outline=practice.outline,
        hardship=practice.hardship,
        result=practice.result,
        help_received=practice.help_received,
        activity=activity.name if activity else "",
        contact=practice.contact,
    )
    return Copy(case, freeze(case), population_of(figures))


def population_of(figures: list[ProfileFigure]) -> int | None:
    """Return how many live in the town, of its figures."""
    known = (
        one.measurement or one.proposal for one in figures if one.definition.code == POPULATION
    )
    value = next((row.value for row in known if row is not None), None)
    return None if value is None else int(value)


def activity_shown(practice: Practice) -> Activity | None:
    """Return the activity that it began from, if others may read that as well."""
    activity = practice.activity
    if activity is None:
        return None
    widths = Audience.values
    is_shown = widths.index(activity.audience) >= widths.index(practice.audience)
    return activity if is_shown else None


def chosen(*codes: str, besides: str) -> tuple[str, ...]:
    """Return the tags that were chosen, each once."""
    return tuple(code for code in dict.fromkeys(codes) if code != besides)


def figures_of(cycle: Cycle) -> list[ProfileFigure]:
    """Return the newest published values of the town; its own figures where no statistic knows the town.

    Two queries.
    """
    published = published_of(cycle.municipality, until=cycle.fiscal_year)
    figures = {code: ProfileFigure(row.definition, None, row) for code, row in published.items()}
    own = profile_figures.measured(cycle).filter(state=ValueState.VALUE, code__in=FIGURES)
    for code, row in profile_figures.newest_of(own.select_related("definition")).items():
        if code not in published:
            figures[code] = ProfileFigure(row.definition, row)
    return [figures[code] for code in FIGURES if code in figures]


def published_of(place: Municipality, *, until: int) -> dict[str, PublishedValue]:
    rows = PublishedValue.objects.of_town(place, until=until)
    rows = rows.filter(definition__code__in=FIGURES).select_related("definition", "dataset")
    return {row.definition.code: row for row in rows}


def publish(practice: Practice, *, by: User, seen: str | None = None) -> PublishedPractice:
    """Write the copy of a practice over an earlier one. Raises ValidationError.

    `seen` is the sha256 of what was looked at before: something else is not published.
    """
    with transaction.atomic():
        rows = Practice.objects.select_for_update(of=("self",))
        row = rows.select_related("cycle__municipality__prefecture", "activity").get(pk=practice.pk)
        copy = copy_of(row)
        made: PublishedPractice = COPIES.write(
            row, columns(row, copy), copy.frozen, by=by, seen=seen
        )
    return made


def columns(practice: Practice, copy: Copy) -> dict[str, Any]:
    """Return what the copy is found by, tags and words."""
    tags = ("title", "scene", "key_person", "second_person", "work_item", "second_item")
    activity = activity_shown(practice)
    return {name: getattr(practice, name) for name in tags} | {
        "activity_key": activity.key if activity else "",
        "population": copy.population,
        "words": copy.case.words,
    }
