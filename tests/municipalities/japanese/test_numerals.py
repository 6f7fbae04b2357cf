"""Numbers as offices type them: the table of the entry grid and the abuse list."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from municipalities.japanese.numerals import Numeral, NumeralError, grouped, read, same_unit


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("１，２３４", "", "1234"),
        ("1,234人", "人", "1234"),
        ("1 234", "", "1234"),
        ("1　234", "", "1234"),
        ("1,234,567.5", "", "1234567.5"),
        ("▲５", "", "-5"),
        ("△5", "", "-5"),
        ("▲ 5", "", "-5"),
        ("−5", "", "-5"),
        ("ー５", "", "-5"),
        ("-5", "", "-5"),
        ("+5", "", "5"),
        ("-0", "", "0"),
        ("0", "", "0"),
        ("007", "", "7"),
        ("62.5%", "%", "62.5"),
        ("６２．５％", "％", "62.5"),
        ("62.5パーセント", "%", "62.5"),
        ("12.0", "", "12"),
        (".5", "", "0.5"),
        ("９か所", "箇所", "9"),
        ("12名", "人", "12"),
        ("¥1,234", "円", "1234"),
        ("1,234千円", "千円", "1234"),
        ("1,630人", "人／月", "1630"),
        ("1,630人／月", "人／月", "1630"),
        ("1,630人/月", "人／月（平均）", "1630"),
        ("1,630 名", "人／月（平均）", "1630"),
        ("12件", "件／年", "12"),
        ("3.5人", "人（常勤換算）", "3.5"),
        ("80点", "点（100点満点）", "80"),
        ("  12\t", "", "12"),
        ("999999999999999", "", "999999999999999"),
    ],
)
def test_what_offices_type_is_read(typed, unit, value):
    assert read(typed, unit=unit) == Numeral(value=Decimal(value))


@pytest.mark.parametrize("typed", ["", " ", "　", "\t\n"])
def test_nothing_typed_is_no_value_and_never_zero(typed):
    assert read(typed) == Numeral()
    assert read("0") != Numeral()


@pytest.mark.parametrize(
    ("typed", "sign"),
    [
        ("－", "－"),
        ("-", "－"),
        ("—", "－"),
        ("ー", "－"),
        ("…", "…"),
        ("・", "・"),
        ("x", "x"),
        ("Ｘ", "x"),
    ],
)
def test_a_sign_is_reported_as_a_sign_because_its_meaning_depends_on_the_source(typed, sign):
    assert read(typed) == Numeral(sign=sign)


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("該当なし", "not_applicable"),
        ("不明", "unknown"),
        ("不詳", "unknown"),
        ("秘匿", "suppressed"),
    ],
)
def test_a_word_says_why_a_value_is_missing(typed, state):
    assert read(typed) == Numeral(state=state)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("八十", "漢数字"),
        ("一二", "漢数字"),
        ("①", "漢数字や丸数字"),
        ("3②", "漢数字や丸数字"),
        ("²", "算用数字"),
        ("Ⅳ", "算用数字"),
        ("½", "算用数字"),
        ("1½", "算用数字"),
        ("10~20", "1つだけ"),
        ("10〜20", "1つだけ"),
        ("10-20", "1つだけ"),
        ("2024/4/1", "1つだけ"),
        ("27万", "「万」"),
        ("1,5億", "「億」"),
        ("12,34", "カンマ"),
        ("1,2345", "カンマ"),
        ("1 234,567", "カンマ"),
        ("5 5", "カンマ"),
        ("1.2.3", "小数点"),
        ("1_000", "（例：1234）"),
        ("1e3", "（例：1234）"),
        ("1e308", "（例：1234）"),
        ("1E309", "（例：1234）"),
        ("NaN", "（例：1234）"),
        ("Infinity", "（例：1234）"),
        ("0x1f", "（例：1234）"),
        ("約730人", "（例：1234）"),
        ("--5", "（例：1234）"),
        ("٣", "（例：1234）"),
        ("5人6", "（例：1234）"),
        ("<b>1</b>", "（例：1234）"),
        ("1" * 61, "桁が多すぎます"),
    ],
)
def test_what_can_be_read_two_ways_is_refused_with_advice(typed, said):
    with pytest.raises(NumeralError, match=said):
        read(typed, unit="人")


def test_another_unit_is_refused_by_name():
    with pytest.raises(NumeralError, match="単位が「件」と合いません"):
        read("5人", unit="件")
    with pytest.raises(NumeralError, match="単位を付けずに"):
        read("5人")


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("1,630件", "人／月"),
        ("1,630月", "人／月"),
        ("1,630人／年", "人／月"),
        ("62.5％", "人／月"),
        ("62.5人", "％"),
        # The count itself is another number than its rate.
        ("1,630人", "人／10万人"),
        ("12件", "件／千人"),
        ("5人", "千人"),
    ],
)
def test_the_word_that_a_unit_counts_in_is_taken_and_no_other(typed, unit):
    with pytest.raises(NumeralError, match=f"単位が「{unit}」と合いません"):
        read(typed, unit=unit)


def test_units_are_compared_by_meaning():
    assert same_unit("ヶ所", "か所")
    assert same_unit("％", "%")
    assert not same_unit("千円", "円")
    assert not same_unit("人", "")


@settings(derandomize=True, max_examples=300)
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_what_is_shown_can_be_typed_again(value):
    assert read(grouped(value)).value == value


@settings(derandomize=True, max_examples=500)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_with_a_japanese_sentence(text):
    value, refusal = None, "ください"
    try:
        value = read(text, unit="人").value
    except NumeralError as error:
        refusal = str(error)

    assert value is None or value.is_finite()
    assert "ください" in refusal


def test_printed_digits_round_half_up():
    assert grouped(Decimal("0.25"), places=1) == "0.3"
    assert grouped(Decimal("-0.25"), places=1) == "−0.3"
    assert grouped(Decimal(51), places=1) == "51.0"
    assert grouped(270685) == "270,685"
