"""Numbers and 「(再)」 of a logic model, moves and remarks: by examples, by properties, against a plain count."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logicmodels.shape import structure
from logicmodels.shape.structure import Effect, Link, Place, build


def model(*groups, links=(), levels=()):
    """Return a structure of groups given as strings of activities: model("ab", "a")."""
    effects = [
        Effect(str(index), f"成果{index}", levels[index] if levels else "intermediate")
        for index in range(len(groups))
    ]
    places = [
        Place(f"{index}{letter}", str(index), letter, f"取組{letter}")
        for index, group in enumerate(groups)
        for letter in group
    ]
    return build(effects, places, [Link(f"{a}{b}", str(a), str(b)) for a, b in links])


def shown(found):
    """Return each row as the paper shows it: 「2（再）a」."""
    return [
        f"{row.number}{'（再）' if row.is_again else ''}{row.place.activity}" for row in found.rows
    ]


groups = st.lists(
    st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8).map("".join),
    min_size=1,
    max_size=6,
)


def test_numbers_run_through_all_outcomes_and_only_the_first_place_is_plain():
    assert shown(model("ab", "bc", "ac")) == ["1a", "2b", "3（再）b", "4c", "5（再）a", "6（再）c"]


def test_when_the_first_place_goes_the_next_becomes_plain():
    assert shown(model("b", "bc", "ac")) == ["1b", "2（再）b", "3c", "4a", "5（再）c"]


def test_an_outcome_without_activities_takes_no_number():
    found = model("a", "", "b")

    assert shown(found) == ["1a", "2b"]
    assert [len(group.rows) for group in found.groups] == [1, 0, 1]


@given(groups)
def test_numbers_are_dense_and_in_the_order_of_the_table(given_groups):
    found = model(*given_groups)

    assert [row.number for row in found.rows] == list(range(1, sum(map(len, given_groups)) + 1))
    assert [row.place.activity for row in found.rows] == list("".join(given_groups))


@given(groups)
def test_every_activity_is_plain_exactly_once_and_counted_right(given_groups):
    rows, flat = model(*given_groups).rows, "".join(given_groups)

    for letter in set(flat):
        mine = [row for row in rows if row.place.activity == letter]
        assert [row.is_again for row in mine] == [False] + [True] * (len(mine) - 1)
        assert {row.uses for row in mine} == {flat.count(letter)}
        assert mine[0].number == flat.index(letter) + 1


@given(groups, st.data())
def test_a_move_keeps_all_rows_and_changes_the_number_by_what_it_passes(given_groups, data):
    found = model(*given_groups)
    if not found.rows:
        return
    row = data.draw(st.sampled_from(found.rows))
    step = data.draw(st.sampled_from((-1, 1)))

    order = structure.moved(found, row.place.key, step)

    before = [one.place.key for one in found.rows]
    after = [key for keys in order.values() for key in keys]
    assert sorted(after) == sorted(before)
    assert [key for key in after if key != row.place.key] == [
        key for key in before if key != row.place.key
    ]
    assert (after.index(row.place.key) - before.index(row.place.key)) * step >= 0


@given(groups, st.data())
def test_a_move_never_puts_an_activity_twice_at_an_outcome(given_groups, data):
    found = model(*given_groups)
    if not found.rows:
        return
    row = data.draw(st.sampled_from(found.rows))
    activity = {one.place.key: one.place.activity for one in found.rows}

    order = structure.moved(found, row.place.key, data.draw(st.sampled_from((-1, 1))))

    for keys in order.values():
        assert len({activity[key] for key in keys}) == len(keys)


@pytest.mark.parametrize(
    ("key", "step", "expected"),
    [
        ("0b", -1, [["0b", "0a"], ["1c"], []]),
        ("0b", 1, [["0a"], ["0b", "1c"], []]),
        ("1c", -1, [["0a", "0b", "1c"], [], []]),
        ("1c", 1, [["0a", "0b"], [], ["1c"]]),
        ("0a", -1, [["0a", "0b"], ["1c"], []]),
    ],
)
def test_a_move_goes_over_the_end_of_an_outcome_into_the_next(key, step, expected):
    assert list(structure.moved(model("ab", "c", ""), key, step).values()) == expected


def test_a_move_skips_an_outcome_that_has_the_activity_already():
    order = structure.moved(model("xa", "a", "b"), "0a", 1)

    assert list(order.values()) == [["0x"], ["1a"], ["0a", "2b"]]


@given(st.lists(st.one_of(st.none(), st.integers(0, 30)), max_size=12))
def test_positions_increase_and_stay_where_nothing_moved(current):
    slots = structure.slots(current)

    assert len(slots) == len(current)
    assert all(one < other for one, other in pairwise(slots))
    assert all(position >= 0 for position in slots)
    if None not in current and current == sorted(set(current)):
        assert slots == current


def test_rows_that_trade_places_are_the_only_ones_written():
    assert structure.slots([1, 4, 3, 7]) == [1, 3, 4, 7]
    assert structure.slots([3, 4, None]) == [3, 4, 5]
    assert structure.slots([None, 3, 4]) == [2, 3, 4]


@pytest.mark.parametrize(
    ("cause", "effect", "part"),
    [
        ("0", "0", "同じ成果"),
        ("2", "0", "向きにつなぎます"),
        ("0", "1", "すでにつながって"),
        ("2", "1", "一回りして"),
        ("0", "2", ""),
    ],
)
def test_a_link_runs_forward_once_and_in_no_circle(cause, effect, part):
    found = model("", "", "", links=[(0, 1), (1, 2)], levels=("initial", *["intermediate"] * 2))

    sentence = structure.refusal(found, cause, effect)

    assert part in sentence
    assert bool(sentence) == bool(part)


def test_a_link_may_be_edited_into_what_it_is():
    found = model("", "", links=[(0, 1)])

    assert structure.refusal(found, "0", "1", but="01") == ""
    assert structure.refusal(found, "1", "0", but="01") == ""


def test_remarks_name_what_is_to_be_looked_at_again():
    found = model(
        "a", "", "c", "", links=[(0, 3), (3, 2)], levels=("initial", "initial", "initial", "final")
    )

    told = [(remark.outcome, remark.message) for remark in structure.remarks(found)]

    assert told == [
        ("1", "「成果1」に、取組がまだありません。"),
        ("1", "「成果1」が、最終アウトカムにつながっていません。"),
        ("2", "「成果2」が、最終アウトカムにつながっていません。"),
        ("3", "「成果3」から、前の段階の成果へつながっています。"),
    ]


def test_a_circle_is_told_for_each_outcome_in_it_and_blocks_nothing():
    found = model("a", "b", "c", links=[(0, 1), (1, 0)])

    assert [r.outcome for r in structure.remarks(found) if "一回り" in r.message] == ["0", "1"]


def test_a_model_of_intermediate_outcomes_alone_needs_no_links():
    assert structure.remarks(model("a", "b")) == ()


def test_outcomes_without_an_indicator_are_told():
    told = structure.unmeasured(model("a", "b"), {"0"})

    assert [remark.outcome for remark in told] == ["1"]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=15))
def test_what_an_outcome_leads_to_is_what_walking_finds(pairs):
    links = [Link(f"{a}{b}", str(a), str(b)) for a, b in pairs]
    reached = {(a, b) for a, b in pairs}
    for _ in range(6):
        reached |= {(a, d) for a, b in reached for c, d in reached if b == c}

    for start in range(6):
        expected = {str(b) for a, b in reached if a == start}
        assert structure.leads_to(links, str(start)) == expected
