"""Two rounds laid side by side: counts against plain Python, and what may not be compared."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.questionnaires.shape.form_shape import Asked, Choice, Form, Page
from surveys.results import over_years
from surveys.tabulation.before import before_after
from surveys.tabulation.before.before_after import Occasion
from surveys.tabulation.counting import columns, counting, matching, same_people

OPTIONS = (Choice("a", "できる", points=2), Choice("b", "できない", points=1), Choice("c", "不明"))
ONE = Asked("one", 1, "scale", "できますか。", options=OPTIONS)
YEARS = Asked("years", 2, "number", "経験年数", unit="年")
WHEN = (Occasion("前", "前の回", "other"), Occasion("後", "後の回", "other"))


def counted(sheets, *asked):
    """Count sheets, each a pair of ticked options and a number."""
    form = Form("f", "調査", "", "", "", (Page("", "", "", asked or (ONE, YEARS)),))
    marks = [columns.Mark(at, "one", None, key) for at, one in enumerate(sheets) for key in one[0]]
    marks += [
        columns.Mark(at, "years", number=one[1])
        for at, one in enumerate(sheets)
        if one[1] is not None
    ]
    laid = columns.of(form, [(at, "") for at in range(len(sheets))], marks)
    return counting.tables(form, laid, {})


def twice(before, after, people):
    return [
        before_after.asked_twice(old, new, WHEN, people)
        for old, new in zip(counted(before), counted(after), strict=True)
    ]


SHEET = st.tuples(
    st.sets(st.sampled_from("abc"), max_size=2).map(sorted),
    st.none() | st.integers(0, 60).map(Decimal),
)
PEOPLE = st.lists(st.tuples(SHEET, SHEET), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_the_same_people_are_counted_as_by_hand(sheets):
    places = tuple(range(len(sheets)))
    before, after = zip(*sheets, strict=True)
    turned = tuple(reversed(places))

    one, years = twice(before, list(reversed(after)), same_people.Joined(places, turned))

    for key, label in (("a", "できる"), ("b", "できない"), ("c", "不明")):
        said = [(first[0] == [key], second[0] == [key]) for first, second in sheets]
        row = next(row for row in one.paired.rows if row.label == label)
        assert row.before.count == sum(was for was, _ in said)
        assert row.after.count == sum(now for _, now in said)
        assert row.gained == sum(now and not was for was, now in said)
        assert row.lost == sum(was and not now for was, now in said)
    both = [(first[1], second[1]) for first, second in sheets if None not in (first[1], second[1])]
    themselves = [told for told in years.means if told.who == before_after.THE_SAME]
    assert [told.n_before for told in themselves] == ([len(both)] if both else [])
    points = {"a": 2, "b": 1}
    steps = [
        (points[first[0][0]], points[second[0][0]])
        for first, second in sheets
        if len(first[0]) == len(second[0]) == 1 and "c" not in (*first[0], *second[0])
    ]
    of_points = [told for told in one.means if told.who == before_after.THE_SAME]
    assert [told.n_before for told in of_points] == ([len(steps)] if steps else [])


def alone(count, key):
    return [([key], None)] * count


def test_everybody_is_judged_by_newcombe_where_nobody_can_be_joined():
    one, _ = twice(
        alone(20, "a") + alone(20, "b"), alone(36, "a") + alone(4, "b"), same_people.Joined()
    )

    low, high = over_years.newcombe(36, 40, 20, 40)
    row = one.comparison.rows[0]
    assert (float(row.step.low), float(row.step.high)) == pytest.approx(
        (100 * low, 100 * high), abs=0.05
    )
    assert row.step.verdict == over_years.RISEN
    assert one.paired is None


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (replace(ONE, options=OPTIONS[:2]), over_years.OTHER_OPTIONS),
        (replace(ONE, text="うまくできますか。"), over_years.OTHER_WORDS),
        (replace(ONE, kind="multiple"), over_years.OTHER_WAY),
        (
            replace(ONE, options=(*OPTIONS[:1], Choice("b", "できない", points=0), OPTIONS[2])),
            before_after.OTHER_POINTS,
        ),
    ],
)
def test_what_is_not_the_same_is_told_and_not_averaged(now, why):
    people = same_people.Joined(tuple(range(40)), tuple(range(40)))
    [old], [new] = counted(alone(40, "a"), ONE), counted(alone(40, "b"), now)

    found = before_after.asked_twice(old, new, WHEN, people)

    assert why in found.remarks
    assert found.means == ()
    if why != before_after.OTHER_POINTS:
        assert (found.paired, found.comparison.has_verdicts) == (None, False)


def test_another_unit_has_no_means():
    [old], [new] = (
        counted([([], Decimal(3))] * 40, asked) for asked in (YEARS, replace(YEARS, unit="月"))
    )

    found = before_after.asked_twice(old, new, WHEN, same_people.Joined())

    assert found.remarks == (before_after.OTHER_UNIT,)
    assert found.means == ()


def test_a_question_is_known_by_its_line_of_versions_before_its_words():
    renamed = replace(ONE, key="new", text="できるようになりましたか。")
    lure = replace(ONE, key="lure")
    before = counted([], ONE, replace(YEARS, key="lure", text="別のこと"))
    after = counted([], lure, renamed)

    found = matching.matched(before, after, {"new": ("middle", "語尾"), "middle": ("one", "時期")})

    [(old, new, change)] = found.same
    assert (old.table.question.key, new.table.question.key, change) == ("one", "new", "語尾／時期")
    assert [one.table.question.key for one in found.after_alone] == ["lure"]


def test_versions_that_name_one_another_end():
    assert [key for key, _ in matching.line_of("a", {"a": ("b", ""), "b": ("a", "")})] == ["a", "b"]
