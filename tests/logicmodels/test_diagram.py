"""The diagram: every row is a box that leads to it, nothing overlaps, and lines join what belongs together."""

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logicmodels.shape import diagram, lettering, papers
from logicmodels.shape.structure import Effect, Link, Place, build

LEVELS = ("initial", "intermediate", "final")


def made(groups, *, levels=(), links=(), text="多職種が参画する研修の実施"):
    effects = [
        Effect(f"e{index}", f"成果{index}", levels[index] if levels else "intermediate")
        for index in range(len(groups))
    ]
    places = [
        Place(f"p{index}-{one}", f"e{index}", f"a{one}", f"{text}{one}")
        for index, group in enumerate(groups)
        for one in group
    ]
    return build(effects, places, [Link(f"{a}{b}", f"e{a}", f"e{b}") for a, b in links])


FIFTY_FIVE = made(
    [range(8), range(5, 20), range(15, 24), range(10, 20), range(30, 34), range(40, 49)]
)


def overlap(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def inside(box, line):
    return box.x <= line.x and box.y < line.y < box.y + box.height


@st.composite
def structures(draw):
    groups = draw(
        st.lists(st.lists(st.integers(0, 9), unique=True, max_size=6), min_size=1, max_size=7)
    )
    count = len(groups)
    levels = draw(st.lists(st.sampled_from(LEVELS), min_size=count, max_size=count))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    links = draw(st.lists(pairs.filter(lambda pair: pair[0] != pair[1]), unique=True, max_size=8))
    text = draw(st.sampled_from(["短い", "とても長い名称の取組" * 9, "BCP planning 2027"]))
    return made(groups, levels=levels, links=links, text=text)


@settings(deadline=None)
@given(structures(), st.sampled_from(["", "市民が安心して過ごせる。"]))
def test_no_box_overlaps_another_and_every_text_lies_in_its_box(found, goal):
    drawn = diagram.draw(found, goal=goal, page="/logic/")

    assert not [pair for pair in combinations(drawn.boxes, 2) if overlap(*pair)]
    for box in drawn.boxes:
        assert all(inside(box, line) for line in box.lines)
        assert box.x + box.width <= drawn.width
        assert box.y + box.height <= drawn.height
        longest = max(lettering.width(line.text) for line in box.lines)
        assert longest * diagram.FONT <= box.width - diagram.INDENT


@settings(deadline=None)
@given(structures())
def test_every_row_and_outcome_is_a_box_that_leads_to_it(found):
    drawn = diagram.draw(found, page="/logic/")

    urls = {f"/logic/#row-{row.place.key}" for row in found.rows}
    urls |= {f"/logic/#outcome-{effect.key}" for effect in found.effects}
    assert {box.url for box in drawn.boxes} == urls
    assert len(drawn.boxes) == len(urls)


def test_a_box_says_number_text_again_and_outcome():
    boxes = diagram.draw(made([[1, 2], [2]]), page="/x/").boxes
    names = [box.name for box in boxes if box.look == "activity"]

    assert names == [
        "1　多職種が参画する研修の実施1（成果：成果0）",
        "2　多職種が参画する研修の実施2（成果：成果0）",
        "3　（再）多職種が参画する研修の実施2（成果：成果1）",
    ]
    again = [box for box in boxes if box.is_again]
    assert [box.lines[0].text for box in again] == ["3　（再）多職種が参画する研修の実施2"]


def test_columns_stand_from_left_to_right_and_empty_ones_are_left_out():
    drawn = diagram.draw(
        made([[1], [2], []], levels=LEVELS, links=[(0, 1), (1, 2)]), goal="目指す姿の文"
    )
    headings = [heading.text for heading in drawn.headings]

    assert headings == [
        "具体的な施策",
        "初期アウトカム",
        "中間アウトカム",
        "最終アウトカム",
        "目指す姿",
    ]
    assert [one.x for one in drawn.headings] == sorted(one.x for one in drawn.headings)
    assert [one.text for one in diagram.draw(made([[1]])).headings] == headings[:1] + headings[2:3]


def ends(line):
    numbers = [int(one) for one in re.findall(r"-?\d+", line.path)]
    return tuple(numbers[:2]), tuple(numbers[-2:])


def test_lines_begin_and_end_at_the_edges_of_boxes():
    drawn = diagram.draw(made([[1], [2]], links=[(0, 1)]), goal="目指す姿の文")
    left = {(box.x, box.y + box.height // 2) for box in drawn.boxes}
    right = {(box.x + box.width, box.y + box.height // 2) for box in drawn.boxes}

    # Two activities, one bow between outcomes of a level, and the goal at the outcome that leads nowhere else.
    assert len(drawn.lines) == 4
    for line in drawn.lines:
        start, end = ends(line)
        assert start in right
        assert end in left | right


def test_a_goal_in_the_words_of_the_final_outcome_is_drawn_once():
    found = made([[1], []], levels=("intermediate", "final"), links=[(0, 1)])

    assert "目指す姿" not in [one.text for one in diagram.draw(found, goal="成果1").headings]
    assert "目指す姿" in diagram.draw(found, goal="別の文").summary


def test_lines_of_places_used_again_are_dashed():
    lines = diagram.draw(made([[1], [1]])).lines

    assert [line.is_again for line in lines] == [False, True]


def test_an_empty_model_is_an_empty_sheet():
    drawn = diagram.draw(build([], []))

    assert drawn.boxes == drawn.lines == ()


def test_the_model_of_55_rows_fits_an_upright_a3_in_letters_of_seven_and_a_half_points():
    drawn = diagram.draw(
        FIFTY_FIVE, goal="全ての市民が、住み慣れた地域で安心して暮らすことができる。"
    )
    millimetres = min(277 / drawn.width, 350 / drawn.height) * diagram.FONT

    assert len(FIFTY_FIVE.rows) == 55
    assert drawn.is_upright
    assert millimetres / 0.3528 >= 7.5


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 5, ("",)),
        ("あいうえお", 5, ("あいうえお",)),
        ("あいうえおか", 5, ("あいうえお", "か")),
        ("あいうえお。か", 5, ("あいうえお。", "か")),
        ("あいうえ「かき", 5, ("あいうえ", "「かき")),
        ("あい BCPplan", 5, ("あい", "BCPplan")),
        ("あ\nい", 5, ("あ", "い")),
        ("a" * 20, 5, ("a" * 8, "a" * 8, "a" * 4)),
    ],
)
def test_lines_break_as_japanese_does(text, limit, expected):
    assert lettering.lines(text, limit) == expected


@given(st.text(alphabet="あア漢、。「」（）Bc1 ー", max_size=80), st.integers(3, 20))
def test_breaking_loses_no_letter(text, limit):
    broken = lettering.lines(text, limit)

    assert "".join("".join(broken).split()) == "".join(text.split())
    assert all(lettering.width(line) <= limit + 2 for line in broken)


def test_the_paper_takes_the_largest_letters_that_fit_and_cuts_between_outcomes():
    paper = papers.layout(FIFTY_FIVE)

    assert paper.size in {"large", "middle", "small"}
    assert [sum(len(part.rows) for part in block) for block in paper.blocks] == [23, 32]
    assert not any(part.is_rest for block in paper.blocks for part in block)


def test_a_small_model_is_printed_large_and_a_huge_one_small():
    assert papers.layout(made([[1], [2]])).size == "large"
    assert papers.layout(made([range(100), range(100, 200)])).size == "smallest"
    assert papers.layout(build([], [])).blocks == ()


def test_one_long_outcome_is_cut_through_and_goes_on_in_the_second_block():
    first, second = papers.layout(made([range(40), [50]])).blocks

    assert [part.is_rest for part in (*first, *second)] == [False, True, False]
    assert 15 <= len(first[0].rows) <= 25


@settings(deadline=None)
@given(structures())
def test_the_paper_shows_every_row_once_in_order(found):
    blocks = papers.layout(found).blocks

    assert [row for block in blocks for part in block for row in part.rows] == list(found.rows)
    shown = [part.effect for block in blocks for part in block if not part.is_rest]
    assert shown == list(found.effects)
