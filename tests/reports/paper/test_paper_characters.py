"""Characters that the paper's fonts can and cannot draw."""

from dataclasses import replace

import pytest

from reports.paper.wording.characters import unprintable
from tests.reports.paper_samples import MIHON, MITO


def test_the_samples_can_be_printed_whole():
    assert unprintable(MITO) == unprintable(MIHON) == ()


@pytest.mark.parametrize(
    "text",
    [
        "𠮷野",
        "髙橋",
        "山﨑",
        "①⑳",
        "㈱",
        "㋿",
        "Ⅳ",
        "〜～−－",
        "ｶﾞｲﾄﾞ",
        "か\u3099",
        "葛\U000e0100",
        "a\t\u3000b\u200d\ufeff",
    ],
)
def test_what_a_japanese_text_holds_can_be_printed(text):
    assert unprintable(replace(MITO, municipality_name=text)) == ()


def test_what_no_font_has_is_named_once_wherever_it_stands():
    step = replace(MITO.steps[0], keywords=("✔と😀", "😀"))

    review = replace(MITO, issues=("✔",), steps=(step,))

    assert unprintable(review) == ("✔", "😀")
