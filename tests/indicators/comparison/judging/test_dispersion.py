"""Limits hold what places differ in besides chance, whatever their size: who differs as places do has no star, who lies far out has."""

import math
import random
from collections import defaultdict
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import NormalDist, mean

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators import statistics
from indicators.choices import PlaceKind
from indicators.comparison.judging import chance, dispersion, limits
from indicators.comparison.judging.chance import RARE, VERY_RARE
from indicators.comparison.judging.dispersion import LEAST_PLACES, PULLED_SQUARE, Apart, Spread
from indicators.comparison.judging.judging import Figures, judged
from indicators.comparison.judging.pooling import SCALE, Part
from indicators.comparison.page import heat_html
from indicators.comparison.shape import Chance, Place, Quarter
from indicators.models import Definition

WIDE = st.floats(0.001, 0.3)
CLINICS_OF = "medical_facilities"
FAR = {Chance.FAR_ABOVE, Chance.FAR_BELOW}


def of(pairs, *, kind="ratio", direction="higher"):
    """Judge places by what is counted among how many."""
    codes = [f"{at:02}" for at in range(1, len(pairs) + 1)]
    parts = {
        code: Part(above * SCALE, below * SCALE, 1)
        for code, (above, below) in zip(codes, pairs, strict=True)
    }
    definition = Definition(
        code="x", name="割合", unit="％", value_kind=kind, direction=direction, decimals=1
    )
    figures = Figures(
        definition=definition,
        years=(2023,),
        values={
            code: one.numerator * 100 * SCALE // one.denominator for code, one in parts.items()
        },
        parts=parts,
        times=100,
    )
    return judged(figures, [Place(PlaceKind.PREFECTURE, code, code) for code in codes])


def independently(pairs, *, is_share):
    """Return the variance between places by exact rates, decimal roots and halving: another way than the product's."""
    with localcontext() as context:
        context.prec = 40
        rate = Fraction(sum(a for a, _ in pairs), sum(b for _, b in pairs))
        apart = [Fraction(above, below) - rate for above, below in pairs]
        variances = [rate * (1 - rate if is_share else 1) / below for _, below in pairs]
        low, high = Fraction(0), max(one * one for one in apart) * 2
        for _ in range(100):
            middle = ((low + high) / 2).limit_denominator(10**18)
            if length(apart, [one + middle for one in variances]) > PULLED_SQUARE:
                low = middle
            else:
                high = middle
        return high


def length(apart, variances):
    """Return the mean square of distances of which the outer tenths are pulled in."""
    scores = sorted(
        plain(by) / plain(variance).sqrt() for by, variance in zip(apart, variances, strict=True)
    )
    cut = len(scores) // 10
    middle = scores[cut : len(scores) - cut]
    pulled = [middle[0]] * cut + middle + [middle[-1]] * cut
    return sum(one * one for one in pulled) / len(pulled)


def plain(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def places_of(pairs, *, is_share):
    mean = Part(sum(a for a, _ in pairs) * SCALE, sum(b for _, b in pairs) * SCALE, 1)
    return [
        dispersion.apart(Part(a * SCALE, b * SCALE, 1), mean, is_share=is_share) for a, b in pairs
    ]


def alone(pairs, *, is_share=True):
    """Return what chance alone says, by limits that nothing widens."""
    rate = sum(above for above, _ in pairs) / sum(below for _, below in pairs)
    if is_share:
        return [chance.of_share(above, below, rate) for above, below in pairs]
    return [chance.of_count(above, below * rate) for above, below in pairs]


def unlike(count=47, *, seed=1):
    """Prefectures that differ by more than chance: shares around 20 %, give or take 2 points, among many."""
    draw = random.Random(seed)
    bases = [draw.randrange(200_000, 500_000) for _ in range(count)]
    return [(round(base * draw.gauss(0.2, 0.02)), base) for base in bases]


def uneven(count, *, differ, seed):
    """Places from 300 to 400,000 people whose true shares lie around 20 % by a standard deviation of `differ`."""
    draw = np.random.default_rng(seed)
    bases = np.exp(draw.uniform(math.log(300), math.log(400_000), count)).astype(int)
    shares = np.clip(draw.normal(0.2, differ, count), 0.001, 0.999)
    return [(int(a), int(b)) for a, b in zip(draw.binomial(bases, shares), bases, strict=True)]


@pytest.mark.parametrize("is_share", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_the_variance_is_that_of_an_independent_computation(seed, is_share):
    pairs = unlike(seed=seed)

    found = dispersion.between(places_of(pairs, is_share=is_share))

    assert found**2 == pytest.approx(float(independently(pairs, is_share=is_share)), rel=1e-6)
    assert 0.01 < found < 0.03


def of_prefecture(prefecture):
    """Return the clinics and the people of each municipality of a prefecture, as they are shipped."""
    shipped = {row["code"]: row for row in statistics._shipped()}
    rows = defaultdict(dict)
    for code in {one["code"] for one in shipped.values()} & {"census", CLINICS_OF}:
        table = statistics.table_of(statistics.checked(code, shipped[code]["sha256"]))
        for (kind, place), cells in table.items():
            if kind == PlaceKind.MUNICIPALITY and place.startswith(prefecture):
                rows[place] |= cells
    wanted = ("clinics_general", 2023), ("population_total", 2020)
    found = [[cells.get(one) for one in wanted] for cells in rows.values()]
    return [(int(above), int(below)) for above, below in found if above and below]


@pytest.mark.parametrize("prefecture", ["08", "26"])
def test_so_it_is_of_clinics_as_they_are(prefecture):
    """Of real municipalities; one step after DerSimonian and Laird is another estimate, and another number."""
    pairs = of_prefecture(prefecture)
    assert len(pairs) >= LEAST_PLACES
    places = places_of(pairs, is_share=False)

    found = dispersion.between(places)

    assert found**2 == pytest.approx(float(independently(pairs, is_share=False)), rel=1e-6)
    assert found > 0
    assert abs(one_step(places) - found) > found / 100


def one_step(places):
    """Return the standard deviation as DerSimonian and Laird estimate it."""
    weights = [1 / one.error**2 for one in places]
    whole = sum(weights)
    centre = sum(weight * one.by for weight, one in zip(weights, places, strict=True)) / whole
    apart = sum(
        weight * (one.by - centre) ** 2 for weight, one in zip(weights, places, strict=True)
    )
    spare = whole - sum(weight**2 for weight in weights) / whole
    return math.sqrt(max(0, (apart - len(places) + 1) / spare))


def test_the_note_says_what_the_number_means():
    (said,) = dispersion.Widening(0.1).notes("10.0か所")

    for words in (
        "標準偏差で10.0か所",
        "偶然による分を除いて",
        "ポール・マンデル法",
        "違う数になります",
    ):
        assert words in said


def test_by_hand():
    """Twenty equal errors of 1; the outer two on either side are pulled in to 6.

    So (6 × 36 + 14 × 9) ÷ 20 = 17.1 is the mean square, 17.1 ÷ 0.678655 = 25.1969 the whole variance; chance has 1 of it.
    """
    by = [-9, -6, -6, 6, 6, 9, *[3, -3] * 7]

    found = dispersion.between([Apart(one, 1) for one in by])

    assert found**2 == pytest.approx(24.1969, abs=1e-4)
    # With half the error the same places differ by more besides chance.
    halved = dispersion.between([Apart(one, 0.5) for one in by])
    assert halved**2 == pytest.approx(25.1969 - 0.25, abs=1e-4)


def test_the_square_of_pulled_in_distances_is_that_of_the_normal_distribution():
    normal = NormalDist()
    end = normal.inv_cdf(0.9)

    assert 2 * (0.4 - end * normal.pdf(end) + 0.1 * end**2) == pytest.approx(PULLED_SQUARE)


@pytest.mark.parametrize("differ", [0.01, 0.03])
def test_small_and_large_places_are_starred_by_mistake_equally_seldom(differ):
    """Forty-four places, 150 times: nobody is out, so that about one in twenty, and one in five hundred, is told so.

    The control is the multiplicative model of before: it stars half of the large places and no small one.
    """
    rare, before = {False: [], True: []}, {False: [], True: []}
    very_rare = []
    for seed in range(150):
        pairs = uneven(44, differ=differ, seed=seed)
        places = places_of(pairs, is_share=True)
        between = dispersion.between(places)
        phi = math.sqrt(sum(z * z for z in pulled([one.by / one.error for one in places])) / 44)
        for (_, base), place in zip(pairs, places, strict=True):
            told = dispersion.told(Chance.FAR_ABOVE, place, between)
            rare[base > 20_000].append(told is not Chance.WITHIN)
            before[base > 20_000].append(abs(place.by) / place.error / phi > 1.96)
            very_rare.append(told is Chance.FAR_ABOVE)

    for is_large in (False, True):
        assert 0.025 < mean(rare[is_large]) < 0.075
    assert mean(very_rare) < 0.006
    assert mean(before[True]) > 0.3
    assert mean(before[False]) < 0.02


def pulled(distances):
    ordered = sorted(distances)
    cut = len(ordered) // 10
    return [min(max(one, ordered[cut]), ordered[-1 - cut]) for one in distances]


@pytest.mark.parametrize("is_large", [False, True])
def test_a_planted_low_is_found_among_very_unequal_places(is_large):
    base = 300_000 if is_large else 8_000
    pairs = [*uneven(43, differ=0.02, seed=5), (round(base * 0.08), base), (1, 40)]
    _, found = of(pairs)

    assert found.chances[43] is Chance.FAR_BELOW
    assert 43 in found.behind
    assert 44 not in found.behind


def test_what_chance_explains_is_not_widened():
    draw = random.Random(3)
    pairs = [(sum(draw.random() < 0.3 for _ in range(400)), 400) for _ in range(44)]
    column, found = of(pairs)

    assert column.between == 0
    assert found.chances == alone(pairs)
    assert not any("加えて" in note for note in column.notes)


@pytest.mark.parametrize("kind", ["ratio", "count"])
def test_prefectures_that_differ_as_prefectures_do_have_neither_stars_nor_colours(kind):
    """One decision: a colour, a star, a sentence and 「下位25％」 alone never tell of two different limits."""
    column, found = of(unlike(), kind=kind)
    stars = sum(one is not Chance.WITHIN for one in found.chances)

    # The control: chance alone stars nearly all.
    assert sum(one in FAR for one in alone(unlike(), is_share=kind != "count")) > 35
    assert stars <= 47 // 5
    assert 0.01 < column.between < 0.03
    assert any("ポイント）を加えています" in note for note in column.notes)
    markup = heat_html._cells(found, column, is_sorted=False)
    lowest = [at for at, quarter in enumerate(found.quarters) if quarter is Quarter.LOWEST]
    assert all("▼▼" in markup[at] for at in lowest)
    for at in lowest:
        is_told = "*" in markup[at]
        assert ('class="q1"' in markup[at]) is is_told is (at in found.behind)
    assert any('class="q1 w"' in markup[at] for at in lowest)


@pytest.mark.parametrize("kind", ["ratio", "count"])
def test_a_planted_low_is_found_among_them_and_a_planted_small_place_is_not_blamed(kind):
    pairs = [*unlike(45), (6_000, 100_000), (1, 40)]
    _, found = of(pairs, kind=kind)

    assert found.chances[45] is Chance.FAR_BELOW
    assert 45 in found.behind
    assert found.chances[46] in {None, Chance.WITHIN}
    assert 46 not in found.behind


def test_among_few_places_nothing_is_widened():
    pairs = unlike(LEAST_PLACES - 1)
    column, found = of(pairs)

    assert column.between == 0
    assert found.chances == alone(pairs)
    assert of([*pairs, (18_000, 100_000)])[0].between > 0


def test_where_everybody_or_nobody_is_counted_nothing_is_widened():
    assert of([(100, 100)] * 30)[0].between == 0
    assert of([(0, 100)] * 30)[0].between == 0


@given(st.sampled_from(Chance), st.floats(-20, 20), WIDE)
def test_no_more_is_told_than_chance_alone_says(found, apart, widened):
    severity = {Chance.WITHIN: 0, Chance.ABOVE: 1, Chance.BELOW: 1}
    told = dispersion.told(found, Apart(apart, 1), widened)

    assert severity.get(told, 2) <= severity.get(found, 2)
    above = {Chance.ABOVE, Chance.FAR_ABOVE}
    assert told is Chance.WITHIN or (told in above) is (found in above)


@given(st.integers(50, 500_000), st.floats(0.02, 0.9), st.floats(0, 1), WIDE, st.booleans())
def test_a_place_lies_outside_a_line_exactly_where_its_cell_says_so(
    base, rate, where, widened, is_share
):
    count = round(base * where)
    judge, of_limits = (
        (chance.of_share(count, base, rate), limits.of_share)
        if is_share
        else (chance.of_count(count, base * rate), limits.of_count)
    )
    place = Apart(count / base - rate, dispersion.error(rate, base, is_share=is_share))
    told = dispersion.told(judge, place, widened)
    spread = Spread(rate, widened, is_share)
    for rare, classes in ((RARE, {*Chance} - {Chance.WITHIN}), (VERY_RARE, FAR)):
        exact = of_limits(base, rate, rare)
        line = dispersion.limits(exact, base, rare, spread)
        assume(all(one is None or abs(count / base - one) > 1e-9 for one in (*line, *exact)))
        is_low = line.low is not None and count / base < line.low
        is_high = line.high is not None and count / base > line.high
        assert (is_low or is_high) == (told in classes)
