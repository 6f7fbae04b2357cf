"""One row of the long format: what is read, what is refused, and with which sentence."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import long_format
from indicators.long_format import COLUMNS, Place, Row


@dataclass
class Counted:
    code: str = "own-1"
    unit: str = "人"
    decimals: int = 0
    multiplier: int = 1
    name: str = "在宅看取り数（実人数）"


SHARE = Counted("own-share", "％", 1, 100, "参加率")
PLACE = Place(
    code="990019",
    name="見本市",
    latest=2026,
    definitions={"own-1": Counted(), "own-share": SHARE},
    others={"082015": "水戸市"},
)
GOOD = {
    "municipality_code": "990019",
    "indicator": "own-1",
    "fiscal_year": "2025",
    "value": "12",
    "source": "調査",
}


def read(**cells):
    return long_format.read(Row(7, GOOD | cells), PLACE)


def fact_of(**cells):
    fact, refused = read(**cells)
    assert refused == {}
    return fact


def refusal_of(column, **cells):
    fact, refused = read(**cells)
    assert fact is None
    assert list(refused) == [column]
    return refused[column]


@pytest.mark.parametrize("written", ["own-1", "在宅看取り数（実人数）", " 在宅看取り数(実人数) "])
def test_an_indicator_is_known_by_its_code_or_its_name(written):
    assert fact_of(indicator=written).definition.code == "own-1"


def test_a_name_that_two_indicators_bear_is_asked_about():
    twins = {"own-1": Counted(), "own-2": Counted("own-2")}
    row = Row(7, GOOD | {"indicator": "在宅看取り数（実人数）"})

    fact, refused = long_format.read(row, replace(PLACE, definitions=twins))

    assert fact is None
    assert "2つあります。コードで書いてください" in refused["indicator"]


# The table of the entry grid (typed or pasted → stored).
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("１，２３４", "1234"),
        ("1,234人", "1234"),
        ("1 234", "1234"),
        ("1234名", "1234"),
        ("▲５", "-5"),
        ("△5", "-5"),
        ("−5", "-5"),
        ("-5", "-5"),
        ("0", "0"),
        ("-0", "0"),
    ],
)
def test_a_number_is_read_as_offices_write_it(typed, stored):
    fact = fact_of(value=typed)

    assert (fact.value, fact.state) == (Decimal(stored), "value")


@pytest.mark.parametrize("typed", ["62.5%", "６２．５％", "62.5", "62.5 パーセント"])
def test_a_percentage_is_read_with_its_unit(typed):
    assert fact_of(indicator="own-share", value=typed).value == Decimal("62.5")


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("該当なし", "not_applicable"),
        ("不明", "unknown"),
        ("不詳", "unknown"),
        ("秘匿", "suppressed"),
    ],
)
def test_a_word_says_why_there_is_no_value(typed, state):
    fact = fact_of(value=typed)

    assert (fact.value, fact.state) == (None, state)


@pytest.mark.parametrize("sign", ["－", "-", "—", "…", "x", "Ｘ", "・"])
def test_a_sign_is_asked_about_unless_its_meaning_is_written(sign):
    assert "資料によって意味が違います" in refusal_of("value", value=sign)
    assert fact_of(value=sign, state="秘匿").state == "suppressed"


@pytest.mark.parametrize("typed", ["八十", "10~20", "12%", "1e3", "1_000", "12件", "一二三", "NaN"])
def test_what_is_no_number_is_refused_with_what_to_do(typed):
    assert refusal_of("value", value=typed).endswith("。")


def test_nothing_typed_touches_nothing():
    assert Row(1, GOOD | {"value": " ", "note": "あとで"}).is_untouched
    assert not Row(1, GOOD | {"value": "", "state": "不詳"}).is_untouched
    assert not Row(1, GOOD | {"value": "", "numerator": "1"}).is_untouched


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("082015", "水戸市（082015）の行です"),
        ("99001", "先頭の0が落ちたのか"),
        ("08201", "5桁のコードです"),
        ("", "コードを書いてください（見本市は990019です）"),
        ("123456", "このコードの自治体はありません"),
        ("見本市", "このコードの自治体はありません"),
    ],
)
def test_a_row_of_another_town_is_refused(code, words):
    assert words in refusal_of("municipality_code", municipality_code=code)


def test_full_width_digits_of_a_code_are_its_digits():
    assert fact_of(municipality_code="９９００１９")


@pytest.mark.parametrize("year", ["2025", "２０２５", "R7", "令和7年度", "令和7年度（2025年度）"])
def test_a_year_is_read_in_both_calendars(year):
    assert fact_of(fiscal_year=year).fiscal_year == 2025


def test_a_year_after_the_pages_is_refused():
    assert "令和8年度（2026年度）まで" in refusal_of("fiscal_year", fiscal_year="2027")


def test_every_wrong_cell_of_a_row_is_told_at_once():
    fact, refused = read(
        municipality_code="1",
        fiscal_year="来年",
        value="八十",
        state="たぶん",
        finality="仮",
        as_of="2025-02-30",
        source=" ",
        note="長" * 501,
    )

    assert fact is None
    assert set(refused) == {
        "municipality_code",
        "fiscal_year",
        "as_of",
        "source",
        "note",
        "finality",
    }
    assert set(read(value="八十", numerator="a", state="たぶん")[1]) == {
        "value",
        "numerator",
        "state",
    }


def test_words_and_days_are_read():
    fact = fact_of(finality="速報", as_of="令和7年10月1日", note="一部\r\n推計", state="値")

    assert fact.finality == "preliminary"
    assert fact.as_of == dt.date(2025, 10, 1)
    assert fact.note == "一部\n推計"


def test_a_value_that_is_left_out_is_computed_from_its_parts():
    fact = fact_of(indicator="own-share", value="", numerator="41", denominator="130")

    assert fact.value == Decimal("31.5")
    assert (fact.numerator, fact.denominator) == (41, 130)


def test_no_share_of_nothing_and_no_half_of_a_fraction():
    cells = {"indicator": "own-share", "value": ""}
    assert "分母が0" in refusal_of("denominator", **cells, numerator="1", denominator="0")
    assert "両方" in refusal_of("value", **cells, numerator="1")


def test_nobody_is_counted_among_nobody_whatever_the_value():
    cells = {"indicator": "own-share", "denominator": "0"}
    for value in ("", "50"):
        told = refusal_of("denominator", **cells, value=value, numerator="5")
        assert told.startswith("分母が0なのに、分子が0ではありません。")
    assert fact_of(**cells, value="0", numerator="0").value == 0


def test_a_numerator_over_its_denominator_is_taken():
    """It is asked about where the file is checked, and refused by nobody."""
    assert fact_of(indicator="own-share", value="", numerator="9", denominator="3").value == 300


def test_a_reason_beside_parts_is_a_contradiction():
    assert "合っていません" in refusal_of(
        "state", value="", numerator="1", denominator="2", state="秘匿"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [("0.12345", "小数点以下4桁"), ("123456789012", "桁が多すぎます")],
)
def test_what_no_column_keeps_is_refused(value, words):
    assert words in refusal_of("value", value=value)


def test_a_formula_is_refused():
    assert "数式" in refusal_of("value", value=long_format.FORMULA)
    assert "数式" in refusal_of("note", note=long_format.FORMULA)


@given(
    st.integers(0, 10**9),
    st.integers(1, 10**9),
    st.sampled_from([1, 100, 1000, 100_000]),
    st.integers(0, 4),
)
def test_a_quotient_is_rounded_half_up(numerator, denominator, multiplier, decimals):
    """Against integers: twice the scaled fraction, floored, plus one, halved."""
    definition = Counted(multiplier=multiplier, decimals=decimals)
    scale = 10**decimals
    expected = (2 * numerator * multiplier * scale + denominator) // (2 * denominator)

    found = long_format.quotient(definition, Decimal(numerator), Decimal(denominator))

    assert found * scale == expected


@given(st.fixed_dictionaries({name: st.text(max_size=40) for name in COLUMNS}))
def test_any_texts_are_read_or_refused_never_crash(cells):
    fact, refused = long_format.read(Row(1, cells), PLACE)

    assert (fact is None) == bool(refused)
    assert all(sentence.endswith("。") for sentence in refused.values())
