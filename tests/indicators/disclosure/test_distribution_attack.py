"""A town solves the distribution that it is shown: of no other town does it learn the number that is printed.

Independent of the product: knows how quartiles lie between neighbours, how numbers are printed, its own value and
rank. Which of the others holds which place it does not know, so that each may hold any of them.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.comparison.judging import distribution
from indicators.comparison.judging.distribution import Position
from indicators.disclosure.policies import POLICIES, Counted
from indicators.models import Definition
from tests.attacks import tries
from tests.indicators.disclosure.programme import Programme

# A printed step holds so many stored ones; shares end at a hundred.
STEP, HUNDRED, WIDE = 10, 1000, 100_000
PARTS = {"下から4分の1": 1, "中央値": 2, "上から4分の1": 3}
OWN = "own"
LEAST = POLICIES[Counted.PEOPLE].limits(50_000).least


def shown(values, *, own, kind="ratio"):
    """Return what the page of a town tells, as printed: by word, the rank, and how many have a number."""
    definition = Definition(code="sample", unit="", decimals=0, value_kind=kind)
    stored = {f"{at}": Decimal(value) / STEP for at, value in enumerate(values)}
    stored |= {} if own is None else {OWN: Decimal(own) / STEP}
    told = distribution.summary(
        stored, own=OWN, decimals=0, has_ends=distribution.has_ends(definition)
    )
    if told is None:
        return None
    figures = Position(definition, 2025, told).figures
    return {word: int(text.replace(",", "")) for word, text in figures}, told.rank, told.count


def read(told, *, own, least=0, most=HUNDRED):
    """Return all that is told as a programme over the numbers in their order, the lowest first."""
    figures, rank, count = told
    known = Programme()
    for at in range(count):
        known.between(at, least, most)
    for at in range(count - 1):
        known.line({at + 1: 1, at: -1}, 0, None)
    for word, printed in figures.items():
        known.line(
            quantile(PARTS[word], count) if word in PARTS else ends(word, count), *within(printed)
        )
    if rank is not None:
        known.between(count - rank, own, own)
        if rank > 1:
            known.between(count - rank + 1, own + 1, most)
    return known


def quantile(part, count):
    """Return a quartile, four times as large, between its neighbours."""
    place, rest = divmod(part * (count - 1), 4)
    return {place: 4 - rest, place + 1: rest} if rest else {place: 4}


def ends(word, count):
    return {0 if word == "最小" else count - 1: 4}


def within(printed):
    """Return between which numbers, four times as large, one lies that is printed so."""
    return 4 * STEP * printed - 2 * STEP, 4 * STEP * printed + 2 * STEP - 1


def of_another(told, known):
    """Return the least and the greatest number that any other town, named or not, may have."""
    _, rank, count = told
    others = [at for at in range(count) if rank is None or at != count - rank]
    return known.range_of(others[0])[0], known.range_of(others[-1])[1]


def given_away(values, *, own):
    """Return the number that every other town is known to print, None where the reader cannot tell."""
    told = shown(values, own=own)
    if told is None:
        return None
    low, high = (
        one // STEP + (one % STEP >= STEP // 2) for one in of_another(told, read(told, own=own))
    )
    return low if low == high else None


near = st.integers(480, 520)
shares = st.lists(st.one_of(near, st.integers(0, HUNDRED)), min_size=7, max_size=12)
alike = st.lists(st.integers(494, 506), min_size=7, max_size=10)


@tries(40)
@given(st.one_of(shares, alike), st.one_of(st.none(), near, st.integers(0, HUNDRED)))
def test_a_distribution_tells_the_number_of_no_other_town(values, own):
    assert given_away(values, own=own) is None


@tries(30)
@given(
    st.lists(st.integers(LEAST, 60), min_size=8, max_size=12),
    st.one_of(st.none(), st.integers(LEAST, 60)),
)
def test_nor_does_one_of_counts_leave_fewer_than_the_threshold(values, own):
    """Counts below the threshold are no part of it, and everybody knows that."""
    told = shown(
        [one * STEP for one in values], own=None if own is None else own * STEP, kind="count"
    )
    if told is not None:
        reader = read(told, own=own and own * STEP, least=LEAST * STEP, most=WIDE)
        low, high = of_another(told, reader)

        assert high - low >= LEAST * STEP


@pytest.mark.parametrize("own", [None, 500])
def test_numbers_that_are_printed_alike_are_not_told(own, monkeypatch):
    """What was found, and the negative control: nine towns between 49.6 and 50.4 all print 50."""
    values = [*range(496, 505)]

    assert shown(values, own=own) is None
    monkeypatch.setattr(
        distribution, "are_printed_alike", lambda values, decimals: len({*values}) == 1
    )
    assert given_away(values, own=own) == 50
