"""Codes as people paste them: six digits are read, everything shorter is asked about."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from municipalities import codes
from municipalities.choices import MunicipalityKind
from municipalities.reference import rows_of

ROWS = list(rows_of("municipalities.csv"))
NAMES = {row["code"]: row["name"] for row in ROWS}
TOWNS = sorted(row["code"] for row in ROWS if row["kind"] != MunicipalityKind.WARD)
FORMER = {"221317": ["221384"], "221350": ["221384", "221392"]}

# The six digits without their zero, and the municipality whose first five digits they are, too.
COLLISIONS = {
    "12203": ("012203", "士別市", "122033", "市川市"),
    "12211": ("012211", "名寄市", "122114", "成田市"),
    "12220": ("012220", "三笠市", "122203", "流山市"),
    "12238": ("012238", "根室市", "122386", "いすみ市"),
    "14362": ("014362", "雨竜町", "143626", "大井町"),
    "15202": ("015202", "幌延町", "152021", "長岡市"),
    "15504": ("015504", "置戸町", "155047", "刈羽村"),
    "16322": ("016322", "士幌町", "163228", "上市町"),
    "23213": ("023213", "鰺ヶ沢町", "232131", "西尾市"),
    "23230": ("023230", "深浦町", "232301", "日進市"),
    "43214": ("043214", "大河原町", "432148", "阿蘇市"),
    "44211": ("044211", "大和町", "442119", "宇佐市"),
}


@pytest.mark.parametrize("typed", COLLISIONS)
def test_a_code_that_may_be_two_towns_is_asked_about_with_both(typed):
    with_zero, first, with_check, second = COLLISIONS[typed]

    reading = codes.read(typed, NAMES)

    assert reading.code is None
    assert reading.candidates == (with_zero, with_check)
    assert f"{with_zero}が5桁になっていませんか。" in reading.question
    assert f"{first}（{with_zero}）、{second}（{with_check}）" in reading.question


def test_there_are_exactly_these_twelve_collisions():
    fives = {code[:5]: code for code in TOWNS}
    lost = {code[1:]: code for code in TOWNS if code[0] == "0"}

    assert {five: (lost[five], fives[five]) for five in sorted(lost) if five in fives} == {
        typed: (row[0], row[2]) for typed, row in COLLISIONS.items()
    }


def test_every_code_is_read_and_never_guessed_from_less():
    for code in TOWNS:
        assert codes.read(code, NAMES) == codes.Reading(code)
        for shorter in {code[:5], str(int(code[:5])), str(int(code))} - {code}:
            reading = codes.read(shorter, NAMES)
            assert reading.code is None
            assert code in reading.candidates
            assert NAMES[code] in reading.question


@pytest.mark.parametrize(
    "typed",
    ["082015", "０８２０１５", " 082015 ", "082015\u3000", "R08201", "Ｒ０８２０１", "082 015"],
)
def test_other_writings_of_the_full_code_are_read(typed):
    assert codes.read(typed, NAMES).code == "082015"


def test_a_number_out_of_a_spreadsheet_is_asked_about():
    reading = codes.read("82015.0", NAMES)

    assert reading.candidates == ("082015",)
    assert reading.question == (
        "082015が5桁になっていませんか。82015は5桁なので、水戸市（082015）のことですか。"
        "先頭の0も含めた6桁で入力してください。"
    )


def test_a_column_known_to_lack_the_check_digit_is_completed():
    assert [codes.with_check_digit(code[:5]) for code in TOWNS] == TOWNS


@pytest.mark.parametrize("typed", ["", "水戸市", "R0820", "0820151", "8.2e4", "08201A", "①②③④⑤⑥x"])
def test_what_is_no_code_is_told_with_an_example(typed):
    reading = codes.read(typed, NAMES)

    assert reading.code is None
    assert "例：082015" in reading.question


def test_a_wrong_check_digit_is_told():
    assert "検査数字" in codes.read("082016", NAMES).question


def test_a_right_check_digit_of_nobody_is_told():
    assert "080004という市区町村はありません" in codes.read("080004", NAMES).question


def test_a_former_code_asks_for_the_present_one():
    reading = codes.read("221350", NAMES, FORMER)

    assert reading.candidates == ("221384", "221392")
    assert "浜松市中央区（221384）、浜松市浜名区（221392）" in reading.question


@given(st.text(max_size=12))
def test_whatever_is_typed_is_either_read_or_asked(typed):
    reading = codes.read(typed, NAMES, FORMER)

    assert (reading.code in NAMES) != bool(reading.question)
    assert set(reading.candidates) <= set(NAMES)


@given(st.sampled_from(TOWNS), st.integers(0, 5), st.sampled_from("123456789"))
def test_one_mistyped_digit_never_passes_for_the_same_town(code, at, shift):
    wrong = code[:at] + str((int(code[at]) + int(shift)) % 10) + code[at + 1 :]

    assert codes.read(wrong, NAMES).code != code


def test_every_check_digit_is_right():
    for code in NAMES:
        codes.validate_code(code)


def test_a_wrong_check_digit_is_refused_by_the_column():
    with pytest.raises(ValidationError):
        codes.validate_code("082016")
