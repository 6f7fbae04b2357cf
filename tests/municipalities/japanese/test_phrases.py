"""A heading is broken between phrases, and none of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.japanese.phrases import phrases
from municipalities.templatetags.phrases import phrases as drawn


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "在宅医療・介護連携に関するアンケート（令和8年度）",
            ["在宅医療・", "介護連携に", "関する", "アンケート", "（令和8年度）"],
        ),
        (
            "これからの暮らしと医療・介護についてのアンケート",
            ["これからの", "暮らしと", "医療・", "介護についての", "アンケート"],
        ),
        ("ご家族へのお願い", ["ご家族への", "お願い"]),
        ("高齢福祉課　電話 00-0000-0000", ["高齢福祉課　", "電話 00-0000-0000"]),
        ("（仮）調査", ["（仮）", "調査"]),
        ("", []),
    ],
)
def test_words_and_what_stands_in_brackets_stay_whole(text, whole):
    assert phrases(text) == whole


@given(st.text(alphabet="おごあの医療アン8（）・　 、。a「」", max_size=30))
def test_nothing_is_lost_and_nothing_added(text):
    assert "".join(phrases(text)) == text
    assert "" not in phrases(text)


def test_nothing_of_it_becomes_html():
    assert drawn("<b>の医療") == (
        '<span class="phrase">&lt;b&gt;の</span><span class="phrase">医療</span>'
    )
