"""The order of boxes in columns: crossings counted one by one, never more than in the order people gave."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logicmodels.shape import layering


def crossings_by_hand(layers, steps):
    """Compare every pair of lines between the same two columns."""
    at = {
        key: (column, row) for column, layer in enumerate(layers) for row, key in enumerate(layer)
    }
    count = 0
    for (a, b), (c, d) in combinations(steps, 2):
        if at[a][0] == at[c][0]:
            count += (at[a][1] - at[c][1]) * (at[b][1] - at[d][1]) < 0
    return count


@st.composite
def graphs(draw):
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=4))
    columns = [[f"{column}.{row}" for row in range(size)] for column, size in enumerate(sizes)]
    flat = [(column, key) for column, layer in enumerate(columns) for key in layer]
    forward = [(a, b) for (i, a) in flat for (j, b) in flat if i < j]
    links = draw(st.lists(st.sampled_from(forward), unique=True, max_size=14))
    return columns, links


@given(graphs(), st.booleans())
def test_crossings_are_counted_as_by_hand(graph, shared):
    layers, steps, _ = layering.joined(*graph, shared=shared)

    assert layering.crossings(layers, steps) == crossings_by_hand(layers, steps)


@given(graphs(), st.booleans())
def test_the_order_keeps_all_boxes_and_never_crosses_more(graph, shared):
    layers, steps, _ = layering.joined(*graph, shared=shared)

    found = layering.ordered(layers, steps)

    assert [sorted(layer) for layer in found] == [sorted(layer) for layer in layers]
    assert crossings_by_hand(found, steps) <= crossings_by_hand(layers, steps)
    assert layering.ordered(layers, steps) == found


@given(graphs())
def test_steps_go_from_one_column_to_the_next_and_reach_what_they_lead_to(graph):
    columns, links = graph
    layers, steps, joints = layering.joined(columns, links)
    column_of = {key: index for index, layer in enumerate(layers) for key in layer}

    assert all(column_of[end] - column_of[start] == 1 for start, end in steps)
    reached = {(start, joints.get(end, end)) for start, end in steps if start not in joints}
    assert reached == set(links)


def test_an_order_without_crossings_is_left_as_it_is():
    layers = [["b", "a"], ["y", "x"]]

    assert layering.ordered(layers, [("b", "y"), ("a", "x")]) == layers


def test_lines_that_cross_are_untangled():
    layers = [["a", "b", "c"], ["x", "y", "z"]]
    steps = [("a", "z"), ("b", "y"), ("c", "x")]

    assert layering.crossings(layers, steps) == 3
    assert layering.crossings(layering.ordered(layers, steps), steps) == 0


def test_lines_to_one_box_run_together_over_a_column():
    columns, links = [["a", "b"], ["m"], ["z"]], [("a", "z"), ("b", "z"), ("a", "m")]

    assert len(layering.joined(columns, links)[2]) == 1
    assert len(layering.joined(columns, links, shared=False)[2]) == 2


@pytest.mark.parametrize("seed", range(5))
def test_a_large_net_that_can_be_drawn_without_crossings_is_untangled(seed):
    size, width = 12, 4
    columns = [[f"{column}.{row}" for row in range(size)] for column in range(width)]
    steps = [
        (f"{column}.{row}", f"{column + 1}.{other}")
        for column in range(width - 1)
        for row in range(size)
        for other in (row, row + 1)
        if other < size
    ]
    chance = random.Random(seed)
    for column in columns:
        chance.shuffle(column)

    assert crossings_by_hand(layering.ordered(columns, steps), steps) == 0
