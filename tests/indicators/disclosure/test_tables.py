"""No reader who adds up learns a hidden cell: not its value, nor a range narrower than the threshold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.disclosure import tables
from indicators.disclosure.tables import Table, Unprotected
from tests.indicators.disclosure.attacker import range_of

LEAST = 5


def one_way(*counts):
    cells = {(f"p{number}",): count for number, count in enumerate(counts)}
    return cells | {(None,): sum(counts)}


def two_way(rows):
    cells = {}
    for row, counts in enumerate(rows):
        for column, count in enumerate(counts):
            cells[f"r{row}", f"c{column}"] = count
        cells[f"r{row}", None] = sum(counts)
    for column in range(len(rows[0])):
        cells[None, f"c{column}"] = sum(counts[column] for counts in rows)
    return cells | {(None, None): sum(map(sum, rows))}


counts = st.one_of(st.integers(0, 7), st.integers(0, 30))
one_ways = st.lists(counts, min_size=1, max_size=6).map(lambda found: one_way(*found))
two_ways = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=3
    ).map(two_way)
)


def assert_protected(table, hidden):
    for key in table.primary():
        low, high = range_of(key, table.cells, hidden, unshown=table.unshown, wide=2 * LEAST)
        assert high - low >= LEAST, (key, low, high)


@given(cells=st.one_of(one_ways, two_ways))
@settings(deadline=None)
def test_whoever_adds_up_cannot_narrow_a_hidden_cell(cells):
    table = Table(cells, LEAST)

    hidden = tables.hidden(table)

    assert table.primary() <= hidden
    assert_protected(table, hidden)


@given(cells=st.one_of(one_ways, two_ways))
@settings(deadline=None)
def test_zero_is_always_shown_and_without_a_small_cell_so_is_everything(cells):
    hidden = tables.hidden(Table(cells, LEAST))

    assert all(cells[key] for key in hidden)
    assert bool(hidden) == any(0 < count < LEAST for count in cells.values())


def test_hiding_the_small_cells_alone_would_give_them_away():
    """The negative control of the attacker and of the second step."""
    for cells in (one_way(3, 40, 22), two_way([[3, 40], [22, 31]])):
        table = Table(cells, LEAST)
        [key] = table.primary()

        assert range_of(key, cells, table.primary(), wide=2 * LEAST) == (3, 3)
        assert_protected(table, tables.hidden(table))


def test_two_small_cells_may_still_be_too_narrow_together():
    """1 + 1 = 2 is told by the total: each is one."""
    cells = one_way(1, 1, 40)

    assert range_of(("p0",), cells, {("p0",), ("p1",)}, wide=9) == (1, 1)
    assert_protected(Table(cells, LEAST), tables.hidden(Table(cells, LEAST)))


def test_as_little_as_possible_is_hidden_and_totals_last():
    assert tables.hidden(Table(one_way(3, 30, 15, 0), LEAST)) == {("p0",), ("p2",)}
    assert tables.hidden(Table(one_way(3, 0), LEAST)) == {("p0",), (None,)}
    square = [[3, 30, 60], [40, 12, 60], [70, 70, 70]]
    assert tables.hidden(Table(two_way(square), LEAST)) == {
        ("r0", "c0"),
        ("r0", "c1"),
        ("r1", "c0"),
        ("r1", "c1"),
    }


def test_a_dimension_may_be_the_year_and_there_may_be_three():
    years = {("2023",): 12, ("2024",): 4, ("2025",): 14, (None,): 30}

    assert tables.hidden(Table(years, LEAST)) == {("2023",), ("2024",)}

    cube = {
        (a, b, c): 20 + len(a + b + c) for a in ("x", "y") for b in ("x", "y") for c in ("x", "y")
    }
    cube["x", "x", "x"] = 2
    for axis in range(3):
        for key, count in list(cube.items()):
            total = (*key[:axis], None, *key[axis + 1 :])
            cube[total] = cube.get(total, 0) + count
    table = Table(cube, LEAST)
    assert_protected(table, tables.hidden(table))


def test_what_was_hidden_before_is_protected_as_if_it_were_one():
    cells = one_way(1, 6, 9) | {("p0",): None}

    assert tables.hidden(Table(cells, LEAST)) == {("p0",), ("p1",)}


def test_what_is_never_shown_protects_as_well():
    table = Table(one_way(3, 60, 20), LEAST, unshown={("p2",)})

    hidden = tables.hidden(table)

    assert hidden == {("p0",), ("p2",)}
    assert_protected(table, hidden)


def test_public_totals_that_leave_no_way_are_said_to():
    """Two people in two groups, and the total in the newspaper."""
    with pytest.raises(Unprotected):
        tables.hidden(Table(one_way(1, 1), LEAST, known={(None,)}))
    assert tables.hidden(Table(one_way(1, 20), LEAST, known={(None,)})) == {("p0",), ("p1",)}
    assert tables.hidden(Table(one_way(1, 20), LEAST, known={("p0",)})) == set()


def test_a_table_with_gaps_hides_what_it_can():
    cells = two_way([[3, 40], [22, 31]])
    del cells["r1", "c1"]

    assert ("r0", "c0") in tables.hidden(Table(cells, LEAST))
