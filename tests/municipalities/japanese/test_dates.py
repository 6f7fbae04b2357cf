"""Dates and fiscal years as they are typed in Japan."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from municipalities.japanese.dates import (
    DateError,
    Reading,
    era_of,
    in_wareki,
    in_western,
    read_date,
    read_fiscal_year,
)


@pytest.mark.parametrize(
    "typed",
    [
        "2024/4/1",
        "2024-4-1",
        "2024.4.1",
        "20240401",
        "２０２４／０４／０１",
        "2024年4月1日",
        "西暦2024年4月1日",
        "二〇二四年四月一日",
        "令和6年4月1日",
        "令和６年４月１日",
        "令和六年四月一日",
        "令和 6 年 4 月 1 日",
        "㋿6年4月1日",
        "R6.4.1",
        "r6.4.1",
        "ｒ６．４．１",
        "R6/4/1",
        "R6-4-1",
        "R060401",
        "2024年4月1日（月）",
        "令和6年4月1日(月曜日)",
        "2024-04-01 00:00:00",
        "2024/4/1 0:00",
    ],
)
def test_every_usual_spelling_is_the_same_day(typed):
    assert read_date(typed) == Reading(date(2024, 4, 1))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("令和7年12月末", date(2025, 12, 31)),
        ("令和8年2月末日現在", date(2026, 2, 28)),
        ("2024年2月末", date(2024, 2, 29)),
        ("令和8年9月末現在", date(2026, 9, 30)),
        ("令和8年10月31日現在", date(2026, 10, 31)),
        ("2026/10/31時点", date(2026, 10, 31)),
    ],
)
def test_an_end_of_a_month_and_what_screens_write_behind_a_day_are_read(typed, day):
    assert read_date(typed) == Reading(day)


@pytest.mark.parametrize("typed", ["12月末", "令和8年13月末", "末", "現在"])
def test_an_end_of_a_month_without_a_year_is_refused_with_advice(typed):
    with pytest.raises(DateError):
        read_date(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("平成31年4月30日", date(2019, 4, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("R元.5.1", date(2019, 5, 1)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("令和七年七月三十一日", date(2025, 7, 31)),
        ("R6.2.29", date(2024, 2, 29)),
    ],
)
def test_the_borders_between_eras_are_kept(typed, day):
    assert read_date(typed) == Reading(day)


def test_the_old_era_in_the_year_of_the_change_is_read_with_a_notice():
    reading = read_date("平成31年5月1日")

    assert reading.value == date(2019, 5, 1)
    assert reading.notice == "平成31年5月1日は、令和元年5月1日として受け取りました"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("６．４．１", "元号か西暦4桁"),
        ("06/04/05", "元号か西暦4桁"),
        ("6年4月1日", "元号か西暦4桁"),
        ("H32.5.1", "令和2年5月1日（2020年）ではありませんか"),
        ("平成40年1月1日", "令和10年1月1日（2028年）ではありませんか"),
        ("令和元年4月30日", "平成31年4月30日ではありませんか"),
        ("令和0年1月1日", "元年から始まります"),
        ("2023/2/29", "実在する日付"),
        ("2024/13/1", "実在する日付"),
        ("2025年7月10日（金）", "木曜日です"),
        ("7月10日", "年から入力してください"),
        ("7/10", "年から入力してください"),
        ("3000/1/1", "3000年は入力できません"),
        ("R100.1.1", "入力できません"),
        ("明治5年1月1日", "入力できません"),
        ("24:00", "例："),
        ("午後3時", "例："),
        ("45383", "例："),
        ("2024-03-10T02:30", "例："),
        ("令和八十十年1月1日", "例："),
        ("あ" * 100, "日付だけ"),
        ("", "例："),
    ],
)
def test_what_is_no_certain_date_is_refused_with_advice(typed, said):
    with pytest.raises(DateError) as refusal:
        read_date(typed)

    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("R5", 2023),
        ("Ｒ５", 2023),
        ("r5", 2023),
        ("令和5", 2023),
        ("令和５年度", 2023),
        ("令和五年度", 2023),
        ("㋿5年", 2023),
        ("2023", 2023),
        ("２０２３年度", 2023),
        ("令和5年度（2023年度）", 2023),
        ("令和元年度", 2019),
        ("平成31年度", 2019),
        ("平成元年度", 1989),
        ("昭和63年度", 1988),
    ],
)
def test_a_fiscal_year_is_read_in_either_calendar(typed, year):
    assert read_fiscal_year(typed) == year


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("H32", "令和2年度（2020年度）ではありませんか"),
        ("平成40年", "令和10年度（2028年度）ではありませんか"),
        ("昭和64年", "平成元年度（1989年度）ではありませんか"),
        ("5", "元号か西暦4桁"),
        ("23", "元号か西暦4桁"),
        ("令和5年度（2022年度）", "合っていません"),
        ("令和0年度", "元年から"),
        ("2023/4", "例："),
        ("R99", "入力できません"),
        ("", "例："),
    ],
)
def test_what_is_no_certain_fiscal_year_is_refused_with_advice(typed, said):
    with pytest.raises(DateError) as refusal:
        read_fiscal_year(typed)

    assert said in str(refusal.value)


@settings(derandomize=True, max_examples=300)
@given(st.dates(min_value=date(1873, 1, 1), max_value=date(2100, 12, 31)))
def test_what_is_shown_can_be_typed_again(day):
    assert read_date(in_wareki(day)) == Reading(day)
    assert read_date(in_western(day)) == Reading(day)


@settings(derandomize=True, max_examples=500)
@given(
    st.text(alphabet="令和平成昭RHS元年度月日0123456789０５./-年一二十〇㋿ ()（木）", max_size=20)
)
def test_any_text_is_read_or_refused_with_a_japanese_sentence(text):
    for read in (read_date, read_fiscal_year):
        refusal = "ください"
        try:
            read(text)
        except DateError as error:
            refusal = str(error)

        assert refusal.endswith(("ください", "ませんか", "）"))


def test_days_are_shown_in_both_calendars():
    assert in_wareki(date(2019, 5, 1)) == "令和元年5月1日"
    assert in_western(date(2025, 7, 10)) == "2025年7月10日（木）"
    assert in_wareki(date(1867, 1, 1)) == "1867年1月1日"
    assert era_of(date(1867, 1, 1)) is None
