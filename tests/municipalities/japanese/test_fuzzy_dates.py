"""Times as people speak of them, and the field that reads them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipalities.fields import JaFuzzyDateField
from municipalities.forms import HouseForm
from municipalities.japanese import fuzzy_dates
from municipalities.japanese.dates import DateError


@pytest.mark.parametrize(
    ("typed", "text", "earliest", "latest"),
    [
        ("令和6年度", "令和6年度", date(2024, 4, 1), date(2025, 3, 31)),
        ("2024年度", "令和6年度", date(2024, 4, 1), date(2025, 3, 31)),
        ("令和6年度（2024年度）", "令和6年度", date(2024, 4, 1), date(2025, 3, 31)),
        ("令和6年度末", "令和6年度末", date(2025, 3, 1), date(2025, 3, 31)),
        ("R6年度末", "令和6年度末", date(2025, 3, 1), date(2025, 3, 31)),
        ("令和６年度 末", "令和6年度末", date(2025, 3, 1), date(2025, 3, 31)),
        ("令和6年度上半期", "令和6年度前半", date(2024, 4, 1), date(2024, 9, 30)),
        ("令和6年度第三四半期", "令和6年度第3四半期", date(2024, 10, 1), date(2024, 12, 31)),
        ("令和6年度3月", "令和7年3月", date(2025, 3, 1), date(2025, 3, 31)),
        ("令和6年度の秋頃", "令和6年度秋頃", date(2024, 9, 1), date(2024, 11, 30)),
        ("令和6年秋ごろ", "令和6年秋頃", date(2024, 9, 1), date(2024, 11, 30)),
        ("令和6年冬", "令和6年冬", date(2024, 12, 1), date(2025, 2, 28)),
        ("令和6年", "令和6年", date(2024, 1, 1), date(2024, 12, 31)),
        ("令和6年10月", "令和6年10月", date(2024, 10, 1), date(2024, 10, 31)),
        ("2024年10月頃", "令和6年10月頃", date(2024, 10, 1), date(2024, 10, 31)),
        ("2024/10", "令和6年10月", date(2024, 10, 1), date(2024, 10, 31)),
        ("R6.2", "令和6年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("令和6年10月初旬", "令和6年10月上旬", date(2024, 10, 1), date(2024, 10, 10)),
        ("令和6年10月中旬", "令和6年10月中旬", date(2024, 10, 11), date(2024, 10, 20)),
        ("令和6年10月下旬頃", "令和6年10月下旬頃", date(2024, 10, 21), date(2024, 10, 31)),
        ("令和6年3月末までに", "令和6年3月末まで", date(2024, 3, 25), date(2024, 3, 31)),
        ("令和7年度以降", "令和7年度以降", date(2025, 4, 1), date.max),
        ("2024/10/1", "令和6年10月1日", date(2024, 10, 1), date(2024, 10, 1)),
        ("R6.10.1頃", "令和6年10月1日頃", date(2024, 10, 1), date(2024, 10, 1)),
        ("平成31年4月", "平成31年4月", date(2019, 4, 1), date(2019, 4, 30)),
        ("平成31年5月", "令和元年5月", date(2019, 5, 1), date(2019, 5, 31)),
    ],
)
def test_what_people_say_is_read_and_written_in_one_way(typed, text, earliest, latest):
    found = fuzzy_dates.read(typed)

    assert (found.text, found.earliest, found.latest) == (text, earliest, latest)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("未定", "時期を入力してください"),
        ("来年度末", "年を入力してください"),
        ("年度末", "年から入力してください"),
        ("10月頃", "年から入力してください"),
        ("令和6年度～令和8年度", "時期を一つだけ入力してください"),
        ("令和6年4月から", "時期を一つだけ入力してください"),
        ("2024", "「年」か「年度」を付けて入力してください"),
        ("R6", "「年」か「年度」を付けて入力してください"),
        ("24/10", "元号か西暦4桁を付けて入力してください"),
        ("令和6年13月", "実在する日付を入力してください"),
        ("令和元年4月", "平成31年4月ではありませんか"),
        ("平成40年", "令和10年"),
        ("令和6年2月30日", "実在する日付を入力してください"),
        ("令和6年10月" * 9, "だけを入力してください"),
        ("3000年度", "年を確かめて"),
        ("2100年度3月", "年と月を確かめて"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(typed, sentence):
    with pytest.raises(DateError, match=sentence):
        fuzzy_dates.read(typed)


SIGNS = "令和平成昭RH元年度月日末頃上中下旬春夏秋冬初内まで以降の/.-～ 0123456789０二十"


@given(st.text(SIGNS, max_size=14) | st.text(max_size=14))
def test_any_text_is_read_or_refused_and_what_is_read_reads_the_same_again(typed):
    try:
        found = fuzzy_dates.read(typed)
    except DateError:
        return

    assert found.earliest <= found.latest
    assert fuzzy_dates.read(found.text) == found


@given(
    st.integers(1990, 2099),
    st.integers(1, 12),
    st.sampled_from(["", "上旬", "中旬", "下旬", "末", "初め"]),
    st.sampled_from(["", "頃", "まで", "以降"]),
)
def test_every_month_lies_within_itself_and_reads_the_same_again(year, month, part, tail):
    found = fuzzy_dates.read(f"{year}年{month}月{part}{tail}")

    assert (found.earliest.year, found.earliest.month) == (year, month)
    assert tail == "以降" or found.latest.month == month
    assert fuzzy_dates.read(found.text) == found


@given(st.dates(date(1990, 1, 1), date(2099, 1, 1)), st.integers(0, 400))
def test_an_earlier_day_comes_first(day, later):
    one = fuzzy_dates.read(f"{day:%Y/%m/%d}")
    other = fuzzy_dates.read(f"{day + timedelta(days=later):%Y/%m/%d}")

    assert one.order <= other.order


class DueForm(HouseForm):
    due = JaFuzzyDateField(label="期限", required=False)


def test_the_field_keeps_the_usual_spelling():
    form = DueForm({"due": "R6年度末"})

    assert form.is_valid()
    assert form.cleaned_data == {"due": "令和6年度末"}
    assert form["due"].field.echo("R6年度末") == "2025年3月1日（土）から2025年3月31日（月）まで"


def test_the_field_says_what_to_type():
    form = DueForm({"due": "いつか"})

    assert form.errors["due"] == [
        "期限は、時期を入力してください（例：令和6年度末、令和6年10月頃、2024/10/1）"
    ]


@pytest.mark.parametrize("stored", ["協議体の設置後", "Ｒ６年度末"])
def test_a_stored_text_is_kept_as_it_is_when_it_comes_back_unchanged(stored):
    form = DueForm({"due": stored}, initial={"due": stored})

    assert form.is_valid()
    assert form.cleaned_data == {"due": stored}
    assert stored in str(form["due"])


def test_another_unreadable_text_in_place_of_a_stored_one_is_refused():
    form = DueForm({"due": "協議体の設置前"}, initial={"due": "協議体の設置後"})

    assert not form.is_valid()
