"""Form fields: what is kept, what is refused and what the refusal says."""

import json
import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from municipalities.fields import (
    JaDateField,
    JaDecimalField,
    JaFiscalYearField,
    JaIntegerField,
    JaLongTextField,
    JaTextField,
    is_blank,
    normalise,
)

NAMES = ["髙﨑", "𠮷野", "葛\U000e0100城", "神", "ｶﾞｲﾄﾞ", "～〜－−―—￥¥", "が", "👨‍👩‍👧‍👦"]
COUNTED = [
    *NAMES,
    "一\r\n二\r三\v四\f五",
    "a\x1fb\x7f\x85c",
    "\n　\n　字下げ\n\n",
    "末尾　 \n\t",
    "\u2028x\u2029",
    "",
]


def refusal(field, value):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.messages[0]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_kept_byte_for_byte(name):
    assert JaTextField().clean(name) == name
    assert JaLongTextField().clean(name) == name


def test_soft_breaks_become_lines_and_control_characters_go():
    assert JaLongTextField().clean("一\r\n二\v三\f四\x1f五\x07\t六") == "一\n二\n三\n四五\t六"
    assert JaTextField().clean(" 一\r\n二\t三　") == "一 二 三"


def test_the_indent_of_a_first_paragraph_is_kept():
    assert JaLongTextField().clean("\n　本市では\n") == "　本市では"


@pytest.mark.parametrize(
    "blank", [" ", "　", "\u200b", "\ufeff\u200d", "\u3164", "\u2800", "\x07", "\ufe0f", "\n\n"]
)
def test_a_text_that_shows_nothing_counts_as_empty(blank):
    assert JaLongTextField(required=False).clean(blank) == ""
    assert (
        refusal(JaTextField(error_messages={"required": "入力してください"}), blank)
        == "入力してください"
    )


def test_zero_counts_as_something():
    assert not is_blank("0")
    assert JaTextField().clean("0") == "0"


@pytest.mark.parametrize("kept_out", ["\x00", "\ud800"])
def test_what_a_database_cannot_keep_is_refused(kept_out):
    assert refusal(JaLongTextField(label="課題"), f"一{kept_out}二") == (
        "課題は、保存できない文字を含んでいます。その文字を消して入力してください"
    )


def test_a_sign_that_turns_the_writing_round_is_named():
    assert "U+202E" in refusal(JaTextField(label="氏名"), "abc\u202edef")


def test_markup_and_formulas_stay_literal():
    for text in ("<script>x</script>", "{{7*7}}", "=1+1", "%n", "a\tb"):
        assert JaLongTextField().clean(text) == text


def test_length_counts_code_points_and_says_how_many_are_too_many():
    assert len(JaLongTextField().clean("あ" * 20_000)) == 20_000
    assert refusal(JaLongTextField(label="課題"), "あ" * 20_001) == (
        "課題は、20,000字以内で入力してください（いま20,001字、1字超えています）"
    )
    assert JaTextField(max_length=2).clean("𠮷野") == "𠮷野"
    assert "3字" in refusal(JaTextField(max_length=2), "𠮷野家")


def test_the_page_never_cuts_a_pasted_text():
    for field in (JaTextField(max_length=10), JaLongTextField(max_length=10)):
        assert "maxlength" not in field.widget.attrs
    assert JaLongTextField(max_length=10).widget.attrs["data-counter"] == "10"


@pytest.mark.parametrize(("longest", "rows"), [(200, "2"), (201, "4"), (20_000, "8")])
def test_a_box_is_as_high_as_its_text_may_be_long(longest, rows):
    assert JaLongTextField(max_length=longest).widget.attrs["rows"] == rows


def test_a_box_that_a_form_has_measured_keeps_its_height():
    box = forms.Textarea(attrs={"rows": "12"})

    assert JaLongTextField(max_length=200, widget=box).widget.attrs["rows"] == "12"


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node, which make setup brings")
def test_the_page_counts_like_the_server():
    script = (Path(settings.BASE_DIR) / "static" / "js" / "counter.js").read_text()
    measure = re.search(r"function kept.*?\nfunction width", script, re.DOTALL)[0]
    measure = measure.removesuffix("function width")
    program = f"{measure}\nconsole.log(JSON.stringify({json.dumps(COUNTED)}.map(measure)))"

    answer = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True)

    assert json.loads(answer.stdout) == [len(normalise(text, lines=True)) for text in COUNTED]


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (JaDecimalField(), "１２３", Decimal(123)),
        (JaDecimalField(), "0", Decimal(0)),
        (JaDecimalField(required=False), "", None),
        (JaDecimalField(required=False), "　", None),
        (JaDecimalField(unit="%", decimal_places=1), "６２．５％", Decimal("62.5")),
        (JaDecimalField(decimal_places=1), "51", Decimal("51.0")),
        (JaDecimalField(decimal_places=1), "1.50", Decimal("1.5")),
        (JaDecimalField(max_digits=5, decimal_places=2), "999.99", Decimal("999.99")),
        (JaIntegerField(min_value=0), "12.0", 12),
        (JaIntegerField(min_value=0), "-0", 0),
        (JaIntegerField(unit="人"), "270,685人", 270685),
    ],
)
def test_numbers_are_kept_as_typed(field, typed, value):
    assert field.clean(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (JaDecimalField(label="人口"), "1_000", "人口は、数字で入力してください（例：1234）"),
        (JaIntegerField(label="人口", min_value=0), "-5", "人口は、0以上の数字で入力してください"),
        (
            JaDecimalField(label="率", unit="%", max_value=100),
            "101",
            "率は、100%以下の数字で入力してください",
        ),
        (
            JaIntegerField(label="人口"),
            "1.5",
            "人口は、小数点のない数字で入力してください（例：12）",
        ),
        (
            JaDecimalField(label="率", decimal_places=1),
            "1.25",
            "率は、小数点以下1桁までで入力してください",
        ),
        (
            JaDecimalField(label="額", max_digits=5, decimal_places=2),
            "1000",
            "額は、桁が多すぎます。",
        ),
        (JaDecimalField(label="額"), "1" * 16, "額は、桁が多すぎます。"),
        (
            JaDecimalField(label="値"),
            "－",
            "値は、数字で入力してください。値がないときは、空欄のまま",
        ),
        (
            JaDecimalField(label="値"),
            "不明",
            "値は、数字で入力してください。値がないときは、空欄のまま",
        ),
        (JaDecimalField(), "abc", "数字で入力してください"),
    ],
)
def test_a_refused_number_says_which_field_and_what_to_type(field, typed, said):
    assert refusal(field, typed).startswith(said)


def test_a_count_stays_a_whole_number_in_python():
    assert type(JaIntegerField().clean("12.0")) is int


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234, "1,234"),
        (Decimal("1234.50"), "1,234.5"),
        (Decimal("270685.0000"), "270,685"),
        (Decimal(-5), "−5"),
        ("１２a", "１２a"),
    ],
)
def test_a_number_is_shown_grouped_and_a_refused_one_as_typed(value, shown):
    assert JaDecimalField().widget.format_value(value) == shown


def test_a_number_input_never_has_the_type_number():
    assert JaDecimalField().widget.input_type == "text"
    assert JaDecimalField().widget.attrs["inputmode"] == "decimal"


def test_a_date_is_read_shown_and_echoed():
    field = JaDateField(label="開催日")

    assert field.clean("R7.7.10") == date(2025, 7, 10)
    assert field.widget.format_value(date(2025, 7, 10)) == "令和7年7月10日"
    assert field.echo("R7.7.10") == "2025年7月10日（木）"
    assert field.echo("7.7.10") == ""
    assert field.clean("令和7年7月10日") == field.clean(date(2025, 7, 10))


def test_a_refused_date_names_its_field():
    assert refusal(JaDateField(label="開催日"), "2025/2/30").startswith("開催日は、実在する日付")


def test_a_date_read_otherwise_than_typed_leaves_a_notice():
    field = JaDateField()

    assert field.clean("平成31年5月1日") == date(2019, 5, 1)
    assert "令和元年5月1日" in field.notice
    field.clean("令和元年5月1日")
    assert field.notice == ""


def test_a_fiscal_year_is_read_shown_and_echoed():
    field = JaFiscalYearField(label="対象年度")

    assert field.clean("Ｒ５") == 2023
    assert field.widget.format_value(2023) == "令和5年度"
    assert field.echo("2023") == "令和5年度（2023年度）"
    assert field.echo("") == ""
    assert refusal(field, "5").startswith("対象年度は、元号か西暦4桁")


@pytest.mark.parametrize("field_class", [JaDateField, JaFiscalYearField])
@pytest.mark.parametrize("blank", ["", None, "　", "\u200b"])
def test_an_empty_date_or_year_is_none(field_class, blank):
    assert field_class(required=False).clean(blank) is None
