"""Counts of many places and of the larger ones they make up: what else to hide, so that no hidden one is computed.

A total that is shown holds its hidden parts to their sum. A hidden count is safe where it can be moved by enough while
everything that is shown stays as it is: against another one under the same totals, or together with all totals above
it. The movement is the proof, as in `tables`; here places may lie under any number of totals that overlap.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from indicators.disclosure.tables import LEAST_HIDDEN, UNLIMITED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from decimal import Decimal

    # A kind and a code.
    Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """Which places lie in which larger ones, by the smallest that everything is made of.

    `bases` holds of each place the smallest ones it consists of; who is not in it is one by itself. `ranks`: the kinds
    from the smallest to the largest; of two places that consist of the same the larger kind lies above.
    """

    bases: Mapping[Place, frozenset[str]]
    ranks: tuple[str, ...]

    def base(self, place: Place) -> frozenset[str]:
        return self.bases.get(place) or frozenset({place[1]})

    def above(self, places: Collection[Place]) -> dict[Place, frozenset[Place]]:
        """Return of each of these places those among them that it is a part of."""
        having: dict[str, set[Place]] = {}
        for one in places:
            for base in self.base(one):
                having.setdefault(base, set()).add(one)
        return {
            one: frozenset(
                larger
                for larger in set.intersection(*(having[base] for base in self.base(one)))
                if larger != one and self._lies_above(larger, one)
            )
            for one in places
        }

    def _lies_above(self, larger: Place, place: Place) -> bool:
        if len(self.base(larger)) > len(self.base(place)):
            return True
        return self._order(larger) > self._order(place)

    def _order(self, place: Place) -> tuple[int, str]:
        return self.ranks.index(place[0]), place[1]


@dataclass(frozen=True, slots=True)
class Moves:
    """Two places that are changed against each other: what rises and what falls with them. `falling` may be empty."""

    rising: frozenset[Place]
    falling: frozenset[Place]

    @property
    def cells(self) -> frozenset[Place]:
        return self.rising | self.falling


@dataclass
class Counts:
    """One number of one year at all places. `known`: what everybody may read elsewhere, so that hiding it is no help.

    `least` tells of each place by how many steps a hidden count has to be movable.
    """

    values: Mapping[Place, Decimal]
    above: Mapping[Place, frozenset[Place]]
    least: Mapping[Place, int]
    known: Collection[Place] = ()
    chosen: set[Place] = field(default_factory=set)

    def hidden(self, sensitive: Iterable[Place]) -> set[Place]:
        """Return these places and all that have to be hidden beside them."""
        found = [one for one in sensitive if self.values.get(one)]
        self.chosen = {*found}
        for one in sorted(found, key=lambda one: (-self.values[one], one)):
            if one not in self.known:
                self.chosen |= self._cheapest(one)
        return self.chosen

    @cached_property
    def smallest(self) -> list[Place]:
        """The places that no other one with a count lies in: each may be moved by itself."""
        filled = [one for one, value in self.values.items() if value]
        totals = {larger for one in filled for larger in self.above[one]}
        return sorted(one for one in filled if one not in totals)

    @cached_property
    def _neighbours(self) -> dict[frozenset[Place], list[Place]]:
        """The smallest places by what lies above them."""
        found: dict[frozenset[Place], list[Place]] = {}
        for one in self.smallest:
            found.setdefault(self.above[one], []).append(one)
        return found

    def _cheapest(self, place: Place) -> frozenset[Place]:
        """Return the cells of the move that hides least. Where what is known leaves none, new readers are kept from it."""
        found = [*self._moves(place)] or [*self._moves(place, minds_known=False)]
        return min(found, key=self._price).cells

    def _least_of(self, place: Place) -> int:
        return self.least.get(place, 0)

    def _moves(self, place: Place, *, minds_known: bool = True) -> Iterator[Moves]:
        """Yield the moves that change a place by enough: the cheapest against a neighbour, or else what moves totals as well."""
        near = self._near(place, minds_known=minds_known)
        if near is not None:
            yield Moves(frozenset({place}), frozenset({near}))
            return
        least = self.least.get(place, 0)
        for part in self._parts.get(place, ()):
            for one in (*self._against(part, self.smallest, place), self._with_all_above(part)):
                if self._reach(one) >= least and (not minds_known or self._may_hide(one)):
                    yield one

    def _near(self, place: Place, *, minds_known: bool) -> Place | None:
        """Return which place under the same totals costs least: one that is hidden already, else the smallest.

        Nothing moves with the two, so that a look along sorted places stands for the price of each. None where the
        place is itself a total, or no other one is large enough.
        """
        near = self._neighbours.get(self.above[place], [])
        if place not in self._parts.get(place, ()):
            return None
        enough = self.least.get(place, 0) + 2 * LEAST_HIDDEN - self.values[place]
        others = [one for one in near if one != place and self.values[one] >= enough]
        hidden = next((one for one in others if one in self.chosen), None)
        if hidden is not None:
            return hidden
        fresh = (one for one in others if not minds_known or one not in self.known)
        return min(fresh, key=lambda one: (self.values[one], one), default=None)

    @cached_property
    def _parts(self) -> dict[Place, list[Place]]:
        """The smallest places by what they lie in, and each by itself."""
        found: dict[Place, list[Place]] = {}
        for one in self.smallest:
            for whole in (one, *self.above[one]):
                found.setdefault(whole, []).append(one)
        return found

    def _against(self, part: Place, others: Iterable[Place], place: Place) -> Iterator[Moves]:
        for other in others:
            if other != part and place not in self.above[other]:
                above, beside = self.above[part], self.above[other]
                rising = frozenset({part}) | (above - beside)
                yield Moves(rising, frozenset({other}) | (beside - above))

    def _with_all_above(self, part: Place) -> Moves:
        return Moves(frozenset({part}) | self.above[part], frozenset())

    def _may_hide(self, move: Moves) -> bool:
        return not any(one in self.known and one not in self.chosen for one in move.cells)

    def _reach(self, move: Moves) -> Decimal | int:
        """Return how many steps the cells can take together, down and up: a hidden one is at least one."""
        down = min(self.values[one] for one in move.rising) - LEAST_HIDDEN
        up = min((self.values[one] for one in move.falling), default=UNLIMITED) - LEAST_HIDDEN
        return down + up

    def _price(self, move: Moves) -> tuple[int, int, Decimal | int, list[Place]]:
        fresh = [one for one in move.cells if one not in self.chosen]
        # The more places a total holds, the more is lost with it.
        lost = sum(self._sizes[one] for one in fresh)
        return lost, len(fresh), sum(self.values[one] for one in fresh), sorted(move.cells)

    @cached_property
    def _sizes(self) -> Counter[Place]:
        """How many of the smallest places each total holds; they themselves none."""
        return Counter(larger for one in self.smallest for larger in self.above[one])
