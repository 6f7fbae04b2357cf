"""Who is most alike: by hand, and what holds whatever the numbers are."""

import math
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.comparison.peers import nearness
from indicators.comparison.peers.nearness import Vitals, distance, measures, nearest, spreads, words

OWN = Vitals("a", Decimal(100), Decimal("10.0"), Decimal(100))


def codes(found):
    return [one.code for one in found]


def test_neighbours_computed_by_hand():
    """Logarithms of people: 0, 1, 2 and 4 steps of e away; age and density are the same everywhere.

    Without a spread a measure tells nothing, so people alone decide.
    """
    others = [
        Vitals(code, OWN.population * times, Decimal("10.0"), OWN.area * times)
        for code, times in (("d", 16), ("b", 2), ("c", 4))
    ]
    assert codes(nearest(OWN, others)) == ["b", "c", "d"]
    assert codes(nearest(OWN, others, most=2)) == ["b", "c"]


def test_each_measure_counts_by_its_own_spread():
    """Two places: one twice as large, one 20 points older. By hand:

    ln people 0, ln 2, 0: deviation ln 2 · √2/3; age 10, 10, 30: deviation 20 · √2/3. Both lie
    3/√2 away, and the lower code comes first.
    """
    larger = Vitals("c", Decimal(200), Decimal("10.0"))
    older = Vitals("b", Decimal(100), Decimal("30.0"))
    own = Vitals("a", Decimal(100), Decimal("10.0"))
    points = [measures(one, with_density=False) for one in (own, larger, older)]
    spread = spreads(points)

    assert spread == pytest.approx((math.log(2) * math.sqrt(2) / 3, 20 * math.sqrt(2) / 3))
    assert distance(points[0], points[1], spread) == pytest.approx(3 / math.sqrt(2))
    assert distance(points[0], points[2], spread) == pytest.approx(3 / math.sqrt(2))


def test_of_equally_near_ones_the_lower_code_comes_first():
    others = [Vitals(code, Decimal(200), Decimal("12.0"), Decimal(100)) for code in "dbc"]
    assert codes(nearest(OWN, others)) == ["b", "c", "d"]


def test_density_decides_where_people_and_age_do_not():
    wide = Vitals("b", Decimal(100), Decimal("10.0"), Decimal(10_000))
    close = Vitals("c", Decimal(100), Decimal("10.0"), Decimal(110))
    assert codes(nearest(OWN, [wide, close])) == ["c", "b"]


def test_where_nobody_lives_there_is_no_neighbour():
    nobody = Vitals("b", Decimal(0), None, Decimal(5142))
    assert nearest(nobody, [OWN]) == []
    assert nearest(OWN, [nobody]) == []


def test_without_an_area_two_measures_decide():
    own = Vitals("a", Decimal(100), Decimal("10.0"))
    others = [
        Vitals("b", Decimal(150), Decimal("10.0"), Decimal(1)),
        Vitals("c", Decimal(110), Decimal("10.0")),
    ]
    assert codes(nearest(own, others)) == ["c", "b"]
    assert codes(nearest(OWN, others)) == ["b"]


class TestWords:
    def test_the_other_beside_the_own(self):
        other = Vitals("b", Decimal(120), Decimal("10.8"), Decimal(133))
        assert words(OWN, other) == "人口1.2倍・75歳以上の割合＋0.8ポイント・人口密度0.9倍"

    def test_half_up_and_by_the_printed_rates(self):
        """10.04 and 9.95 print as 10.0 and 10.0 (half up): nothing lies between them."""
        own = Vitals("a", Decimal(100), Decimal("9.95"))
        assert words(own, Vitals("b", Decimal(125), Decimal("10.04"))) == (
            "人口1.3倍・75歳以上の割合は同じ"
        )
        assert words(own, Vitals("b", Decimal(100), Decimal("8.9"))) == (
            "人口1.0倍・75歳以上の割合－1.1ポイント"
        )

    def test_very_unlike_places_are_not_told_as_zero_times(self):
        assert nearness.times(Decimal(1), Decimal(1000)) == "0.1倍未満"
        assert nearness.times(Decimal(123_456), Decimal(10)) == "12,345.6倍"


PLACES = st.lists(
    st.builds(
        Vitals,
        code=st.text("0123456789", min_size=6, max_size=6),
        population=st.integers(0, 4_000_000).map(Decimal),
        ageing=st.none() | st.integers(0, 6000).map(lambda n: Decimal(n).scaleb(-2)),
        area=st.none() | st.integers(0, 220_000).map(Decimal),
    ),
    min_size=2,
    max_size=14,
    unique_by=lambda one: one.code,
)


@given(PLACES, st.randoms(use_true_random=False))
def test_nobody_is_its_own_peer_and_the_order_of_the_list_does_not_matter(places, random):
    own, *others = places
    found = nearest(own, others)
    random.shuffle(others)

    assert own not in found
    assert len(found) <= nearness.MOST
    assert set(found) <= set(others)
    assert nearest(own, [*others, own]) == found


@given(PLACES)
def test_the_distance_is_the_same_both_ways_and_zero_to_oneself(places):
    known = [one for one in places if nearness.is_measurable(one)]
    assume(len(known) > 1)
    points = [measures(one, with_density=False) for one in known]
    spread = spreads(points)
    for one in points:
        assert distance(one, one, spread) == 0
        assert distance(one, points[0], spread) == distance(points[0], one, spread)
        assert distance(one, points[0], spread) >= 0


@given(PLACES)
def test_with_room_for_everybody_nobody_measurable_is_forgotten(places):
    own, *others = places
    assume(nearness.is_measurable(own))
    found = nearest(own, others, most=len(others))
    wanted = {
        one.code
        for one in others
        if nearness.is_measurable(one) and (one.density is not None or own.density is None)
    }
    assert {one.code for one in found} == wanted
