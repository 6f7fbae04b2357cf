"""The network of coordinators: three lanes, lines between neighbouring lanes, the same as a list."""

import re
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinators.choices import PostLevel
from coordinators.reading.network import LANE_OF, LANES, UNSORTED, links_of, members_of, network
from coordinators.reading.sheet import PostLine, PrefecturePostLine

CENTRE = PostLine("centre", "municipal_lead", desk="連携センター", people=3)
STATION = PostLine("station", "municipal_field", desk="ステーション", people=30, upper="centre")
KIKAN = PrefecturePostLine("kikan", "県医師会 基幹センター", "prefecture_lead", people=1)


def ends(diagram):
    """Return the boxes that each line joins, by the places of its ends."""
    right = {(box.x + box.width, box.y + box.height // 2): box.url for box in diagram.boxes}
    left = {(box.x, box.y + box.height // 2): box.url for box in diagram.boxes}
    found = []
    for line in diagram.lines:
        numbers = [int(one) for one in re.findall(r"-?\d+", line.path)]
        found.append((right[tuple(numbers[:2])], left[tuple(numbers[-2:])]))
    return found


def test_prefecture_lead_and_field_are_joined_from_left_to_right():
    drawn = network([CENTRE, STATION], [KIKAN]).diagram

    assert [heading.text for heading in drawn.headings] == list(LANES)
    assert ends(drawn) == [
        ("#prefecture-kikan", "#post-centre"),
        ("#post-centre", "#post-station"),
    ]
    assert "30人" in next(box for box in drawn.boxes if box.url == "#post-station").name


def test_the_list_says_the_same_in_words():
    lanes = network([CENTRE, STATION], [KIKAN]).lanes

    assert [lane.title for lane in lanes] == list(LANES)
    assert [entry.title for lane in lanes for entry in lane.entries] == [
        "県医師会 基幹センター",
        "連携センター",
        "ステーション",
    ]
    assert lanes[2].entries[0].uppers == "連携センター"
    assert lanes[1].entries[0].uppers == "県医師会 基幹センター"


def test_a_lead_that_names_who_is_above_is_joined_to_that_alone():
    above = PostLine("above", "prefecture_lead", desk="推進センター")
    lead = PostLine("lead", "municipal_lead", desk="センター", upper="above")

    assert ends(network([above, lead], [KIKAN]).diagram) == [("#post-above", "#post-lead")]


def test_no_line_leaps_over_a_lane_or_runs_back():
    straight = PostLine("field", "municipal_field", desk="現場", upper="above")
    above = PostLine("above", "prefecture_lead", desk="県", upper="field")

    found = network([above, straight], [])

    assert found.diagram.lines == ()
    assert found.lanes[2].entries[0].uppers == "県"


def test_posts_without_a_level_stand_in_a_lane_of_their_own():
    found = network([PostLine("desk", "unstated", desk="窓口")], [])

    assert [lane.title for lane in found.lanes] == [*LANES, UNSORTED]
    assert [entry.title for entry in found.lanes[3].entries] == ["窓口"]


def test_an_empty_lane_says_so_and_an_empty_structure_too():
    found = network([], [])

    assert [one.text for one in found.diagram.headings].count("（配置の記載なし）") == 3
    assert found.diagram.boxes == ()
    assert found.diagram.summary == "配置の記載がありません。"


def test_clerks_and_advising_physicians_are_no_coordinators():
    assert network([PostLine("desk", "municipal_field", role="clerk")], []).diagram.boxes == ()


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
posts = st.lists(
    st.tuples(
        st.sampled_from(PostLevel.values),
        st.integers(0, 6),
        names,
        st.none() | st.integers(0, 99),
    ),
    max_size=7,
).map(
    lambda drawn: [
        PostLine(
            f"p{number}", level, desk=name, people=people, upper=f"p{upper}" if upper < 6 else ""
        )
        for number, (level, upper, name, people) in enumerate(drawn)
    ]
)


def is_inside(box, diagram):
    words = [line.y for line in box.lines]
    return (
        box.x >= 0
        and box.x + box.width <= diagram.width
        and box.y + box.height <= diagram.height
        and all(box.y < y <= box.y + box.height for y in words)
    )


def are_apart(one, other):
    return one.y + one.height <= other.y or other.y + other.height <= one.y


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(posts, st.booleans())
def test_boxes_never_overlap_and_lines_join_neighbouring_lanes_only(drawn, has_prefecture):
    above = [KIKAN] if has_prefecture else []
    diagram = network(drawn, above).diagram

    assert len(diagram.boxes) == len(drawn) + len(above)
    assert all(is_inside(box, diagram) for box in diagram.boxes)
    for one, other in combinations(diagram.boxes, 2):
        assert one.x != other.x or are_apart(one, other)
    lanes = {f"post-{post.key}": LANE_OF.get(post.level, 3) for post in drawn}
    lanes["prefecture-kikan"] = 0
    for upper, lower in links_of(members_of(drawn, above)):
        assert (lanes[upper], lanes[lower]) in {(0, 1), (1, 2)}
