"""What the municipalities of a prefecture have submitted, by name: for its officers, from published rows alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count, Max, Q

from indicators.choices import Accumulation, ValueState
from indicators.definitions import taking_definitions
from indicators.measurements.values import OPEN, Told
from indicators.models import Definition, SubmittedValue
from indicators.publishing.own_submitted import named
from municipalities.choices import CARE_SCENES
from reports.prefecture.submitted.joint import partners_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from municipalities.access import Scope
    from municipalities.models import Municipality

# What says something; of two years a later reason for having no value does not stand before a value.
TELLING = (ValueState.VALUE, ValueState.SUPPRESSED)


@dataclass(frozen=True, slots=True)
class Offer:
    """An indicator that somebody has submitted: how many towns, of how many the newest is hidden."""

    definition: Definition
    towns: int
    hidden: int
    newest: int
    query: str


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality; without a value it has submitted none. `joint`: with whom it keeps its coordination."""

    place: Municipality
    told: Told | None
    joint: str = ""

    @property
    def value(self) -> SubmittedValue | None:
        return self.told.measurement if self.told else None

    @property
    def standing(self) -> str:
        """Return day and finality, and that the town had not adopted the value among others; its source stands beside."""
        if self.told is None:
            return ""
        is_open = self.told.measurement.is_undecided
        return "・".join(filter(None, (self.told.standing_in_full, OPEN if is_open else "")))


@dataclass(frozen=True, slots=True)
class Shown:
    """What the address asks for: the indicators of a scene, and of one of them every municipality."""

    offers: tuple[Offer, ...]
    scene: str
    chosen: Definition | None
    lines: tuple[Line, ...]
    total: int

    @property
    def query(self) -> str:
        return query_of(self.scene, self.chosen.code if self.chosen else "")

    @property
    def may_count_twice(self) -> bool:
        """Towns that keep their coordination together have submitted a number of deeds, which adds up."""
        joint = [line for line in self.lines if line.joint and line.told]
        is_sum = self.chosen is not None and self.chosen.accumulation == Accumulation.SUM
        return is_sum and len(joint) > 1

    @property
    def submitted(self) -> int:
        return sum(line.told is not None for line in self.lines)

    @property
    def scenes(self) -> list[tuple[str, str, bool]]:
        """Return label, query and whether it is chosen, of every scene and of all of them."""
        choices = [("すべての場面", ""), *((one.label, one.value) for one in CARE_SCENES)]
        return [(label, query_of(code), code == self.scene) for label, code in choices]


def places_of(scope: Scope) -> list[Municipality]:
    """Return the municipalities that are shown to a person, in the order of their codes."""
    return list(scope.municipalities().order_by("code"))


def shown(scope: Scope, year: int, asked: Mapping[str, str]) -> Shown:
    """Read what a query asks for, in at most five queries; what nobody knows counts as not asked."""
    places = places_of(scope)
    scene = next((one.value for one in CARE_SCENES if one == asked.get("scene")), "")
    offers = tuple(one for one in _offers(scope, places, year, scene) if _is_of(one, scene))
    code = asked.get("indicator", "")
    chosen = next((one.definition for one in offers if one.definition.code == code), None)
    joint = partners_of(scope, places, year) if chosen else {}
    lines = lines_of(places, chosen, year, joint) if chosen else []
    return Shown(offers, scene, chosen, tuple(lines), len(places))


def _offers(scope: Scope, places: Iterable[Municipality], year: int, scene: str) -> list[Offer]:
    is_hidden = Q(state=ValueState.SUPPRESSED)
    rows = SubmittedValue.objects.filter(
        municipality__in=[place.pk for place in places], fiscal_year__lte=year, state__in=TELLING
    )
    counted = list(
        rows.order_by()
        .values("code")
        .annotate(
            towns=Count("municipality", distinct=True),
            hidden=Count("municipality", distinct=True, filter=is_hidden),
            newest=Max("fiscal_year"),
        )
    )
    codes = [row["code"] for row in counted]
    known = {one.code: one for one in Definition.objects.filter(code__in=codes)}
    ours = taking_definitions.by_code(scope.prefecture.pk, codes)  # type: ignore[union-attr]
    offers = [
        Offer(
            named(row["code"], known.get(row["code"]), ours),
            row["towns"],
            row["hidden"],
            row["newest"],
            query_of(scene, row["code"]),
        )
        for row in counted
    ]
    return sorted(offers, key=lambda one: (one.definition.position, one.definition.code))


def _is_of(offer: Offer, scene: str) -> bool:
    return not scene or scene in offer.definition.scenes.split(";")


def lines_of(
    places: Iterable[Municipality], definition: Definition, year: int, joint: Mapping[str, str]
) -> list[Line]:
    """Return the newest value of each municipality until this year, in one query."""
    found = _newest(SubmittedValue.objects.filter(code=definition.code), places, year)
    return [
        _line(place, definition, found.get((place.pk, definition.code)), joint) for place in places
    ]


def all_lines(
    scope: Scope, offers: Iterable[Offer], year: int
) -> list[tuple[Definition, list[Line]]]:
    """Return of each indicator the municipalities that have submitted it, in three queries."""
    places = places_of(scope)
    definitions = [one.definition for one in offers]
    asked = SubmittedValue.objects.filter(code__in=[one.code for one in definitions])
    found, joint = _newest(asked, places, year), partners_of(scope, places, year)
    return [
        (
            one,
            [
                _line(place, one, value, joint)
                for place in places
                if (value := found.get((place.pk, one.code)))
            ],
        )
        for one in definitions
    ]


def _newest(
    rows: QuerySet[SubmittedValue], places: Iterable[Municipality], year: int
) -> dict[tuple[int, str], SubmittedValue]:
    kept = rows.filter(municipality__in=[place.pk for place in places], fiscal_year__lte=year)
    ordered = sorted(kept.order_by("pk"), key=lambda one: (one.state in TELLING, one.fiscal_year))
    return {(one.municipality_id, one.code): one for one in ordered}


def _line(
    place: Municipality,
    definition: Definition,
    value: SubmittedValue | None,
    joint: Mapping[str, str],
) -> Line:
    told = Told(definition, value.fiscal_year, value) if value else None
    return Line(place, told, joint.get(place.code, ""))


def query_of(scene: str, code: str = "") -> str:
    """Return the query, question mark and all."""
    asked = {name: value for name, value in (("scene", scene), ("indicator", code)) if value}
    return f"?{urlencode(asked)}" if asked else ""
