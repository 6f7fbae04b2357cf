"""Small counts of people in a statistic that nobody has called public: withheld, with all that would tell them.

What everybody may read says 秘匿 in their place; the number is kept beside it for the municipality that it counts, and
for the next file of the statistic (docs/adr/0058). Everything here runs in the transaction that writes the values.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from indicators.choices import PlaceKind, ValueKind, ValueState
from indicators.disclosure import values as disclosure
from indicators.disclosure.places import Counts, Ground
from indicators.disclosure.policies import POLICIES, TELL_EACH_OTHER, TOTALS, Counted
from indicators.disclosure.values import Earlier, Value
from indicators.intake.comparing import stored
from indicators.intake.layouts.beside import Beside
from indicators.models import Definition, PublishedValue, SubmittedValue, WithheldValue
from indicators.publishing.own_submitted import POPULATIONS
from indicators.statistics import EXERCISE_PREFECTURE, rules_of_the_country
from municipalities.models import Municipality

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from indicators.models import Dataset

    Place = tuple[str, str]
    # An indicator and a fiscal year.
    Column = tuple[str, int]

POLICY = POLICIES[Counted.PEOPLE]
# Below these no count, or nothing at all, of any town is shown: what is above them needs no closer look.
MOST_HIDDEN = max(step.least for step in POLICY.small_towns)
TINY = min(step.population for step in POLICY.small_towns)
BATCH = 500
# A code that is counted only with others.
TIED = {*TOTALS, *(code for group in TELL_EACH_OTHER for code in group)}
RANKS = (
    PlaceKind.WARD.value,
    PlaceKind.MUNICIPALITY.value,
    PlaceKind.MEDICAL_AREA.value,
    PlaceKind.PREFECTURE.value,
    PlaceKind.NATION.value,
)


class Row(NamedTuple):
    """A published value as it is stored, with its number."""

    pk: int
    definition_id: int
    place_kind: str
    place_code: str
    fiscal_year: int
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None

    @property
    def place(self) -> Place:
        return self.place_kind, self.place_code


@dataclass(slots=True)
class Before:
    """What has been told of each place, and what was hidden: in this statistic until now, and elsewhere."""

    told: dict[Place, set[Column]] = field(default_factory=lambda: defaultdict(set))
    hidden: dict[Place, set[Column]] = field(default_factory=lambda: defaultdict(set))
    # Counts that other statistics tell, also of places that this one is silent about.
    elsewhere: dict[Column, dict[Place, Decimal]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, place: Place, column: Column, state: str) -> None:
        if state == ValueState.VALUE:
            self.told[place].add(column)
        elif state == ValueState.SUPPRESSED:
            self.hidden[place].add(column)

    def of(self, place: Place) -> Earlier:
        return Earlier(frozenset(self.told.get(place, ())), frozenset(self.hidden.get(place, ())))


def lift(dataset: Dataset) -> Before:
    """Put the withheld numbers back, for what is written next to be held against them; return what was told until now.

    Only within the transaction that withholds again: nobody else sees them meanwhile.
    """
    before = told_before(dataset, people_counted())
    withheld = {stored.key_of(one): one for one in WithheldValue.objects.filter(dataset=dataset)}
    hidden = PublishedValue.objects.filter(dataset=dataset, state=ValueState.SUPPRESSED)
    back = [one for one in hidden if stored.key_of(one) in withheld]
    for one in back:
        number = withheld[stored.key_of(one)]
        one.state = ValueState.VALUE
        one.value, one.numerator, one.denominator = (
            number.value,
            number.numerator,
            number.denominator,
        )
    fields = ["state", "value", "numerator", "denominator"]
    PublishedValue.objects.bulk_update(back, fields, batch_size=BATCH)
    WithheldValue.objects.filter(dataset=dataset).delete()
    return before


def told_before(dataset: Dataset | None, people: Mapping[int, Definition]) -> Before:
    """Return what a statistic tells of each place, and what it hides. One query."""
    before = Before()
    rows = PublishedValue.objects.filter(dataset=dataset, definition__in=people).order_by()
    told = rows.values_list("place_kind", "place_code", "definition", "fiscal_year", "state")
    for kind, code, definition, year, state in told:
        before.add((kind, code), (people[definition].code, year), state)
    return before


def withhold(dataset: Dataset, before: Before) -> int:
    """Hide what a statistic may not tell of others; return how many values. A public one tells everything."""
    people = {} if dataset.is_public else people_counted()
    if not people or not may_hide_any(dataset, people):
        return 0
    rows = rows_of(dataset, people)
    take_in_elsewhere(before, dataset, rows, people)
    hidden = hidden_rows(rows, people, before)
    keep(dataset, hidden)
    return len(hidden)


def people_counted() -> dict[int, Definition]:
    """Return by key the definitions that count people, and those that are told together with one of them."""
    rows = Definition.every.order_by("pk")
    return {
        one.pk: one for one in rows if one.code in TIED or as_value(one).counted is not Counted.OPEN
    }


def as_value(definition: Definition, row: Row | None = None) -> Value:
    return Value(
        key=str(row.pk) if row else "",
        code=definition.code,
        fiscal_year=row.fiscal_year if row else 0,
        value=row.value if row else None,
        numerator=row.numerator if row else None,
        denominator=row.denominator if row else None,
        unit=definition.unit,
        kind=definition.value_kind,
        counts=definition.numerator,
    )


def may_hide_any(dataset: Dataset, people: Mapping[int, Definition]) -> bool:
    """Say whether anything can be small at all: a look that spares a file of large counts the closer one."""
    counts = [pk for pk, one in people.items() if one.value_kind == ValueKind.COUNT]
    others = [pk for pk in people if pk not in counts]
    tiny = PublishedValue.objects.filter(definition__code__in=POPULATIONS, value__lt=TINY)
    told = PublishedValue.objects.filter(dataset=dataset, state=ValueState.VALUE).filter(
        Q(definition__in=others)
        | Q(definition__in=counts, value__gt=-MOST_HIDDEN, value__lt=MOST_HIDDEN)
        | Q(definition__in=counts, place_code__in=tiny.order_by().values("place_code"))
    )
    return told.exists()


def rows_of(dataset: Dataset, people: Iterable[int]) -> list[Row]:
    rows = PublishedValue.objects.filter(
        dataset=dataset, definition__in=list(people), state=ValueState.VALUE
    )
    return [Row(*one) for one in rows.order_by("pk").values_list(*Row._fields)]


def rows_behind(dataset: Dataset, people: Iterable[int]) -> list[Row]:
    """Return the numbers that a statistic withholds."""
    hidden = WithheldValue.objects.filter(dataset=dataset, definition__in=list(people))
    return [Row(*one) for one in hidden.order_by("pk").values_list(*Row._fields)]


def take_in_elsewhere(
    before: Before, dataset: Dataset | None, rows: Iterable[Row], people: Mapping[int, Definition]
) -> None:
    """Add what other statistics and submitted reports tell of the same: who reads both puts them together."""
    codes = {people[row.definition_id].code for row in rows}
    years = {row.fiscal_year for row in rows}
    others = PublishedValue.objects.filter(definition__code__in=codes, fiscal_year__in=years)
    others = others.exclude(dataset=dataset) if dataset else others
    names = ("place_kind", "place_code", "definition__code", "fiscal_year", "state")
    told = others.order_by().values_list(*names, "value")
    counts = {one.code for one in people.values() if one.value_kind == ValueKind.COUNT}
    for kind, code, indicator, year, state, value in told:
        before.add((kind, code), (indicator, year), state)
        if value is not None and indicator in counts:
            before.elsewhere[indicator, year][kind, code] = value
    towns = {row.place_code for row in rows}
    copies = SubmittedValue.objects.filter(
        code__in=codes, fiscal_year__in=years, municipality__code__in=towns
    )
    submitted = copies.order_by().values_list("municipality__code", "code", "fiscal_year", "state")
    for code, indicator, year, state in submitted:
        before.add((PlaceKind.MUNICIPALITY.value, code), (indicator, year), state)


def hidden_rows(rows: list[Row], people: Mapping[int, Definition], before: Before) -> list[Row]:
    """Return the rows to hide: small ones, what tells them at their place, and what tells them by sums of places."""
    _, wider = hidden_keys(rows, people, before, populations_of({row.place for row in rows}))
    return [row for row in rows if str(row.pk) in wider]


def hidden_keys(
    rows: Iterable[Row],
    people: Mapping[int, Definition],
    before: Before,
    populations: Mapping[Place, int],
) -> tuple[set[str], set[str]]:
    """Return what is hidden for its own place alone, and all that is hidden, by their keys as texts."""
    by_place: dict[Place, list[Value]] = defaultdict(list)
    for row in rows:
        by_place[row.place].append(as_value(people[row.definition_id], row))
    out: set[str] = set()
    for place, values in by_place.items():
        out |= disclosure.hidden(
            values, population=populations.get(place), earlier=before.of(place)
        )
    return out, Sums(by_place, populations, before).hidden(out) if out else set()


def populations_of(places: Iterable[Place]) -> dict[Place, int]:
    """Return how many live at places, by the newest statistic that says so."""
    return {place: number for place, (_, number) in populations_told(places).items()}


def populations_told(places: Iterable[Place]) -> dict[Place, tuple[int, int]]:
    """Return the same, each number after its fiscal year. One query."""
    codes = {code for _, code in places}
    rows = PublishedValue.objects.filter(
        definition__code__in=POPULATIONS, place_code__in=codes, state=ValueState.VALUE
    ).order_by("fiscal_year", "pk")
    told = rows.values_list("place_kind", "place_code", "fiscal_year", "value")
    return {
        (kind, code): (year, int(value)) for kind, code, year, value in told if value is not None
    }


class Sums:
    """The counts of all places of a statistic, column by column: what is hidden of one is not told by a sum."""

    def __init__(
        self,
        by_place: Mapping[Place, list[Value]],
        populations: Mapping[Place, int],
        before: Before,
    ) -> None:
        self.before = before
        self.columns: dict[Column, dict[Place, Value]] = defaultdict(dict)
        for place, values in by_place.items():
            for one in values:
                if counted_of(one) is not None:
                    self.columns[one.code, one.fiscal_year][place] = one
        self.by_place = by_place
        places = {*by_place}.union(*before.elsewhere.values())
        self.above = ground_of_the_country().above(places)
        self.least = {
            place: POLICY.limits(populations.get(place)).least or MOST_HIDDEN for place in by_place
        }

    def hidden(self, out: set[str]) -> set[str]:
        """Return these keys and those of all that has to be hidden with them."""
        found = {*out}
        while True:
            more = found.union(*(self.hidden_of(column, found) for column in self.columns))
            more |= {*self.tied_to(more)}
            if more == found:
                return found
            found = more

    def hidden_of(self, column: Column, out: set[str]) -> set[str]:
        told = self.columns[column]
        sensitive = [place for place, one in told.items() if one.key in out]
        if not sensitive:
            return set()
        values = {**self.before.elsewhere.get(column, {})}
        values |= {place: abs(counted_of(one) or Decimal(0)) for place, one in told.items()}
        above = {place: self.above[place].intersection(values) for place in values}
        known = {place for place in values if column in self.before.told.get(place, ())}
        hidden = Counts(values, above, self.least, known=known).hidden(sensitive)
        return {told[place].key for place in hidden & told.keys()}

    def tied_to(self, out: set[str]) -> Iterator[str]:
        """Yield what says the same as something hidden, in other words."""
        for values in self.by_place.values():
            gone = {(one.code, one.fiscal_year) for one in values if one.key in out}
            for one in values:
                groups = [group for group in TELL_EACH_OTHER if one.code in group]
                if any((code, one.fiscal_year) in gone for group in groups for code in group):
                    yield one.key


def counted_of(one: Value) -> Decimal | None:
    """Return what is added up over places: a count, or how many a ratio counts."""
    if one.counted is Counted.OPEN:
        return None
    if one.is_ratio:
        return one.above
    return one.value if one.kind == ValueKind.COUNT else None


def ground_of_the_country() -> Ground:
    """Return which places lie in which, by wards and towns. Five queries."""
    rules = rules_of_the_country()
    wards = {city: frozenset(code for _, code in members) for city, members in rules.wards.items()}
    members = {place: [*ones] for place, ones in rules.members.items()}
    exercise = Municipality.objects.without_wards().filter(prefecture__code=EXERCISE_PREFECTURE)
    members[PlaceKind.PREFECTURE.value, EXERCISE_PREFECTURE] = [
        (PlaceKind.MUNICIPALITY.value, code) for code in exercise.values_list("code", flat=True)
    ]
    bases = {
        (str(kind), code): frozenset().union(
            *(wards.get(one) or frozenset({one[1]}) for one in ones)
        )
        for (kind, code), ones in members.items()
    }
    return Ground(bases | {(str(kind), code): ones for (kind, code), ones in wards.items()}, RANKS)


def keep(dataset: Dataset, rows: list[Row]) -> None:
    """Put 秘匿 in the place of these numbers, and the numbers beside."""
    names = ("definition_id", "place_kind", "place_code", "fiscal_year", "value", *Beside._fields)
    pks = [row.pk for row in rows]
    for start in range(0, len(pks), BATCH):
        part = PublishedValue.objects.filter(pk__in=pks[start : start + BATCH])
        WithheldValue.objects.bulk_create(
            WithheldValue(dataset=dataset, **one) for one in part.order_by("pk").values(*names)
        )
        part.update(state=ValueState.SUPPRESSED, value=None, numerator=None, denominator=None)
