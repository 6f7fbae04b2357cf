"""What a report shows beside its own rows, frozen with them: definitions and published statistics."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from councils.evaluating import evaluation_document
from indicators.choices import PlaceKind
from indicators.measurements.series import COMPARABLE, LONGEST_LOOK_BACK
from indicators.models import Definition, PublishedValue
from municipalities.kernel.changes import plain
from municipalities.models.people import NATION_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.models import Cycle

OF_A_VERSION = ("fiscal_year", "what_changed", "is_break")
OF_A_DEFINITION = ("name", "unit", "decimals", "direction", "value_kind", "accumulation")


def known_definitions(document: dict[str, Any]) -> list[Definition]:
    """Return the national definitions that a report prints: of the form and of what is followed. One query."""
    wanted = Q(in_profile=True) | Q(code__in=followed(document))
    return list(Definition.objects.filter(wanted).order_by("position", "code"))


def followed(document: dict[str, Any]) -> set[str]:
    return {row["indicator"] for row in document["indicators"]}


def definitions(document: dict[str, Any], national: Iterable[Definition]) -> list[dict[str, Any]]:
    """Return what is printed of every followed definition, national and own.

    A definition may change later; a submitted paper may not.
    """
    codes = followed(document)
    own = [row for row in document["own_definitions"] if row["key"] in codes]
    return [
        *(
            {"code": one.code, "scenes": one.scenes} | _words(one)
            for one in national
            if one.code in codes
        ),
        *(
            {"code": row["key"], "scenes": ""}
            | {name: row[name] for name in OF_A_DEFINITION}
            | _versions(row["definition_versions"])
            for row in own
        ),
    ]


def _words(definition: Definition) -> dict[str, Any]:
    versions = [
        {name: getattr(one, name) for name in OF_A_VERSION} for one in definition.told_versions
    ]
    return {name: getattr(definition, name) for name in OF_A_DEFINITION} | _versions(versions)


def _versions(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a report tells of the changes of a definition, one a year at most; of none it is silent."""
    told = [
        {"key": str(row["fiscal_year"])} | {name: row[name] for name in OF_A_VERSION}
        for row in rows
    ]
    return {"versions": told} if told else {}


def statistics(cycle: Cycle, known: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the published values of prefecture and nation beside shares and rates, in one query."""
    prefecture = cycle.municipality.prefecture
    places = {
        (PlaceKind.PREFECTURE, prefecture.code): prefecture.name,
        (PlaceKind.NATION, NATION_CODE): "全国",
    }
    rows = PublishedValue.objects.filter(
        definition__code__in=[row["code"] for row in known if row["value_kind"] in COMPARABLE],
        place_kind__in=[kind for kind, _ in places],
        place_code__in=[code for _, code in places],
        fiscal_year__lte=cycle.fiscal_year,
        fiscal_year__gte=cycle.fiscal_year - LONGEST_LOOK_BACK,
    ).select_related("definition", "dataset")
    found: dict[tuple[str, bool, str, str], list[PublishedValue]] = defaultdict(list)
    for row in rows.order_by("definition__code", "dataset__code", "fiscal_year"):
        place = (PlaceKind(row.place_kind), row.place_code)
        if place in places:
            is_nation = place[0] == PlaceKind.NATION
            name = places[place]
            found[row.definition.code, is_nation, name, row.dataset.title].append(row)
    return [
        {
            "indicator": code,
            "place": place,
            "dataset": dataset,
            "values": [
                {"fiscal_year": one.fiscal_year, "value": plain(one.value), "state": one.state}
                for one in values
            ],
        }
        for (code, _, place, dataset), values in sorted(found.items(), key=lambda one: one[0])
    ]


def later_meetings(judgements: Iterable[Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the meetings of the next year that judged this one, under their name; of none a report is silent."""
    found = evaluation_document.later_meetings(judgements, today=timezone.localdate())
    return {"later_meetings": found} if found else {}
