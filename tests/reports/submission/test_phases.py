"""The cells of the board from counts alone: states, reasons, and that an addition never makes one worse."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.choices import Scene
from reports.choices import Phase, PhaseState
from reports.submission.counting import phases
from reports.submission.counting.phases import SceneFacts, YearFacts

COMPLETE = SceneFacts(has_goal=True, issues=1, activities=1, wanted=1, done=1, aimed=1)
HERE = Scene.END_OF_LIFE
# From worst to best; a phase that cannot begin is before one that has not begun.
ORDER = [
    PhaseState.BLOCKED,
    PhaseState.NOT_STARTED,
    PhaseState.DOING,
    PhaseState.UNSURE,
    PhaseState.DONE,
]


def cell(phase, own=phases.NONE, common=phases.NONE, scene=HERE):
    """Return the cell of a scene in a phase."""
    facts = YearFacts({Scene.ALL: common} | {scene: own})
    (row,) = (row for row in phases.rows(facts) if row.scene is scene)
    return row.cells[list(Phase).index(phase)]


def test_the_rows_are_the_scenes_of_the_form_and_what_is_common():
    board = phases.rows(YearFacts({}))

    assert [row.label for row in board] == [
        "日常の療養支援",
        "入退院支援",
        "急変時の対応",
        "看取り",
        "共通（すべての場面）",
    ]
    assert all([one.phase for one in row.cells] == list(Phase) for row in board)


@pytest.mark.parametrize(
    ("own", "state", "done", "page"),
    [
        (SceneFacts(), PhaseState.NOT_STARTED, 0, "logicmodels:goal_edit"),
        (SceneFacts(has_goal=True), PhaseState.DOING, 1, "logicmodels:issue_add"),
        (SceneFacts(issues=2), PhaseState.DOING, 1, "logicmodels:goal_edit"),
        (SceneFacts(has_goal=True, issues=2), PhaseState.DOING, 2, "logicmodels:activity_add"),
        (replace(COMPLETE, aimed=0), PhaseState.UNSURE, 3, "logicmodels:logic_models"),
        (replace(COMPLETE, aimed=0, aimless=2), PhaseState.UNSURE, 3, "indicators:indicator_list"),
        (replace(COMPLETE, aimed=0, watched=1), PhaseState.UNSURE, 3, "indicators:indicator_list"),
        (replace(COMPLETE, has_goal=False), PhaseState.DOING, 3, "logicmodels:goal_edit"),
        (COMPLETE, PhaseState.DONE, 4, "logicmodels:scene"),
    ],
)
def test_a_plan_is_as_far_as_its_four_pieces(own, state, done, page):
    found = cell(Phase.PLAN, own)

    assert (found.state, found.done, found.wanted) == (state, done, 4)
    assert found.way.page == page


def test_each_missing_piece_of_a_plan_is_named():
    assert cell(Phase.PLAN).reasons == (
        "目指す姿が、まだ書かれていません。",
        "課題が、まだありません。",
        "取組が、まだありません。",
        "成果を確かめる指標が、まだ置かれていません。",
    )


def test_indicators_without_targets_are_counted_in_the_reasons():
    found = cell(Phase.PLAN, replace(COMPLETE, aimed=2, aimless=3))

    assert "目標値のない成果指標が3件あります。" in found.reasons
    assert found.state == PhaseState.DONE


def test_what_is_common_carries_a_scene_that_has_none_of_its_own():
    found = cell(Phase.PLAN, SceneFacts(has_goal=True), COMPLETE)

    assert found.state == PhaseState.DONE
    assert "この場面だけの課題はなく、すべての場面に共通の課題1件を数えています。" in found.reasons


def test_an_own_indicator_without_a_target_takes_nothing_from_the_common_one():
    found = cell(Phase.PLAN, replace(COMPLETE, aimed=0, aimless=1), COMPLETE)

    assert found.state == PhaseState.DONE
    assert found.reasons[-2:] == (
        "目標値のない成果指標が1件あります。",
        "すべての場面に共通の、目標値のある成果指標1件を数えています。",
    )


def test_what_is_common_alone_does_not_start_a_scene():
    assert cell(Phase.PLAN, phases.NONE, COMPLETE).state == PhaseState.NOT_STARTED


@pytest.mark.parametrize(
    ("own", "state", "page"),
    [
        (SceneFacts(), PhaseState.BLOCKED, "logicmodels:activity_add"),
        (SceneFacts(activities=2), PhaseState.BLOCKED, "logicmodels:activity_add"),
        (
            SceneFacts(activities=5, wanted=5, next_key="a"),
            PhaseState.NOT_STARTED,
            "logicmodels:activity",
        ),
        (
            SceneFacts(activities=5, wanted=5, done=3, next_key="a"),
            PhaseState.DOING,
            "logicmodels:activity",
        ),
        (SceneFacts(activities=5, wanted=5, done=5), PhaseState.DONE, "logicmodels:scene"),
    ],
)
def test_doing_is_as_far_as_activities_have_results(own, state, page):
    found = cell(Phase.DO, own)

    assert (found.state, found.done, found.wanted) == (state, own.done, own.wanted)
    assert found.way.page == page


def test_activities_that_are_not_for_this_year_are_left_out_and_said():
    found = cell(Phase.DO, SceneFacts(activities=5, wanted=3, done=1, next_key="a"))

    assert found.reasons == (
        "今年度に行う取組3件のうち、1件に実績があります。",
        "実績の記録がない取組が2件あります。",
        "検討中・終了・中止の取組2件は数えていません。",
    )


@pytest.mark.parametrize("phase", [Phase.CHECK, Phase.ACT])
def test_check_and_act_cannot_begin_and_say_what_will_open_them(phase):
    found = cell(phase, COMPLETE)

    assert found.state == PhaseState.BLOCKED
    assert "始められます" in found.reasons[0]


@pytest.mark.parametrize(
    ("own", "check", "act"),
    [
        (SceneFacts(outcomes=2), PhaseState.NOT_STARTED, PhaseState.BLOCKED),
        (SceneFacts(outcomes=2, told=2), PhaseState.DOING, PhaseState.BLOCKED),
        (SceneFacts(outcomes=2, told=2, judged=1), PhaseState.DOING, PhaseState.NOT_STARTED),
        (SceneFacts(outcomes=2, judged=2, proposed=1), PhaseState.DONE, PhaseState.DOING),
        (SceneFacts(outcomes=2, judged=2, decided=1), PhaseState.DONE, PhaseState.DONE),
    ],
)
def test_checking_ends_with_the_councils_judgement_and_acting_with_its_decision(own, check, act):
    assert (cell(Phase.CHECK, own).state, cell(Phase.ACT, own).state) == (check, act)


counts = st.integers(min_value=0, max_value=200)


@st.composite
def scene_facts(draw):
    wanted, outcomes = draw(counts), draw(counts)
    return SceneFacts(
        outcomes=outcomes,
        told=draw(st.integers(min_value=0, max_value=outcomes)),
        judged=draw(st.integers(min_value=0, max_value=outcomes)),
        decided=draw(counts),
        proposed=draw(counts),
        has_goal=draw(st.booleans()),
        issues=draw(counts),
        activities=wanted + draw(counts),
        wanted=wanted,
        done=draw(st.integers(min_value=0, max_value=wanted)),
        aimed=draw(counts),
        aimless=draw(counts),
        watched=draw(counts),
    )


@given(st.dictionaries(st.sampled_from(phases.SCENES), scene_facts()))
def test_never_more_is_done_than_wanted_and_every_cell_says_why(scenes):
    cells = list(phases.published(YearFacts(scenes)))

    assert len(cells) == 20
    for _, one in cells:
        assert 0 <= one.done <= one.wanted
        assert one.reasons
        assert all(sentence.endswith("。") for sentence in one.reasons)


ADDITIONS = ("issues", "aimed", "aimless", "watched")


@given(scene_facts(), scene_facts(), st.sampled_from(ADDITIONS))
def test_an_addition_to_a_plan_never_makes_it_worse(own, common, name):
    before = cell(Phase.PLAN, own, common)
    after = cell(Phase.PLAN, replace(own, **{name: getattr(own, name) + 1}), common)

    assert after.done >= before.done
    assert ORDER.index(after.state) >= ORDER.index(before.state)


@given(scene_facts())
def test_a_result_more_never_makes_doing_worse(own):
    if own.done == own.wanted:
        return
    before, after = cell(Phase.DO, own), cell(Phase.DO, replace(own, done=own.done + 1))

    assert after.done > before.done
    assert ORDER.index(after.state) >= ORDER.index(before.state)
