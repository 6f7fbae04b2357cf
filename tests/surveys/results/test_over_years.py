"""One question over its years: shares, differences, intervals against independent arithmetic; what forbids a test."""

import math
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.results import over_years, percentages
from surveys.results.over_years import CHANCE, FALLEN, RISEN, Asked

HOME = "自宅で生活したい"
# 福知山市 令和5年度 問11 as published (n = 224); an invented earlier round stands before it.
NOW = {HOME: 160, "グループホーム": 14, "施設": 29, "既に生活している": 21}
EARLIER = {HOME: 130, "グループホーム": 20, "施設": 40, "既に生活している": 10}


def asked(counts, respondents, **fields):
    answers = [percentages.Answer(label, count) for label, count in counts.items()]
    table = percentages.table(answers, respondents=respondents, is_single=True)
    told = {
        "year": "年度",
        "name": "回",
        "text": "どこで生活したいですか。",
        "way": "single",
        "target": "users",
    }
    return Asked(respondents=respondents, lines=table.lines, **told | fields)


BEFORE, AFTER = asked(EARLIER, 200), asked(NOW, 224)


def test_question_11_of_fukuchiyama_stands_beside_an_earlier_round():
    found = over_years.compared([BEFORE, AFTER])

    shown = [[line.percent_text for line in row.lines] for row in found.rows]
    assert shown == [["65.0", "71.4"], ["10.0", "6.3"], ["20.0", "12.9"], ["5.0", "9.4"]]
    assert [row.step.points for row in found.rows] == [
        Decimal("6.4"),
        # 6.25 less 10, not 6.3 less 10.
        Decimal("-3.8"),
        Decimal("-7.1"),
        Decimal("4.4"),
    ]
    assert [row.step.verdict for row in found.rows] == [CHANCE, CHANCE, CHANCE, CHANCE]
    assert not found.remarks


def test_the_interval_is_the_one_that_newcombe_printed():
    """His example (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339."""
    low, high = over_years.newcombe(56, 70, 48, 80)

    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def roots(above, base):
    """Return Wilson's ends as the roots of the quadratic that defines them."""
    square = 1.959963984540054**2
    share = above / base
    a, b, c = 1 + square / base, -(2 * share + square / base), share * share
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


shares = st.integers(1, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@given(shares, shares)
def test_intervals_agree_with_the_roots_and_contain_the_difference(now, before):
    (a, m), (b, n) = now, before
    low, high = over_years.newcombe(a, m, b, n)
    (l1, u1), (l2, u2) = roots(a, m), roots(b, n)
    d = a / m - b / n

    assert low == pytest.approx(d - math.sqrt((a / m - l1) ** 2 + (u2 - b / n) ** 2), abs=1e-6)
    assert high == pytest.approx(d + math.sqrt((u1 - a / m) ** 2 + (b / n - l2) ** 2), abs=1e-6)
    assert -1 - 1e-9 <= low <= d <= high <= 1 + 1e-9


@given(shares, shares)
def test_the_difference_is_rounded_once(now, before):
    found = over_years.compared(
        [asked({"はい": before[0]}, before[1]), asked({"はい": now[0]}, now[1])]
    )

    exact = Fraction(now[0] * 1000, now[1]) - Fraction(before[0] * 1000, before[1])
    whole = math.floor(abs(exact) + Fraction(1, 2))
    [row] = found.rows
    assert row.step.points == Decimal(whole if exact > 0 else -whole) / 10


def test_the_difference_of_rounded_shares_is_another_one():
    """The control: 29.2 less 33.3 would be −4.1, the shares are −4.17 apart."""
    found = over_years.compared([asked({"はい": 1}, 3), asked({"はい": 7}, 24)])

    [row] = found.rows
    assert [line.percent_text for line in row.lines] == ["33.3", "29.2"]
    # 29.166… less 33.333…
    assert row.step.points == Decimal("-4.2")


@given(shares, shares)
def test_exchanged_times_exchange_the_verdict(now, before):
    here, there = over_years.newcombe(*now, *before), over_years.newcombe(*before, *now)
    turned = {RISEN: FALLEN, FALLEN: RISEN, CHANCE: CHANCE}

    assert over_years.verdict(*there) == turned[over_years.verdict(*here)]


def test_what_has_risen_and_fallen_is_said():
    found = over_years.compared(
        [asked({"はい": 40, "いいえ": 60}, 100), asked({"はい": 60, "いいえ": 40}, 100)]
    )

    assert [row.step.verdict for row in found.rows] == [RISEN, FALLEN]
    assert found.rows[0].step.text.startswith("＋20.0ポイント（＋")


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (asked(NOW | {"わからない": 0}, 224), over_years.OTHER_OPTIONS),
        (replace(AFTER, way="multiple"), over_years.OTHER_WAY),
        (replace(AFTER, target="residents"), over_years.OTHER_TARGET),
        (replace(AFTER, change="選択肢を増やした。"), over_years.OTHER_WORDS),
        (replace(AFTER, text="今後、どこで最期を迎えたいですか。"), over_years.OTHER_WORDS),
        (replace(AFTER, respondents=None), over_years.NO_NUMBER),
    ],
)
def test_what_is_not_the_same_is_said_and_not_tested(now, why):
    found = over_years.compared([BEFORE, now])

    assert why in found.remarks
    assert not found.has_verdicts


def test_an_option_of_one_time_alone_has_no_difference():
    found = over_years.compared([BEFORE, asked({HOME: 160, "わからない": 64}, 224)])

    by_label = {row.label: row for row in found.rows}
    assert by_label["わからない"].lines[0] is None
    assert by_label["わからない"].step.points is None
    assert by_label["施設"].lines[1] is None
    assert list(by_label)[:2] == [HOME, "わからない"]


def test_widths_and_marks_do_not_make_another_option():
    found = over_years.compared(
        [asked({"ｸﾞﾙｰﾌﾟ ホーム。": 10}, 50), asked({"グループホーム": 10}, 50)]
    )

    assert len(found.rows) == 1
    assert not found.remarks


@given(shares)
def test_a_printed_percentage_gives_back_its_count_or_nothing(share):
    count, base = share
    printed = (Decimal(count * 100) / base).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    fitting = [
        one
        for one in range(max(count - 5, 0), min(count + 5, base) + 1)
        if abs(Fraction(one * 100, base) - Fraction(printed)) <= Fraction(1, 20)
    ]

    assert over_years.only_count(printed, base) == (fitting[0] if len(fitting) == 1 else None)


def test_texts_that_are_alike_come_first():
    text = "今後、どこで生活していきたいですか。"
    alike = over_years.likeness(text, "今後どこで生活していきたいですか？")

    assert alike > over_years.likeness(text, "ACPを知っていますか。")
    assert over_years.likeness(text, text) == 1
