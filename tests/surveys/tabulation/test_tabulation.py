"""Tables against plain Python that walks one answer after another."""

from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, median

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.questionnaires.shape.form_shape import END, Asked, Choice, Form, Page, Row, path
from surveys.tabulation.counting import columns, counting

JOBS = {"doctor": "医師", "nurse": "看護師"}
ONE = Asked(
    "one",
    1,
    "single",
    "一つ",
    options=(Choice("a", "はい", skip_to="table"), Choice("b", "いいえ")),
)
MANY = Asked(
    "many",
    2,
    "multiple",
    "いくつでも",
    options=(Choice("x", "X", skip_to=END), Choice("y", "Y", skip_to="steps"), Choice("z", "Z")),
)
STEPS = Asked(
    "steps",
    3,
    "scale",
    "段階",
    options=(
        Choice("s1", "よい", points=3),
        Choice("s2", "ふつう", points=2),
        Choice("s0", "わからない"),
    ),
)
TABLE = Asked(
    "table",
    4,
    "matrix",
    "表",
    options=(
        Choice("m1", "している"),
        Choice("m2", "していない"),
        Choice("m4", "研修", is_extra=True),
    ),
    rows=(Row("r1", "退院"), Row("r2", "看取り")),
)
NUMBER = Asked("number", 5, "number", "年数", unit="年")
JOB = Asked("job", 6, "profession", "職種")
FORM = Form("f", "調査", "", "", "", (Page("", "", "", (ONE, MANY, STEPS, TABLE, NUMBER, JOB)),))


def one_of(keys):
    return st.sets(st.sampled_from(keys), max_size=2)


SHEETS = st.lists(
    st.fixed_dictionaries(
        {
            "one": one_of(["a", "b"]),
            "many": one_of(["x", "y", "z"]),
            "steps": one_of(["s1", "s2", "s0"]),
            "r1": one_of(["m1", "m2", "m4"]),
            "r2": one_of(["m1", "m2", "m4"]),
            "number": st.none() | st.decimals(-999, 999, places=2),
            "job": st.sampled_from(["doctor", "nurse", "unstated"]),
        }
    ),
    max_size=12,
)


def marks_of(sheets):  # noqa: C901 -- every kind of question has its own lines
    for at, sheet in enumerate(sheets):
        for key in ("one", "many", "steps"):
            for option in sheet[key]:
                yield columns.Mark(at, key, None, option)
        for row in ("r1", "r2"):
            for option in sheet[row]:
                yield columns.Mark(at, "table", row, option)
        if sheet["number"] is not None:
            yield columns.Mark(at, "number", number=sheet["number"])


def counted(sheets):
    laid = columns.of(FORM, [(at, one["job"]) for at, one in enumerate(sheets)], marks_of(sheets))
    return {one.table.number: one for one in counting.tables(FORM, laid, JOBS)}


def share(count, base):
    return (Decimal(100 * count) / base).quantize(Decimal("0.1"), ROUND_HALF_UP) if base else None


def plainly(sheets, key, part, options, *, is_single):
    """Count options among those who were asked; return lines by key and how many were asked."""
    asked = [one for one in sheets if key in {q.key for q in path(FORM, one)}]
    found = dict.fromkeys([*options, None], 0)
    for sheet in asked:
        ticked = [option for option in options if option in part(sheet)]
        if not ticked or (is_single and len(ticked) > 1):
            found[None] += 1
        else:
            for option in ticked:
                found[option] += 1
    counts = [found[option] for option in options] + ([found[None]] if found[None] else [])
    return [(count, share(count, len(asked))) for count in counts], len(asked)


def of(table):
    return [(line.count, line.percent) for line in table.lines], table.asked


@settings(max_examples=40, deadline=None)
@given(SHEETS)
def test_every_kind_is_counted_as_by_hand(sheets):
    found = {number: one.table for number, one in counted(sheets).items()}

    for number, key, options, single in (
        ("問1", "one", ["a", "b"], True),
        ("問2", "many", ["x", "y", "z"], False),
        ("問3", "steps", ["s1", "s2", "s0"], True),
    ):
        expected = plainly(sheets, key, lambda one, key=key: one[key], options, is_single=single)
        assert of(found[number]) == expected
    for number, row in (("問4-1", "r1"), ("問4-2", "r2")):
        expected = plainly(
            sheets, "table", lambda one, row=row: one[row], ["m1", "m2"], is_single=True
        )
        assert of(found[number]) == expected
    extra = found["問4-3"]
    asked = [one for one in sheets if "table" in {q.key for q in path(FORM, one)}]
    assert [line.count for line in extra.lines] == [
        sum("m4" in one[row] for one in asked) for row in ("r1", "r2")
    ]
    jobs = plainly(sheets, "job", lambda one: [one["job"]], list(JOBS), is_single=True)
    assert of(found["問6"]) == jobs


@settings(max_examples=25, deadline=None)
@given(SHEETS)
def test_numbers_and_points_are_those_of_the_statistics_module(sheets):
    found = {number: one.table.numbers for number, one in counted(sheets).items()}
    asked = [one for one in sheets if "number" in {q.key for q in path(FORM, one)}]
    values = [one["number"] for one in asked if one["number"] is not None]
    told = found["問5"]

    assert (told is None) == (not values)
    if told:
        assert (told.n, told.total) == (len(values), sum(values))
        assert (told.smallest, told.largest) == (min(values), max(values))
        rounded = [
            x.quantize(Decimal("0.01"), ROUND_HALF_UP) for x in (mean(values), median(values))
        ]
        assert [told.mean, told.median] == rounded


@settings(max_examples=25, deadline=None)
@given(SHEETS)
def test_a_cross_table_is_the_table_of_each_group(sheets):
    found = counted(sheets)
    cross = counting.crossed(found["問2"], found["問1"])
    asked = [one for one in sheets if "many" in {q.key for q in path(FORM, one)}]
    expected = []
    for label, is_in in (
        ("はい", {"a"}),
        ("いいえ", {"b"}),
    ):
        group = [one for one in asked if one["one"] == is_in]
        if group:
            expected.append(
                (label, len(group), [sum(k in one["many"] for one in group) for k in "xyz"])
            )

    told = [(g.label, g.n, [line.count for line in g.lines[:3]]) for g in cross.groups]
    assert [one for one in told if one[0] != "無回答"] == expected
    assert sum(n for _, n, _ in told) == len(asked)


def test_question_11_of_fukuchiyama_is_exact():
    """令和5年度 問11 as published, n = 224."""
    counts = {"自宅": 160, "グループホーム": 14, "施設": 29, "既に生活している": 21}
    asked = Asked("q11", 11, "single", "どこで", options=tuple(Choice(k, k) for k in counts))
    form = Form("f", "調査", "", "", "", (Page("", "", "", (asked,)),))
    answers = [label for label, count in counts.items() for _ in range(count)]
    marks = [columns.Mark(at, "q11", None, label) for at, label in enumerate(answers)]
    laid = columns.of(form, [(at, "unstated") for at in range(224)], marks)

    table = counting.tables(form, laid, JOBS)[0].table

    assert (table.asked, table.missing) == (224, 0)
    assert [line.percent_text for line in table.lines] == ["71.4", "6.3", "12.9", "9.4"]


def test_nobody_has_answered():
    tables = [one.table for one in counted([]).values()]

    assert {table.asked for table in tables} == {0}
    assert {line.percent for table in tables for line in table.lines} == {None}


def test_an_option_that_is_called_no_answer_is_an_option():
    asked = Asked(
        "q",
        1,
        "single",
        "問",
        options=(Choice("a", "はい"), Choice("n", "無回答"), Choice("b", "いいえ")),
    )
    form = Form("f", "調査", "", "", "", (Page("", "", "", (asked,)),))
    marks = [columns.Mark(number, "q", None, key) for number, key in ((1, "a"), (2, "b"), (3, "b"))]
    (one,) = counting.tables(form, columns.of(form, [(1, ""), (2, ""), (3, "")], marks), JOBS)

    assert [(line.label, line.count) for line in one.table.lines] == [
        ("はい", 1),
        ("無回答", 0),
        ("いいえ", 2),
    ]
    groups = counting.crossed(one, one).groups
    assert [(group.label, group.n) for group in groups] == [("はい", 1), ("いいえ", 2)]
