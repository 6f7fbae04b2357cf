"""An officer with every copy of a town subtracts across them: no hidden number becomes too narrow.

Independent of the product: the reader knows that a total holds its parts and a rest, that counts are whole
and that a hidden one is at least one; over one such line the linear programme has a closed form.
"""

from decimal import Decimal
from itertools import product
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.disclosure import values
from indicators.disclosure.values import Earlier, Value
from tests.attacks import tries
from tests.indicators.disclosure.programme import Programme

TOTAL = "home_and_facility_death_rate"
PARTS = ("home_death_rate", "nursing_home_death_rate")
CODES = (TOTAL, *PARTS)
LEAST, DEATHS, YEAR, PEOPLE = 10, 400, 2025, 50_000
CHOICES = [tuple(code for code, ticked in zip(CODES, one, strict=True) if ticked) for one in product((0, 1), repeat=3)]  # fmt: skip


def town(home, nursing, rest):
    """Return how many died where: the total holds a rest that no indicator shows."""
    return dict(zip(CODES, (home + nursing + rest, home, nursing), strict=True))


def copies_of(counts, shown, *, remembers=True, bases=MappingProxyType({})):
    """Return for each copy its hidden and told codes, written one after the other by the product."""
    told, hidden, found = set(), set(), []
    for codes in shown:
        rows = [a_value(code, counts[code], bases.get(code, DEATHS)) for code in codes]
        earlier = Earlier(frozenset(told), frozenset(hidden)) if remembers else Earlier()
        out = values.hidden(rows, population=PEOPLE, earlier=earlier)
        found.append((set(out), set(codes) - set(out)))
        hidden |= {(code, YEAR) for code in out}
        told |= {(code, YEAR) for code in set(codes) - set(out)}
    return found


def a_value(code, count, base=DEATHS):
    share = (Decimal(count) * 100 / base).quantize(Decimal("0.0001"))
    numbers = {"value": share, "numerator": Decimal(count), "denominator": Decimal(base)}
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
@tries(40)
@given(home=st.integers(1, 30), nursing=st.integers(1, 60), rest=st.integers(0, 30))
def test_no_two_copies_give_a_small_count_away(first, second, home, nursing, rest):
    counts = town(home, nursing, rest)

    assert too_narrow(counts, copies_of(counts, (first, second))) == []


def test_a_total_that_was_told_first_lets_no_part_beside_it_be_told():
    """What was found: 12 told in the first copy and 10 of them in the second leave one or two."""
    counts = town(1, 10, 1)
    (_, (hidden, told)) = copies = copies_of(counts, ((TOTAL,), CODES))

    assert (hidden, told) == (set(CODES), set())
    assert too_narrow(counts, copies) == []
    assert too_narrow(counts, [*copies, (set(), {"nursing_home_death_rate"})]) == [
        "home_death_rate"
    ]


def test_a_total_that_was_not_told_hides_alone():
    """The negative control: where nobody has the total, it is enough to hide it, and the large part is told."""
    ((hidden, told),) = copies_of(town(1, 10, 1), (CODES,))

    assert (hidden, told) == ({TOTAL, "home_death_rate"}, {"nursing_home_death_rate"})


@tries(100)
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


# A further share says in its denominator what the first part counts in its numerator.
EXCLUDING = "home_deaths_excluding_inquest_rate"
FOUR = (*CODES, EXCLUDING)
FOUR_CHOICES = [tuple(code for code, ticked in zip(FOUR, one, strict=True) if ticked) for one in product((0, 1), repeat=4)]  # fmt: skip
FEW = (*PARTS, EXCLUDING)


def with_excluding(home, nursing, rest, inquests):
    return town(home, nursing, rest) | {EXCLUDING: max(home - inquests, 0)}


def written(counts, shown, **words):
    """Return the copies of a town with the four indicators: hidden and told codes of each."""
    bases = {EXCLUDING: counts[PARTS[0]]}
    return copies_of(counts, shown, bases=bases, **words)


def programme_of(counts, copies):
    """Return all that is told as one programme over four unknown counts."""
    known = Programme()
    for code in PARTS:
        known.between(code, 0 if counts[code] == 0 else 1, DEATHS)
    known.between("rest", 0, DEATHS)
    known.between(EXCLUDING, 0, DEATHS)
    known.line({PARTS[0]: 1, EXCLUDING: -1}, 0, None)
    known.line(dict.fromkeys((*PARTS, "rest"), 1), 0, DEATHS)
    for _, told in copies:
        for code in told:
            cells = dict.fromkeys((*PARTS, "rest"), 1) if code == TOTAL else {code: 1}
            known.line(cells, counts[code], counts[code])
            if code == EXCLUDING:
                known.line({PARTS[0]: 1}, counts[PARTS[0]], counts[PARTS[0]])
    return known


def narrow(counts, copies):
    """Return the small counts of which the programme leaves fewer than `LEAST` values."""
    known = programme_of(counts, copies)
    ranges = {code: known.range_of(code) for code in FEW if 0 < counts[code] < LEAST}
    return {code for code, (low, high) in ranges.items() if high - low < LEAST}


def given_away(counts, copies):
    """Return the narrow ones, without those that were so before a copy held them."""
    return [
        code
        for code in narrow(counts, copies)
        if code not in narrow(counts, copies[: first(code, copies)])
    ]


def first(code, copies):
    held = [number for number, (out, told) in enumerate(copies) if code in out | told]
    return held[0] if held else len(copies)


@tries(100)
@given(
    home=st.integers(1, 40),
    nursing=st.integers(1, 60),
    rest=st.integers(0, 30),
    inquests=st.integers(0, 20),
    shown=st.lists(st.sampled_from(FOUR_CHOICES), min_size=1, max_size=4),
)
def test_a_programme_over_all_that_is_told_finds_no_small_count(
    home, nursing, rest, inquests, shown
):
    counts = with_excluding(home, nursing, rest, inquests)

    assert given_away(counts, written(counts, shown)) == []


@pytest.mark.parametrize("shown", [((EXCLUDING,), CODES), (CODES, (EXCLUDING,))])
def test_the_programme_finds_what_a_denominator_tells(shown, monkeypatch):
    """The negative control, and what was found: a share that is told gives its base, which is a part."""
    counts = with_excluding(30, 8, 0, 10)

    assert given_away(counts, written(counts, shown)) == []
    monkeypatch.setattr(values, "TELL_EACH_OTHER", ())
    assert given_away(counts, written(counts, shown)) == ["nursing_home_death_rate"]
