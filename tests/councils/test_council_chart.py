"""The chart of councils and its tree: nothing overlaps, lines meet their boxes, members are cut to six."""

from dataclasses import dataclass
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councils.register import chart, structure
from councils.register.chart import Body
from logicmodels.shape.lettering import width


@dataclass(frozen=True)
class Row:
    pk: int
    parent_id: int | None = None
    is_detail: bool = False


def keys(nodes):
    return [(node.row.pk, keys(node.below)) for node in nodes]


def overlap(one, other):
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


BODIES = st.recursive(
    st.builds(
        Body,
        name=st.sampled_from(["全体会", "在宅医療・介護連携推進協議会（仮称）" * 3]),
        url=st.just("#"),
        facts=st.lists(st.just("準備中（令和6年度末に設置の予定）"), max_size=2).map(tuple),
        members=st.lists(st.just("茨城県ケアマネジャー協会水戸地区会"), max_size=9).map(tuple),
    ),
    lambda bodies: st.builds(
        Body,
        name=st.just("部会"),
        url=st.just("#"),
        below=st.lists(bodies, min_size=1, max_size=5).map(tuple),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=6))
def test_boxes_never_overlap_and_texts_stay_inside(bodies):
    drawn = chart.draw(bodies)

    assert not [pair for pair in combinations(drawn.boxes, 2) if overlap(*pair)]
    for box in drawn.boxes:
        assert box.x >= 0
        assert box.right <= drawn.width
        assert box.bottom <= drawn.height
        for line in box.lines:
            assert box.y < line.y < box.bottom
            assert line.x + width(line.text) * chart.FONT <= box.right


@settings(deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=6))
def test_every_line_begins_under_a_box_and_ends_at_another(bodies):
    drawn = chart.draw(bodies)
    points = [
        [tuple(map(int, point.split())) for point in path.removeprefix("M").split("L")]
        for path in drawn.paths
    ]

    assert len(points) == len(drawn.boxes) - len(bodies)
    for line in points:
        (x1, y1), (x2, y2) = line[0], line[-1]
        assert any(box.x <= x1 <= box.right and box.bottom == y1 for box in drawn.boxes)
        assert any((box.middle, box.y) == (x2, y2) or box.x == x2 for box in drawn.boxes)


def test_members_are_cut_to_six():
    drawn = chart.draw([Body("全体会", "#", members=tuple(f"団体{at}" for at in range(14)))])
    [box] = drawn.boxes
    members = [line.text for line in box.lines if line.look == "member"]

    assert members == [*(f"・団体{at}" for at in range(6)), "　ほか8"]


def test_six_members_are_all_there():
    [box] = chart.draw([Body("全体会", "#", members=("団体",) * 6)]).boxes

    assert not [line for line in box.lines if "ほか" in line.text]


def test_many_groups_are_stacked_and_few_stand_abreast():
    def below(count):
        return Body("全体会", "#", below=tuple(Body(f"WG{at}", "#") for at in range(count)))

    abreast, stacked = (chart.draw([below(count)]).boxes[1:] for count in (4, 6))
    assert len({box.y for box in abreast}) == 1
    assert len({box.x for box in stacked}) == 1


def test_trees_go_on_in_a_new_row_when_the_sheet_is_full():
    drawn = chart.draw([Body(f"会議{at}", "#") for at in range(9)])

    assert drawn.width <= chart.WIDEST + 2 * chart.MARGIN
    assert len({box.y for box in drawn.boxes}) == 3


class TestTheTree:
    def test_rows_stand_under_their_upper_one_in_their_order(self):
        rows = [Row(1), Row(2, 1), Row(3, 1), Row(4), Row(5, 3)]

        assert keys(structure.forest(rows)) == [(1, [(2, []), (3, [(5, [])])]), (4, [])]

    def test_one_whose_upper_is_not_there_stands_on_top(self):
        assert keys(structure.forest([Row(2, 9)])) == [(2, [])]

    def test_a_circle_is_opened_and_what_hangs_on_it_stays(self):
        rows = [Row(1, 2), Row(2, 1), Row(3, 2), Row(4, 4)]

        assert keys(structure.forest(rows)) == [(1, []), (2, [(3, [])]), (4, [])]

    @given(st.lists(st.one_of(st.none(), st.integers(0, 30)), max_size=30))
    def test_every_row_is_shown_once_and_not_too_deep(self, parents):
        rows = [Row(at, upper) for at, upper in enumerate(parents)]

        def flat(nodes, depth=0):
            assert depth <= 2 * structure.DEEPEST
            for node in nodes:
                yield node.row.pk
                yield from flat(node.below, depth + 1)

        assert sorted(flat(structure.forest(rows))) == list(range(len(rows)))

    def test_a_long_chain_is_cut_short(self):
        rows = [Row(at, at - 1 if at else None) for at in range(300)]
        depth, nodes = 0, structure.forest(rows)
        while nodes := nodes[0].below:
            depth += 1

        assert depth == structure.DEEPEST


@pytest.mark.parametrize(
    ("number", "mark"),
    [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "［51］")],
)
def test_the_signs_of_details(number, mark):
    assert structure.circled(number) == mark


def test_details_begin_anew_under_each_function():
    rows = [Row(1), Row(2, None, True), Row(3), Row(4, None, True), Row(5, None, True)]

    assert [one.mark for one in structure.numbered(rows)] == ["(1)", "①", "(2)", "①", "②"]
