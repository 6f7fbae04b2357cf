"""これから整えること: what is thin is said, for the scenes that the support has chosen."""

import pytest

from reports.document import snapshot, weak
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(here):
    return snapshot.content_of(world.report_of(kind="final"))


def test_what_is_thin_is_told_for_the_scenes_chosen(document):
    document["desired_states"] = document["issues"] = []

    points = weak.points(document)

    assert "目指す姿が書かれていない場面があります（入退院支援）。" in points
    assert "課題整理表に課題のない場面があります（入退院支援）。" in points


def test_each_point_stands_behind_the_part_in_which_it_is_mended(document):
    document["logic_models"] = []

    assert ("logic_models", "ロジックモデルがまだ作られていません。") in weak.located(document)
    assert [sentence for _, sentence in weak.located(document)] == weak.points(document)


def test_without_a_choice_every_scene_counts(document):
    document["support_round"]["scenes"] = []

    assert any("日常の療養支援" in point for point in weak.points(document))


def test_a_step_without_a_record_is_named(document):
    assert any(
        "記録がない段階があります（中間報告会①、中間報告会②、最終報告会）" in point
        for point in weak.points(document)
    )


def test_an_issue_that_no_change_answers_is_counted(document):
    assert not any("変化と結び付いていない" in point for point in weak.points(document))
    document["support_issues"].append({"key": "before-2", "text": "別の課題"})

    assert "変化と結び付いていない支援前の課題が1件あります。" in weak.points(document)


def test_a_year_without_a_logic_model_says_so(document):
    document["logic_models"] = []

    assert "ロジックモデルがまだ作られていません。" in weak.points(document)
