"""Options one a line: pasted from papers, with marks, written for typing again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaires.shape import option_lines
from surveys.questionnaires.shape.option_lines import OptionLine


def test_what_stands_before_options_in_papers_falls_away():
    assert [one.label for one in option_lines.read("□ はい\n・いいえ")[0]] == ["はい", "いいえ"]
    assert [one.label for one in option_lines.read("１．はい\n２．いいえ")[0]] == ["はい", "いいえ"]
    assert [one.label for one in option_lines.read("①はい\n②いいえ")[0]] == ["はい", "いいえ"]


@pytest.mark.parametrize("text", ["1人\n2人", "1.5倍\n2.5倍", "はい\n２．いいえ", "1. はい"])
def test_numbers_that_belong_to_the_options_stay(text):
    assert [one.label for one in option_lines.read(text)[0]] == text.split("\n")


def test_several_marks_may_follow_one_another():
    [line], _ = option_lines.read("その他【記入】 【別に ✓】【−１点】")
    assert line == OptionLine("その他", takes_text=True, is_extra=True, points=-1)


def test_lines_are_counted_and_must_have_words():
    lines = "\n".join(f"選択肢{number}" for number in range(61))
    assert option_lines.read(lines)[1] == ["60行までにしてください（いま61行）。"]
    assert option_lines.read("【記入】")[1] == [
        "1行目「【記入】」：印の前に、言葉がありません。言葉を書いてください。"
    ]


@given(
    st.lists(
        st.builds(
            OptionLine,
            st.text("あいう漢字【】abc", min_size=1, max_size=8).map(lambda text: f"あ{text}い"),
            st.booleans(),
            st.booleans(),
            st.booleans(),
            st.none() | st.integers(-1000, 1000),
        ),
        unique_by=lambda one: one.label,
        max_size=6,
    )
)
def test_what_is_written_is_read_again(lines):
    assert option_lines.read(option_lines.written(lines)) == (lines, [])
