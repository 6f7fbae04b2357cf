"""Counts of towns, of areas and of a prefecture: a reader who adds up finds no small one, by linear programming.

Independent of the product: the reader knows that a larger place holds its parts, that counts are whole and that a
hidden one is at least one.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.disclosure import places
from indicators.disclosure.places import Counts, Ground
from tests.attacks import tries
from tests.indicators.disclosure.programme import Programme

LEAST, MOST = 10, 1000
RANKS = ("ward", "municipality", "medical_area", "prefecture", "nation")
PREFECTURE = ("prefecture", "99")
TOWNS = [("municipality", f"t{n}") for n in range(6)]
WARDS = [("ward", "w0"), ("ward", "w1")]
# The first town is a city of two wards, the third area is one town alone, two areas overlap.
AREAS = {"a": ("t0", "t1", "t2"), "b": ("t3", "t4"), "c": ("t5",), "old": ("t2", "t3")}


def bases():
    city = frozenset({"w0", "w1"})
    of_town = {code: city if code == "t0" else frozenset({code}) for _, code in TOWNS}
    found = {("municipality", code): base for code, base in of_town.items()}
    found |= {
        ("medical_area", code): frozenset().union(*(of_town[one] for one in members))
        for code, members in AREAS.items()
    }
    return found | {PREFECTURE: frozenset().union(*of_town.values())}


GROUND = Ground(bases(), RANKS)
LARGER = [("medical_area", code) for code in AREAS] + [PREFECTURE]
ALL = [*WARDS, *TOWNS, *LARGER]
LEAVES = [*WARDS, *TOWNS[1:]]


def table_of(counts):
    """Return the count of every place from those of the smallest."""
    by_base = {code: count for (_, code), count in zip(LEAVES, counts, strict=True)}
    return {place: Decimal(sum(by_base[base] for base in GROUND.base(place))) for place in ALL}


def hidden(values, *, known=()):
    least = dict.fromkeys(values, LEAST)
    small = {place for place, count in values.items() if 0 < count < LEAST}
    return Counts(values, GROUND.above(values), least, known=known).hidden(small)


def too_narrow(values, out):
    """Return the small counts of which a reader of the others tells fewer than `LEAST` values apart."""
    programme = Programme()
    for place, count in values.items():
        shown = place not in out
        programme.between(place, int(count) if shown else 1, int(count) if shown else MOST)
    leaves = [place for place in LEAVES if place in values]
    for place in values:
        parts = [one for one in leaves if GROUND.base(one) <= GROUND.base(place)]
        if parts != [place]:
            programme.line({place: 1} | dict.fromkeys(parts, -1), 0, 0)
    small = [place for place in out if 0 < values[place] < LEAST]
    ranges = {place: programme.range_of(place) for place in small}
    return [place for place, (low, high) in ranges.items() if high - low < LEAST]


COUNTS = st.lists(st.integers(0, 40), min_size=len(LEAVES), max_size=len(LEAVES))


@tries(60)
@given(counts=COUNTS)
def test_no_sum_of_places_gives_a_small_count_away(counts):
    values = table_of(counts)

    assert too_narrow(values, hidden(values)) == []


@tries(60)
@given(counts=COUNTS, gone=st.sets(st.sampled_from(LARGER)))
def test_nor_where_some_of_the_sums_are_missing(counts, gone):
    values = {place: count for place, count in table_of(counts).items() if place not in gone}

    assert too_narrow(values, hidden(values)) == []


@tries(60)
@given(counts=COUNTS, known=st.sets(st.sampled_from([PREFECTURE, TOWNS[1], TOWNS[3]])))
def test_what_everybody_knows_is_not_counted_on(counts, known):
    """Where it leaves a way: then nothing is hidden that everybody reads elsewhere."""
    values = table_of(counts)
    known = {place for place in known if values[place] >= LEAST}
    out = hidden(values, known=known)

    if not out & known:
        assert too_narrow(values, out) == []


def test_the_sum_of_an_area_of_one_town_goes_with_the_town():
    values = table_of([20, 20, 20, 20, 20, 20, 5])

    out = hidden(values)

    assert ("medical_area", "c") in out
    assert ("municipality", "t5") in out
    # Another town and its area hide it from the prefecture's sum, which stays.
    assert PREFECTURE not in out


def test_where_one_town_of_an_area_is_small_a_neighbour_goes_with_it():
    values = table_of([20, 20, 20, 20, 5, 20, 20])

    out = hidden(values)

    assert ("municipality", "t4") in out or ("municipality", "t3") in out
    assert PREFECTURE not in out
    assert too_narrow(values, out) == []


def test_large_counts_and_zero_are_shown():
    assert hidden(table_of([20, 20, 0, 20, 20, 20, 0])) == set()


@pytest.mark.parametrize("counts", [[20, 20, 20, 20, 20, 20, 5], [3, 20, 20, 20, 20, 20, 20]])
def test_the_attack_finds_them_where_small_ones_alone_are_hidden(counts, monkeypatch):
    """The negative control: without the second step one subtraction tells the small count."""
    monkeypatch.setattr(places.Counts, "_cheapest", lambda self, place: frozenset())
    values = table_of(counts)

    assert too_narrow(values, hidden(values))
