"""What changed between two documents: each section once, in words, however the row is kept."""

from reports.document.shape import PARTS
from reports.submission.differences import (
    MOST_LINES,
    NO_SECTIONS,
    SECTIONS,
    changed_sections,
)

GOAL = {"key": "goal-1", "scene": "end_of_life", "text": "最期まで望む場所で過ごせる。"}


def document(**parts):
    return {"schema_version": 2, "desired_states": [GOAL], **parts}


def lines(before, after):
    return {one.label: one.lines for one in changed_sections(before, after)}


def test_the_same_content_has_no_changes():
    head = {"report": {"number": "990019-2026-interim-1", "version": 2}}

    assert changed_sections(document(), document() | head) == ()


def test_rows_are_added_changed_and_removed():
    issues = [{"key": "a", "text": "一つ目"}, {"key": "b", "text": "二つ目"}]
    later = [{"key": "b", "text": "書き直した"}, {"key": "c", "text": "三つ目"}]

    found = lines(document(issues=issues), document(issues=later))

    assert found == {"課題整理表": ("変更：書き直した", "追加：三つ目", "削除：一つ目")}


def test_a_row_is_known_by_its_scene_its_step_and_what_it_points_at():
    before = document(
        definitions=[{"code": "visits", "name": "訪問診療の件数"}],
        organizations=[{"key": "ishikai", "name": "医師会"}],
        support_steps=[{"key": "s", "kind": "interim_1", "title": "", "situation": ""}],
        measurements=[],
        contractors=[],
    )
    after = before | {
        "desired_states": [GOAL | {"text": "家で過ごせる。"}],
        "support_steps": [{"key": "s", "kind": "interim_1", "title": "", "situation": "進んだ"}],
        "measurements": [{"key": "m", "indicator": "visits", "fiscal_year": 2025, "value": "3"}],
        "contractors": [{"key": "k", "organization": "ishikai", "desk": "相談窓口"}],
    }

    assert lines(before, after) == {
        "委託先": ("追加：医師会　相談窓口",),
        "連携支援の経過・アドバイス": ("変更：中間報告会①",),
        "目指す姿": ("変更：看取り　家で過ごせる。",),
        "実績値": ("追加：訪問診療の件数　2025年度",),
    }


def test_a_part_that_an_earlier_version_did_not_have_is_as_good_as_empty():
    assert changed_sections(document(), document(support_effects=[])) == ()


def test_one_object_is_said_to_have_changed():
    found = changed_sections(document(profile={"key": "p"}), document(profile=None))

    assert [(one.label, one.lines) for one in found] == [("自治体概要", ())]


def test_what_is_reckoned_is_told_when_nothing_else_changed():
    found = changed_sections(
        document(definitions=[]), document(definitions=[{"code": "x", "name": "名"}])
    )

    assert [one.label for one in found] == ["自動で載る内容（指標の定義など）"]


def test_a_part_that_is_not_known_yet_is_told_too():
    found = changed_sections(document(), document(councils=[{"key": "c"}]))

    assert [one.label for one in found] == ["その他の内容"]


def test_long_lists_and_long_texts_are_cut():
    issues = [{"key": str(number), "text": "長" * 100} for number in range(MOST_LINES + 5)]

    [found] = changed_sections(document(), document(issues=issues))

    assert (len(found.lines), found.more) == (MOST_LINES, 5)
    assert found.lines[0].endswith("長…")


def test_every_part_of_the_document_has_its_heading():
    roots = {part.name for part in PARTS if part.inside is None and part.in_report}

    assert roots - set(SECTIONS) - NO_SECTIONS == set()
