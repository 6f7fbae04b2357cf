"""Limits are widened by what places differ in besides chance: who differs as places do has no star, who lies far out has."""

import math
import random
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.choices import PlaceKind
from indicators.comparison import chance, dispersion, heat_html, limits
from indicators.comparison.chance import RARE, VERY_RARE
from indicators.comparison.dispersion import LEAST_PLACES, Spread
from indicators.comparison.judging import Figures, judged
from indicators.comparison.pooling import SCALE, Part
from indicators.comparison.shape import Chance, Place, Quarter
from indicators.models import Definition

WIDE = st.floats(1.2, 8)
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
    """Return the squared factor by exact rates, decimal roots and ranks: another way than the product's."""
    with localcontext() as context:
        context.prec = 40
        rate = Fraction(sum(a for a, _ in pairs), sum(b for _, b in pairs))
        scores = []
        for above, below in pairs:
            variance = rate * (1 - rate if is_share else 1) / below
            apart = Fraction(above, below) - rate
            root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
            scores.append(Decimal(apart.numerator) / Decimal(apart.denominator) / root)
        scores.sort()
        cut = len(scores) // 10
        middle = scores[cut : len(scores) - cut]
        pulled = [middle[0]] * cut + middle + [middle[-1]] * cut
        return sum(one * one for one in pulled) / len(pulled)


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


@pytest.mark.parametrize("is_share", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_the_factor_is_that_of_an_independent_computation(seed, is_share):
    pairs = unlike(seed=seed)
    mean = Part(sum(a for a, _ in pairs) * SCALE, sum(b for _, b in pairs) * SCALE, 1)
    found = dispersion.widening(
        [
            dispersion.distance(Part(a * SCALE, b * SCALE, 1), mean, is_share=is_share)
            for a, b in pairs
        ]
    )

    assert found**2 == pytest.approx(float(independently(pairs, is_share=is_share)), rel=1e-9)
    assert found > 5


def test_by_hand():
    """Twenty places: the outer two on either side are pulled in to 2; (8 × 4 + 4 × 4 + 12 × 1) would be without."""
    distances = [-9, -2, -2, 2, 2, 9, *[1, -1] * 7]

    assert dispersion.widening(distances) == pytest.approx(math.sqrt((6 * 4 + 14) / 20))


def test_what_chance_explains_is_not_widened():
    draw = random.Random(3)
    pairs = [(sum(draw.random() < 0.3 for _ in range(400)), 400) for _ in range(44)]
    column, found = of(pairs)

    assert column.widened == dispersion.NOT_WIDENED
    assert found.chances == alone(pairs)
    assert not any("広げて" in note for note in column.notes)


@pytest.mark.parametrize("kind", ["ratio", "count"])
def test_prefectures_that_differ_as_prefectures_do_have_neither_stars_nor_colours(kind):
    """One decision: a colour, a star, a sentence and 「下位25％」 alone never tell of two different limits."""
    column, found = of(unlike(), kind=kind)
    stars = sum(one is not Chance.WITHIN for one in found.chances)

    # The control: chance alone stars nearly all.
    assert sum(one in FAR for one in alone(unlike(), is_share=kind != "count")) > 35
    assert stars <= 47 // 5
    assert column.widened > 5
    assert any("広げて" in note for note in column.notes)
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

    assert column.widened == dispersion.NOT_WIDENED
    assert found.chances == alone(pairs)
    assert of([*pairs, (18_000, 100_000)])[0].widened > 1


def test_where_everybody_or_nobody_is_counted_nothing_is_widened():
    assert of([(100, 100)] * 30)[0].widened == dispersion.NOT_WIDENED
    assert of([(0, 100)] * 30)[0].widened == dispersion.NOT_WIDENED


@given(st.sampled_from(Chance), st.floats(-20, 20), WIDE)
def test_no_more_is_told_than_chance_alone_says(found, apart, widened):
    severity = {Chance.WITHIN: 0, Chance.ABOVE: 1, Chance.BELOW: 1}
    told = dispersion.told(found, apart, widened)

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
    apart = (count / base - rate) / dispersion.error(rate, base, is_share=is_share)
    told = dispersion.told(judge, apart, widened)
    spread = Spread(rate, widened, is_share)
    for rare, classes in ((RARE, {*Chance} - {Chance.WITHIN}), (VERY_RARE, FAR)):
        exact = of_limits(base, rate, rare)
        line = dispersion.limits(exact, base, rare, spread)
        assume(all(one is None or abs(count / base - one) > 1e-9 for one in (*line, *exact)))
        is_low = line.low is not None and count / base < line.low
        is_high = line.high is not None and count / base > line.high
        assert (is_low or is_high) == (told in classes)
