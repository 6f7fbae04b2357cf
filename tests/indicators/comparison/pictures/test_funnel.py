"""偶然の範囲: the lines agree with the tails that judge the cells, and every place is where its numbers put it."""

import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from indicators.comparison.drawings import drawings
from indicators.comparison.judging import chance, limits, telling
from indicators.comparison.judging.chance import RARE, VERY_RARE
from indicators.comparison.pictures import funnel, naming
from indicators.comparison.selection import Selection
from indicators.comparison.shape import Cell, Chance
from tests.indicators.comparison import made

# A count may lie on a line to the last digit that is reckoned.
HAIR = 1e-9
HIGH, LOW = {Chance.ABOVE, Chance.FAR_ABOVE}, {Chance.BELOW, Chance.FAR_BELOW}


def side(rate, found):
    if found.high is not None and rate >= found.high - HAIR:
        return HIGH
    return LOW if found.low is not None and rate <= found.low + HAIR else {Chance.WITHIN}


@given(st.integers(1, 5000), st.floats(0.01, 0.99), st.floats(0, 1))
def test_a_share_lies_outside_a_line_exactly_where_its_cell_says_so(base, share, where):
    count = round(base * where)

    judged = chance.of_share(count, base, share)

    assert judged in side(count / base, limits.of_share(base, share, RARE))
    is_far = judged in {Chance.FAR_ABOVE, Chance.FAR_BELOW}
    assert is_far == (
        side(count / base, limits.of_share(base, share, VERY_RARE)) != {Chance.WITHIN}
    )


@given(st.integers(1, 100_000), st.floats(1e-5, 0.05), st.integers(0, 200))
def test_a_count_lies_outside_a_line_exactly_where_its_cell_says_so(base, rate, count):
    judged = chance.of_count(count, base * rate)

    assert judged in side(count / base, limits.of_count(base, rate, RARE))
    is_far = judged in {Chance.FAR_ABOVE, Chance.FAR_BELOW}
    assert is_far == (side(count / base, limits.of_count(base, rate, VERY_RARE)) != {Chance.WITHIN})


def test_the_limits_are_those_of_printed_tables():
    """Poisson, mean 10: 17 or more 2.70 %, 18 or more 1.43 %; 4 or fewer 2.93 %, 3 or fewer 1.03 %."""
    low, high = limits.of_count(1000, 0.01, RARE)

    assert 17 < high * 1000 < 18
    assert 3 < low * 1000 < 4


def test_among_few_nothing_is_too_low():
    assert limits.of_share(5, 0.2, RARE).low is None
    assert limits.of_share(2, 0.5, RARE).high is None


def test_what_is_withheld_says_why_there_is_no_picture():
    column = made.column(times=100, notes=(telling.WITHHELD,))

    assert funnel.absence_of(column, []) == telling.WITHHELD


def counted(value, base, judged=Chance.WITHIN, **changes):
    parts = {"numerator": Decimal(value) * base / 100, "denominator": Decimal(base)}
    return made.cell(value, chance=judged, **parts, **changes)


def ten_towns(**changes):
    cells = [counted(20 + at % 3, 200 * 2**at) for at in range(8)]
    cells += [counted(40, 9000, Chance.FAR_ABOVE), counted(8, 120, None, is_reference=True)]
    told = {"average": Decimal("21.5"), "times": 100, "is_share": True}
    return made.comparison(cells, **(told | changes))


def html(found, **asked):
    drawing = drawings["funnel"]
    context = drawing.context(found, Selection(view="funnel", **asked))
    return render_to_string(drawing.template, context)


def drawn(found, **asked):
    return funnel.funnel(found, found.columns[0], Selection(view="funnel", **asked))


def test_larger_places_lie_to_the_right_and_higher_values_above():
    marks = {mark.row.place.code: mark for mark in drawn(ten_towns()).marks}

    places = [marks[f"99000{at}"].x for at in range(8)]
    assert places == sorted(places)
    assert marks["990008"].y < marks["990000"].y < marks["990009"].y
    assert (marks["990008"].shape, marks["990000"].shape) == ("far-above", "within")
    assert marks["990009"].shape == "reference"


def test_only_places_outside_and_the_marked_one_bear_their_names():
    labels = {mark.row.place.code: mark.label for mark in drawn(ten_towns(), town="990003").marks}

    assert {code for code, label in labels.items() if label} == {"990003", "990008"}


@given(
    st.lists(
        st.tuples(st.integers(20, 60), st.integers(100, 9000), st.integers(1, 9)),
        min_size=2,
        max_size=25,
    ),
    st.booleans(),
)
def test_no_name_covers_another_or_a_mark_that_bears_one(places, is_marked):
    cells = [counted(value, base, Chance.ABOVE) for value, base, _ in places]
    names = ["町" * length for *_, length in places]
    town = "990000" if is_marked else ""
    found = made.comparison(cells, names=names, average=Decimal(10), times=100, is_share=True)
    marks = drawn(found, town=town).marks
    boxes = [(*naming.reach(mark, mark.anchor), mark.y, mark) for mark in marks if mark.label]

    for at, (start, end, y, mark) in enumerate(boxes):
        near = [other for *_, other_y, other in boxes[at + 1 :] if abs(other_y - y) < naming.LINE]
        for other in near:
            left, right = naming.reach(other, other.anchor)
            assert end <= left or right <= start
        if not mark.row.is_marked:
            assert not any(
                start < other.x < end
                for other in marks
                if other is not mark and abs(other.y - y) < 16
            )


def test_a_name_goes_to_the_other_side_of_its_mark_where_the_first_is_taken():
    cells = [counted(40, base, Chance.FAR_ABOVE) for base in (900, 1000)]
    cells += [counted(40, 100_000, Chance.WITHIN), counted(40, 100, Chance.WITHIN)]
    found = made.comparison(cells, average=Decimal(20), times=100, is_share=True)
    first, second, *_ = drawn(found).marks

    assert (first.label, first.anchor) == ("第0町", "end")
    assert (second.label, second.anchor) == ("第1町", "start")


def test_a_name_goes_to_the_side_through_which_no_line_runs():
    """Right of the middle it stands to the left by itself; there the limits open towards it."""
    shares = [50, 50, 58, 50, 50]
    cells = [counted(one, 10**at) for at, one in enumerate(shares, 1)]
    found = made.comparison(cells, average=Decimal(50), times=100, is_share=True)
    picture = drawn(found, town="990002")
    mark = picture.marked
    points = [
        tuple(map(float, pair))
        for one in picture.lines
        for pair in re.findall(r"([\d.]+) (-?[\d.]+)", one.path)
    ]

    def crossed(anchor):
        start, end = naming.reach(mark, anchor)
        return any(start < x < end and abs(y - mark.y) < naming.LINE / 2 for x, y in points)

    assert mark.x > funnel.WIDTH / 2
    assert (crossed("end"), crossed("start")) == (True, False)
    assert mark.anchor == "start"


def test_a_mark_outside_lies_beyond_the_drawn_line():
    found = drawn(ten_towns())
    outer = next(line for line in found.lines if line.kind == "very-rare")
    far = next(mark for mark in found.marks if mark.shape == "far-above")
    points = [
        tuple(map(float, pair.split())) for pair in re.findall(r"[\d.]+ -?[\d.]+", outer.path)
    ]
    near = [y for x, y in points if abs(x - far.x) < 10]

    assert near
    assert far.y < min(near)


def test_every_place_is_a_link_and_stands_in_the_list():
    markup = html(ten_towns(), town="990003")

    assert markup.count('#drawing"><title>') >= 9
    assert markup.count('<th scope="row">') == 10
    assert "偶然ではまず説明できません" in markup
    assert "town=990008" in markup


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"times": 0}, "分子と分母が分からない"),
        ({"average": None}, "分子と分母が分からない"),
        ({"average": Decimal(100)}, "平均が0か100％"),
        ({"average": Decimal(0), "is_share": False}, "平均が0か100％"),
    ],
)
def test_where_there_are_no_parts_it_says_so(changes, sentence):
    markup = html(ten_towns(**changes))

    assert sentence in markup
    assert "funnel-plot" not in markup


def test_a_place_alone_is_its_own_average_and_not_drawn():
    found = made.comparison([counted(10, 500)], average=Decimal(10), times=100, is_share=True)
    markup = html(found)

    assert "1つだけ" in markup
    assert "<circle" not in markup


@pytest.mark.parametrize("bases", [[500, 500], [1, 2], [300, 400_000]])
def test_few_and_equal_places_are_drawn_as_well(bases):
    cells = [counted(10, base) for base in bases]
    found = made.comparison(cells, average=Decimal(10), times=100, is_share=True)
    markup = html(found)

    assert "nan" not in markup.lower()
    assert markup.count("<circle") == len(bases)


def test_who_has_no_denominator_is_left_out_and_that_is_said():
    found = made.comparison(
        [counted(10, 500), made.cell(11), Cell()], average=Decimal(10), times=100, is_share=True
    )

    assert len(drawn(found).marks) == 1
    assert "図とこの一覧に入っていません" in html(found)
