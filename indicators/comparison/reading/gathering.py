"""The values of the columns asked for, on their way from the database to figures.

A column never mixes statistics: it takes the newest year that most of those with any value have, from
one dataset. Values come as integers, ten thousand times as large, so that nothing is rounded. What a
column of statistics becomes does not depend on which others are asked for with it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from indicators import national_versions
from indicators.arithmetic import breaks
from indicators.arithmetic.derivation import RATIOS
from indicators.choices import ValueKind
from indicators.comparison.judging import basis
from indicators.comparison.reading import choosing, columns, populations
from indicators.comparison.reading.parts import Parts, told_beside
from indicators.comparison.reading.published import Table, rows_of
from indicators.comparison.reading.submitted import SOURCE, Submitted
from indicators.comparison.shape import Origin
from indicators.models import Dataset
from indicators.publishing import withheld
from municipalities.entrance.scopes import NATION_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indicators.comparison.judging.judging import Figures
    from indicators.comparison.reading.columns import Counts
    from indicators.comparison.reading.published import Key
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Place


@dataclass
class Gathering:
    """One selection's values on their way from the database."""

    selection: Selection
    places: Sequence[Place]
    # The code of the prefecture shown beside, and the keys of all definitions by their codes.
    prefecture: str
    pks: Mapping[str, int]
    # The codes of all municipalities of the prefecture, where they tell how much places differ.
    around: tuple[str, ...] = ()
    # The names of definitions by their keys.
    names: Mapping[int, str] = field(default_factory=dict)
    # The values compared; and beside them the statistics that tell populations and providers.
    table: Table = field(default_factory=Table)
    beside: Table = field(default_factory=Table)
    parts: Parts = field(default_factory=Parts)
    populations: dict[str, tuple[Key, ...]] = field(default_factory=dict)

    def figures(self, definitions: Sequence[Any]) -> list[Figures]:
        """Read and put together the columns that have any value, in the order of their definitions."""
        if self.selection.origin is Origin.SUBMITTED:
            self._read_submitted(definitions)
        else:
            self._read_values(definitions)
        keys = {}
        for one in definitions:
            key = choosing.chosen(self._counts(one.pk))
            if key is not None:
                keys[one.code] = key
        found = [one for one in definitions if one.code in keys]
        self._read_companions([(one, keys[one.code]) for one in found])
        made = [self._made(one, keys[one.code]) for one in found]
        self._find_zeros(made, keys)
        self._name_sources(made, keys)
        return made

    def hidden(self, definitions: Iterable[Any]) -> dict[str, frozenset[str]]:
        """Return at which places an indicator is 秘匿, of each of which no place has a value."""
        shown = self.selection.may_show
        states = {key: said for key, said in self.table.states.items() if shown(key.fiscal_year)}
        found: dict[int, set[str]] = defaultdict(set)
        for key, said in states.items():
            found[key.definition] |= self._codes & columns.suppressed(said)
        return {
            one.code: frozenset(found[one.pk])
            for one in definitions
            if found.get(one.pk) and not any(self._counts(one.pk).values())
        }

    @cached_property
    def _codes(self) -> set[str]:
        return {place.code for place in self.places}

    @property
    def _everybody(self) -> set[str]:
        return self._codes | {*self.around} | {self.prefecture, NATION_CODE} - {""}

    def _span(self, year: int) -> range:
        return range(year - self.selection.pool + 1, year + 1)

    def _read_submitted(self, definitions: Iterable[Any]) -> None:
        self.table = table = Submitted()
        table.read({one.code: one.pk for one in definitions}, self._codes | {*self.around})

    def _read_values(self, definitions: Iterable[Any]) -> None:
        """Read the newest year of each; every year of those that most places lack the newest of."""
        self.beside = self.table
        year = self.selection.year
        newest = {one.pk: year or one.newest for one in definitions if year or one.newest}
        wanted: dict[range | None, list[int]] = defaultdict(list)
        for pk, last in newest.items():
            wanted[self._span(last)].append(pk)
        self.table.take(rows_of(wanted, self._everybody))
        if year is not None:
            return
        open_ones = [pk for pk, last in newest.items() if not self._is_settled(pk, last)]
        self.table.take(rows_of({None: open_ones}, self._everybody))

    def _is_settled(self, pk: int, newest: int) -> bool:
        return choosing.is_settled(self._counts(pk), newest, places=len(self.places))

    def _is_common(self, key: Key) -> bool:
        """Half of the places have it: such columns come before those of a few."""
        return len(self._codes & self.table.values[key].keys()) * choosing.HALF >= len(self.places)

    def _counts(self, pk: int) -> dict[Key, int]:
        """Return how many of the places have a value, by column; of the year asked for if one is, and none too late."""
        codes = self._codes
        return {
            key: len(codes & self.table.values[key].keys())
            for key in self.table.keys_of(pk)
            if self.selection.may_show(key.fiscal_year)
        }

    def _read_companions(self, found: Iterable[tuple[Any, Key]]) -> None:
        """Read what rates are made of, and the populations that counts are divided by."""
        wanted: dict[range | None, set[int]] = defaultdict(set)
        years: set[int] = set()
        for definition, key in found:
            years.update(self._span(key.fiscal_year))
            for code in self._ratio(definition.code):
                wanted[self._span(key.fiscal_year)].add(self.pks[code])
            for code in basis.of(definition.code).denominators:
                wanted[None].add(self.pks[code])
        self.beside.take(rows_of(wanted, self._everybody))
        if self.selection.origin is not Origin.SUBMITTED:
            self.parts = told_beside((one for one, _ in found), self._everybody, years)

    def _ratio(self, code: str) -> tuple[str, ...]:
        """Return what a rate is made of where a statistic gives both."""
        return () if self.selection.origin is Origin.SUBMITTED else RATIOS.get(code, ())

    def _made(self, definition: Any, key: Key) -> Figures:
        years = columns.years_of(definition, key, self.selection.pool, self.table)
        counts = self._counts_behind(definition, key, years)
        made = columns.made(definition, key, self.table, years=years, counts=counts)
        made.prefecture, made.nation = self.prefecture, NATION_CODE
        made.around = self.around
        made.is_common = self._is_common(key)
        made.notes += columns.not_pooled_over(definition, key, self.selection.pool)
        made.series = self._series(definition, key)
        divided_by = self.populations.get(definition.code, ())
        made.divided_by = frozenset(one.definition for one in divided_by)
        made.notes += populations.pooled(dict(zip(years, divided_by, strict=False)), self.names)
        if isinstance(self.table, Submitted):
            made.words |= self.table.words[key]
            made.replies |= self.table.replies[key]
        return made

    def _series(self, definition: Any, key: Key) -> tuple[int, int]:
        """Return the statistic with the series of the definition; of what was submitted the version is the series."""
        if isinstance(self.table, Submitted):
            return key.dataset, breaks.FIRST
        changes = national_versions.counted_by(definition)
        return key.dataset, breaks.series(changes, key.fiscal_year)

    def _counts_behind(self, definition: Any, key: Key, years: tuple[int, ...]) -> Counts | None:
        if definition.value_kind != ValueKind.COUNT:
            return self._ratio_behind(definition.code, key, years)
        order = [self.pks[code] for code in basis.of(definition.code).denominators]
        divisors = columns.Divisors(self.beside, order)
        found = columns.per_population(key, years, self.table, divisors)
        if found is None:
            return None
        counts, self.populations[definition.code] = found
        return counts

    def _ratio_behind(self, code: str, key: Key, years: tuple[int, ...]) -> Counts | None:
        if isinstance(self.table, Submitted):
            return self.table.parts.behind(key, years)
        two = [self.pks[part] for part in self._ratio(code)]
        return self.parts.behind_rate(key, years, self.table, two)

    def _find_zeros(self, made: Iterable[Figures], keys: Mapping[str, Key]) -> None:
        """Find out which zeros mean that nobody is there to offer anything: one query where there are any."""
        asked = {
            one.definition.code: {place for place, value in one.values.items() if not value}
            for one in made
            if basis.of(one.definition.code).provider
        }
        providers = {
            self.pks[basis.of(code).provider]
            for code, places in asked.items()
            if places and not basis.counts_providers(code)
        }
        self.beside.take(rows_of({None: providers}, set().union(*asked.values())))
        for one in made:
            places = asked.get(one.definition.code)
            if places:
                one.zeros = self._without_provider(one, keys[one.definition.code], places)
                one.notes += (columns.NO_PROVIDER,) if one.zeros & self._codes else ()

    def _without_provider(self, one: Figures, key: Key, places: set[str]) -> frozenset[str]:
        if basis.counts_providers(one.definition.code):
            return frozenset(places)
        pk = self.pks[basis.of(one.definition.code).provider]
        found: dict[str, int] = {}
        for table in (self.beside, self.table):
            # Only years in which these places are told of: what else was read decides nothing.
            told = [one for one in table.keys_of(pk) if places & table.values[one].keys()]
            near = choosing.nearest(told, key.fiscal_year, [pk])
            found |= {} if near is None else table.values[near]
        return frozenset(place for place in places if found.get(place) == 0)

    def _say_who_hides(
        self, made: Iterable[Figures], keys: Mapping[str, Key], datasets: Mapping[int, Dataset]
    ) -> None:
        """Say beside each hidden value whether its source has hidden it, or it is one of few people here."""
        hidden = {one.definition.code: columns.hidden_in(one) for one in made}
        asked = [
            key
            for code, places in hidden.items()
            if places and datasets[(key := keys[code]).dataset].is_brought_in_unpublished
        ]
        here = withheld.places_hidden(asked)
        for one in made:
            code = one.definition.code
            ours = here.get(keys[code], set())
            one.words |= columns.who_hides(hidden[code], ours)

    def _name_sources(self, made: Iterable[Figures], keys: Mapping[str, Key]) -> None:
        """Say beside each column where its numbers come from, and the population they are divided by."""
        populations = {key for found in self.populations.values() for key in found}
        is_own = self.selection.origin is Origin.SUBMITTED
        used = populations if is_own else populations | {*keys.values()}
        datasets = Dataset.objects.filter(pk__in={key.dataset for key in used}).order_by()
        found = {one.pk: one for one in datasets.defer("licence", "note")}
        titles = {pk: one.title for pk, one in found.items()}
        if not is_own:
            self._say_who_hides(made, keys, found)
        for one in made:
            own = keys[one.definition.code]
            first = SOURCE if is_own else titles[own.dataset]
            divided_by = self.populations.get(one.definition.code, ())
            told = [columns.source(first, own)]
            told += [columns.source(titles[key.dataset], key) for key in divided_by]
            one.sources = tuple(dict.fromkeys(told))
            is_shown = is_own or not found[own.dataset].is_brought_in_unpublished
            one.notes += () if is_shown else (columns.NOT_PUBLIC,)
            one.notes += (one.definition.caution,) if one.definition.caution else ()
