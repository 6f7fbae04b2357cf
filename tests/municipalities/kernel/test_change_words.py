"""変更の記録 speaks to people: no codes, no ids."""

import pytest

from municipalities.kernel.changes import Change
from municipalities.templatetags.change_words import lines, subject


@pytest.mark.parametrize(
    ("model", "key", "words"),
    [
        ("logicmodels.desiredstate", "end_of_life", "目指す姿（看取り）"),
        ("logicmodels.desiredstate", "made-elsewhere", "目指す姿"),
        ("reports.supportstep", "final", "連携支援の段階（最終報告会）"),
        ("reports.supportstep", "interim-1", "連携支援の段階（中間報告会①）"),
        ("reports.progressreport", "interim-2-0a1b2c", "報告書（中間報告・2回目）"),
        ("reports.progressreport", "final-1-0a1b2c", "報告書（最終報告）"),
        ("reports.progressreport", "x", "報告書"),
        ("municipalities.profile", "profile", "自治体概要"),
        ("logicmodels.issue", "issue-0a1b2c3d4e", "課題"),
    ],
)
def test_the_subject_is_named_in_words(model, key, words):
    assert subject(Change(model=model, key=key)) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {"name": "多職種研修会の開催"}, "取組（多職種研修会の開催）"),
        ({"name": "前の名称"}, {"name": "多職種研修会"}, "取組（多職種研修会）"),
        ({}, {"name": "長" * 40}, f"取組（{'長' * 29}…）"),
        ({"frequency": "年1回"}, {"frequency": "年2回"}, "取組"),
    ],
)
def test_a_change_that_tells_the_name_of_its_row_bears_it(before, after, words):
    change = Change(model="logicmodels.activity", key="activity-1", before=before, after=after)

    assert subject(change) == words


def test_fields_are_shown_as_they_are_read():
    change = Change(
        model="reports.supportstep",
        before={"kind": "interim_1", "held_on": None},
        after={"kind": "final", "held_on": "2026-11-06", "audience": "adviser", "cycle": 7},
    )

    assert [(line["label"], line["before"], line["after"]) for line in lines(change)] == [
        ("段階", "中間報告会①", "最終報告会"),
        ("実施日", "", "2026年11月6日（金）"),
        ("見せる範囲", "", "アドバイザーまで"),
    ]


def test_ids_of_other_rows_are_left_out_and_moments_are_in_japanese_time():
    change = Change(
        model="reports.progressreport",
        after={"step": 3, "submitted_by": 5, "submitted_at": "2026-11-06 15:30:00+00:00"},
    )

    assert [(line["label"], line["after"]) for line in lines(change)] == [
        ("提出日時", "2026年11月7日（土）00:30")
    ]
