"""Tables of answers as they are typed and pasted: one line one answer, errors name the line."""

from decimal import Decimal

import pytest

from surveys.results.answer_lines import MOST_LINES, read, written
from surveys.results.percentages import Answer


def test_a_table_from_excel_is_read_with_its_head():
    answers, errors = read("項目\t回答数\t回答率\n自宅で生活したい\t160\t71.4%\n施設\t14\t6.3%\n")

    assert not errors
    assert answers[0] == Answer("自宅で生活したい", 160, Decimal("71.4"))
    assert [one.label for one in answers] == ["自宅で生活したい", "施設"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("自宅　　１６０人　　７１．４％", Answer("自宅", 160, Decimal("71.4"))),
        ("自宅  1,160", Answer("自宅", 1160)),
        ("自宅,160", Answer("自宅", 160)),
        ("自宅\t160件", Answer("自宅", 160)),
        ("自宅\t21名", Answer("自宅", 21)),
        ("自宅\t51.0%", Answer("自宅", percent=Decimal("51.0"))),
        ("自宅\t\t51.0", Answer("自宅", percent=Decimal("51.0"))),
        ("自宅\t1位", Answer("自宅", rank=1)),
        ("自宅", Answer("自宅")),
        ("自宅\t記載なし", Answer("自宅")),
        ("自宅\t0\t0%", Answer("自宅", 0, Decimal(0))),
    ],
)
def test_a_line_is_read(line, expected):
    assert read(line) == ([expected], [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("自宅 160", "空白2つ以上で区切って"),
        ("自宅,1,023", "千の位の区切り"),
        ("自宅\t多い", "回答数「多い」"),
        ("自宅\t160\t120", "0から100まで"),
        ("自宅\t1.5", "小数点のない"),
        ("自宅\t\t33.333", "小数点以下2桁まで"),
        ("自宅\t-3", "回答数「-3」"),
        ("自宅\t－", "記載なし"),
        ("自宅\t0位", "順位「0位」"),
        ("自宅\t10%\t20%", "割合が2つ"),
        ("自宅\t1\t2\t3\t4", "列が多すぎます"),
        ("合計\t224", "合計の行は要りません"),
        ("\t160", "選択肢の名称がありません"),
        ("あ" * 201 + "\t1", "200字以内"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line, words):
    answers, errors = read(f"施設\t14\n\n{line}")

    assert [one.label for one in answers] == ["施設"]
    assert len(errors) == 1
    assert errors[0].startswith("3行目「")
    assert words in errors[0]


def test_the_same_answer_twice_names_both_lines():
    assert "1行目と同じ選択肢" in read("自宅\t1\n自宅\t2")[1][0]


def test_too_many_lines_are_told_once():
    assert read("\n".join(f"選択肢{n}\t1" for n in range(MOST_LINES + 1)))[1] == [
        f"選択肢は{MOST_LINES}行までです（いま{MOST_LINES + 1}行）。"
    ]


def test_what_is_written_is_read_again():
    answers = [
        Answer("自宅, または  施設", 160, Decimal("71.4")),
        Answer("二桁", percent=Decimal("51.25")),
        Answer("順位", rank=2),
        Answer("わからない, 無回答"),
    ]
    assert read(written(answers)) == (answers, [])
