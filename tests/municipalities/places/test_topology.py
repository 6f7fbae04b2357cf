"""TopoJSON read into points: against a small file decoded by hand."""

from hypothesis import given
from hypothesis import strategies as st

from municipalities.places import topology

# Two squares side by side that share the stretch from (1, 0) to (1, 1); the left one has a hole.
SQUARES = {
    "transform": {"scale": [0.5, 0.25], "translate": [130, 30]},
    "arcs": [
        [[2, 0], [0, 4]],
        [[2, 4], [-2, 0], [0, -4], [2, 0]],
        [[2, 0], [2, 0], [0, 4], [-2, 0]],
        [[1, 1], [0, 1], [1, 0], [-1, -1]],
    ],
    "objects": {
        "municipalities": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1], [3]], "properties": {"code": "a"}},
                {"type": "MultiPolygon", "arcs": [[[-1, 2]]], "properties": {"code": "b"}},
            ]
        }
    },
}
SPOTS = st.tuples(st.integers(-50, 50), st.integers(-50, 50))


def test_steps_are_summed_scaled_and_shifted():
    read = topology.read(SQUARES, "municipalities")

    assert read.arcs[0] == ((131.0, 30.0), (131.0, 31.0))
    assert [form.properties["code"] for form in read.forms] == ["a", "b"]


def test_rings_are_joined_and_walked_backwards_where_the_number_is_negative():
    read = topology.read(SQUARES, "municipalities")
    left, right = read.forms

    assert read.ring(left.rings[0]) == ((131, 30), (131, 31), (130, 31), (130, 30))
    assert read.ring(left.rings[1]) == ((130.5, 30.25), (130.5, 30.5), (131, 30.5))
    # The arc 0 backwards, then the three other sides.
    assert read.ring(right.rings[0]) == ((131, 31), (131, 30), (132, 30), (132, 31))


def test_a_file_without_quantization_is_read_as_it_is():
    plain = {
        "arcs": [[[1.5, 2], [3, 4], [5, 1], [1.5, 2]]],
        "objects": {"x": {"geometries": [{"type": "Polygon", "arcs": [[0]], "properties": {}}]}},
    }

    assert topology.read(plain, "x").arcs == (((1.5, 2), (3, 4), (5, 1), (1.5, 2)),)


def test_a_straight_border_is_its_two_ends():
    assert topology.thinned(((0, 0), (1, 0.1), (2, 0), (3, -0.1), (4, 0)), 0.5) == ((0, 0), (4, 0))


def test_a_corner_stays():
    assert topology.thinned(((0, 0), (2, 2), (4, 0)), 0.5) == ((0, 0), (2, 2), (4, 0))


@given(st.lists(SPOTS, min_size=2, max_size=30), st.floats(0, 20))
def test_thinning_keeps_the_ends_and_drops_only_what_lies_near_the_rest(spots, tolerance):
    line = tuple(spots)
    found = topology.thinned(line, tolerance)

    assert (found[0], found[-1]) == (line[0], line[-1])
    # What is left is a part of the line, in its order.
    rest = iter(line)
    assert all(spot in rest for spot in found)
    for spot in line:
        nearest = min(
            topology.distance(spot, a, b)
            for a, b in zip(found, (*found[1:], found[-1]), strict=True)
        )
        assert nearest <= tolerance + 1e-9


@given(st.lists(SPOTS, min_size=2, max_size=20), st.floats(0, 20))
def test_a_border_is_thinned_the_same_from_both_sides_of_it(spots, tolerance):
    drawn = topology.Topology((tuple(spots),), ()).redrawn(
        lambda arc: topology.thinned(arc, tolerance)
    )

    assert drawn.ring((0, ~0)) == (*drawn.arcs[0], *drawn.arcs[0][::-1][1:])[:-1]
