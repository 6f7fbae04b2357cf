"""An officer with every copy of a town subtracts across them: no hidden number becomes too narrow.

Independent of the product: the reader knows that a total holds its parts and a rest, that counts are whole
and that a hidden one is at least one; over one such line the linear programme has a closed form.
"""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.disclosure import values
from indicators.disclosure.values import Earlier, Value

TOTAL = "home_and_facility_death_rate"
PARTS = ("home_death_rate", "nursing_home_death_rate")
CODES = (TOTAL, *PARTS)
LEAST, DEATHS, YEAR, PEOPLE = 10, 400, 2025, 50_000
CHOICES = [tuple(code for code, ticked in zip(CODES, one, strict=True) if ticked) for one in product((0, 1), repeat=3)]  # fmt: skip


def town(home, nursing, rest):
    """Return how many died where: the total holds a rest that no indicator shows."""
    return dict(zip(CODES, (home + nursing + rest, home, nursing), strict=True))


def copies_of(counts, shown, *, remembers=True):
    """Return for each copy its hidden and told codes, written one after the other by the product."""
    told, hidden, found = set(), set(), []
    for codes in shown:
        rows = [a_value(code, counts[code]) for code in codes]
        earlier = Earlier(frozenset(told), frozenset(hidden)) if remembers else Earlier()
        out = values.hidden(rows, population=PEOPLE, earlier=earlier)
        found.append((set(out), set(codes) - set(out)))
        hidden |= {(code, YEAR) for code in out}
        told |= {(code, YEAR) for code in set(codes) - set(out)}
    return found


def a_value(code, count):
    share = (Decimal(count) * 100 / DEATHS).quantize(Decimal("0.0001"))
    numbers = {"value": share, "numerator": Decimal(count), "denominator": Decimal(DEATHS)}
    return Value(key=code, code=code, fiscal_year=YEAR, unit="％", kind="ratio", **numbers)


def bounds(code, known):
    """Return the least and the greatest count that a part may have for who knows these cells."""
    if code in known:
        return known[code], known[code]
    other = PARTS[1 - PARTS.index(code)]
    if TOTAL not in known:
        return 1, DEATHS - known.get(other, 1)
    return 1, known[TOTAL] - known.get(other, 1)


def too_narrow(counts, copies):
    """Return the small parts of which the reader of all copies tells fewer than `LEAST` values apart.

    What the copies before the first that holds a part have told cannot be taken back: a part that they
    had pinned down, when nobody had asked for it, is not counted here.
    """
    known = told_by(counts, copies)
    small = [code for code in PARTS if 0 < counts[code] < LEAST]
    return [code for code in small if is_narrow(code, known) and not was_lost(code, counts, copies)]


def told_by(counts, copies):
    return {code: counts[code] for _, told in copies for code in told}


def is_narrow(code, known):
    low, high = bounds(code, known)
    return high - low < LEAST


def was_lost(code, counts, copies):
    held = [number for number, (out, told) in enumerate(copies) if code in out | told]
    return not held or is_narrow(code, told_by(counts, copies[: held[0]]))


@pytest.mark.parametrize("first", CHOICES)
@pytest.mark.parametrize("second", CHOICES)
@given(home=st.integers(1, 30), nursing=st.integers(1, 60), rest=st.integers(0, 30))
def test_no_two_copies_give_a_small_count_away(first, second, home, nursing, rest):
    counts = town(home, nursing, rest)

    assert too_narrow(counts, copies_of(counts, (first, second))) == []


@given(
    home=st.integers(1, 30),
    nursing=st.integers(1, 60),
    rest=st.integers(0, 30),
    shown=st.lists(st.sampled_from(CHOICES), max_size=5),
)
def test_nor_do_many_copies(home, nursing, rest, shown):
    counts = town(home, nursing, rest)

    assert too_narrow(counts, copies_of(counts, shown)) == []


@pytest.mark.parametrize(
    "shown", [(PARTS, CODES), (CODES, PARTS), ((TOTAL,), PARTS)], ids=["parts", "all", "total"]
)
def test_copies_that_do_not_remember_are_found_out(shown):
    """The negative control: each copy is safe by itself, two of them are not."""
    counts = town(5, 40, 0)

    assert all(not too_narrow(counts, copies_of(counts, (one,))) for one in shown)
    assert too_narrow(counts, copies_of(counts, shown, remembers=False)) == ["home_death_rate"]
    assert too_narrow(counts, copies_of(counts, shown)) == []


def test_with_the_complement_switched_off_one_copy_is_enough(monkeypatch):
    """The negative control of the second step."""
    monkeypatch.setattr(values, "_told_by_totals", lambda *told: ())
    counts = town(5, 40, 0)

    assert too_narrow(counts, copies_of(counts, (CODES,))) == ["home_death_rate"]


def test_a_value_that_has_grown_is_told_again():
    counts = town(12, 40, 0)
    hidden = frozenset((code, YEAR) for code in PARTS)
    rows = [a_value(code, counts[code]) for code in CODES]

    assert values.hidden(rows, population=PEOPLE, earlier=Earlier(hidden=hidden)) == frozenset()
