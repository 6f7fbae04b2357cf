"""Words and numbers of a forecast agree: nothing contradicts itself by rounding, and September is no year's end."""

import datetime as dt
import html
import io
import json

import pytest
from openpyxl import load_workbook

from indicators.choices import ValueKind
from indicators.models import Definition, Measurement
from municipalities.tenancy import within
from reports.choices import ReportStatus
from reports.document import assembly, snapshot
from reports.document.reading import gather
from tests import world
from tests.indicators.rows import BASE, aim, follow, measure
from tests.indicators.verdicts.test_evaluation import definition, judged, value

SHEET = f"{BASE}evaluation/"
PLANS, RULE, RATE = (
    "disaster_care_plans",
    "discharge_rule_in_use",
    "discharge_conference_care_manager_rate",
)
UNROUNDED = "四捨五入する前の値で比べています。"


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def row_of(client, code):
    book = load_workbook(io.BytesIO(client.get(f"{SHEET}sheet.xlsx").content))
    head, *rows = book["評価シート"].iter_rows(values_only=True)
    return next(dict(zip(head, one, strict=True)) for one in rows if code in one)


def frozen_line(code):
    report = world.report_of(kind="final")
    found = snapshot.report_document(report, submitted_at=None, status=ReportStatus.DRAFT)
    document = json.loads(assembly.canonical(found))
    return next(one for one in gather(document).indicators if one.code == code)


WHOLE = definition(unit="件", decimals=0, kind="count")
STAGES = definition(unit="段階（0〜3）", decimals=0, kind="stage")


@pytest.mark.parametrize(
    ("numbers", "target", "forecast", "more"),
    [
        # 1 + (2 − 1) ÷ 2 × 3 = 2.5, which is no 3.
        (("1", "2"), "3", "2.5件", ""),
        # 10 + (11.98 − 10) ÷ 2 × 3 = 12.97: one more digit reads like 13.0, two do not.
        (("10", "11.98"), "13", "12.97件", ""),
        # What a further digit would not tell apart needs none.
        (("10", "12"), "13", "13件", ""),
        (("10", "12"), "20", "13件", ""),
        # The target itself has hidden digits: 13 beside 12.8 that prints as 13 can only be said.
        (("10", "12"), "12.8", "13件", UNROUNDED),
    ],
)
def test_a_forecast_has_the_digits_that_tell_it_from_its_target(numbers, target, forecast, more):
    first, last = numbers
    found = judged([value(2024, first), value(2026, last)], (2027, target), of=WHOLE, baseline=2024)

    assert found.forecast == forecast
    assert f"は{forecast}になり、目標値" in found.how
    assert found.how.endswith(f"見込みです。{more}")


def test_the_last_target_and_not_the_next_decides_its_digits():
    """2027: 10 + 1.1 × 2 = 12.2 beside 12; 2029: 10 + 1.1 × 4 = 14.4 beside 14."""
    found = judged(
        [value(2025, "10"), value(2026, "11.1")],
        (2027, "12"),
        (2029, "14"),
        of=WHOLE,
        baseline=2025,
    )
    assert "令和9年度（2027年度）は12.2件になり、目標値12件を満たす見込みです。" in found.how
    assert found.forecast == "14.4件"


def test_a_number_that_is_not_final_says_too_that_unrounded_ones_are_compared():
    found = judged([value(2026, "59.96", finality="preliminary")], (2026, "60"))
    assert f"満たしていません。{UNROUNDED}" in found.how


def test_stages_are_drawn_out_by_no_line():
    found = judged([value(2024, "1"), value(2025, "2")], (2026, "3"), of=STAGES, year=2025)
    assert (found.word, found.forecast) == ("評価なし", "")
    assert found.how == (
        "目標の年度の前です。段階で表す指標なので、直線を延ばした見込みは計算しません。"
    )
    due = judged([value(2024, "1"), value(2026, "3")], (2026, "3"), of=STAGES)
    assert due.word == "達成"


@pytest.mark.django_db
def test_the_page_of_a_stage_says_why_there_is_no_forecast(as_editor, cycle):
    indicator = follow(cycle, RULE)
    assert Definition.objects.get(code=RULE).value_kind == ValueKind.STAGE
    baseline(cycle, indicator, 2024)
    measure(cycle, RULE, 2024, 1)
    measure(cycle, RULE, 2026, 2)
    aim(cycle, indicator, 2027, 3)

    page = shown(as_editor, f"{BASE}{indicator.key}/")
    assert "段階で表す指標なので、計算しません。" in page
    assert row_of(as_editor, RULE)["最終年度見込"] is None


def baseline(cycle, indicator, year):
    with within(cycle.municipality):
        indicator.baseline_year = year
        indicator.save()


@pytest.mark.django_db
def test_list_sheet_workbook_and_paper_print_the_same_digits(as_editor, cycle):
    """6 + (7 − 6) ÷ 2 × 3 = 7.5 beside 8."""
    indicator = follow(cycle, "home_visit_nursing_stations")
    baseline(cycle, indicator, 2024)
    measure(cycle, indicator.code, 2024, 6)
    measure(cycle, indicator.code, 2026, 7)
    aim(cycle, indicator, 2027, 8)

    for address in (BASE, SHEET, f"{BASE}{indicator.key}/"):
        assert "7.5か所" in shown(as_editor, address), address
    assert float(row_of(as_editor, indicator.code)["最終年度見込"]) == 7.5
    with within(cycle.municipality):
        assert frozen_line(indicator.code).forecast == "7.5か所（令和9年度（2027年度））"


@pytest.mark.django_db
def test_what_only_prints_like_its_target_is_not_told_as_the_same(as_editor, cycle):
    """1,199 of 2,000 is 59.95 %, printed as 60.0 %: 未達, and no 「目標と同じ」 beside it."""
    indicator = follow(cycle, RATE)
    measure(cycle, RATE, 2026, "59.95", numerator=1199, denominator=2000)
    aim(cycle, indicator, 2026, 60)
    told = "目標をわずかに下回る（四捨五入する前の値。高いほど良い）"

    for address in (BASE, f"{BASE}{indicator.key}/"):
        page = shown(as_editor, address)
        assert told in page, address
        assert "目標と同じ" not in page
    with within(cycle.municipality):
        line = frozen_line(RATE)
    assert line.distance == told
    assert line.how.endswith(f"満たしていません。{UNROUNDED}")


@pytest.fixture
def plans(cycle):
    """12, 21 and 34 at three years' ends; 38 in September, still open."""
    indicator = follow(cycle, PLANS)
    baseline(cycle, indicator, 2023)
    for year, number in ((2023, 12), (2024, 21), (2025, 34)):
        measure(cycle, PLANS, year, number, as_of=f"{year + 1}-03-31")
    measure(cycle, PLANS, 2026, 38, as_of="2026-09-30", finality="preliminary")
    aim(cycle, indicator, 2026, 50)
    aim(cycle, indicator, 2029, 100)
    return indicator


PART = (
    "令和8年度（2026年度）の38件（令和8年9月末現在・速報）は年度の途中の数で、"
    "年度末の数ではないので、目標値とはまだ比べません。"
)


@pytest.mark.django_db
def test_a_stock_of_september_is_no_year_end_for_verdict_line_and_picture(as_editor, plans, cycle):
    """12 + (34 − 12) ÷ 2 × 6 = 78; with the 38 of September it would be 12 + 26 ÷ 3 × 6 = 64."""
    row = row_of(as_editor, PLANS)
    assert (row["評価区分"], row["評価の理由"]) == ("年度の途中", PART)
    assert (row["実績"], row["最終年度見込"], row["進捗率（％）"]) == (38, 78, None)

    page = shown(as_editor, f"{BASE}{plans.key}/")
    assert "78件" in page
    assert "64件" not in page
    assert "目標より12件少ない（高いほど良い）（年度の途中の数）" in page
    assert "年度の途中の数なので、進捗率は計算しません。" in page
    unjoined = "年度末の値ではないため、前後の年度と線で結んでいません。"
    assert unjoined in page
    assert unjoined in shown(as_editor, f"{BASE}trends/")
    with within(cycle.municipality):
        line = frozen_line(PLANS)
    assert (line.verdict, line.how) == ("年度の途中", PART)
    assert line.forecast == "78件（令和11年度（2029年度））"
    assert line.chart.series[0].partial == (3,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("as_of", "finality"),
    [("2027-03-31", "preliminary"), ("2026-09-30", "final"), ("2026-09-30", "forecast")],
)
def test_of_the_years_end_or_the_last_word_it_is_the_years(
    as_editor, plans, cycle, as_of, finality
):
    with within(cycle.municipality):
        Measurement.objects.filter(code=PLANS, fiscal_year=2026).update(
            as_of=as_of, finality=finality
        )
    assert row_of(as_editor, PLANS)["最終年度見込"] == 64


@pytest.mark.django_db
def test_a_stock_of_the_same_day_of_every_year_is_compared(as_editor, plans, cycle):
    """The negative control: a survey as of October is that of its year, 速報 or not."""
    with within(cycle.municipality):
        for row in Measurement.objects.filter(code=PLANS):
            row.as_of = f"{row.fiscal_year}-10-01"
            row.save()
    row = row_of(as_editor, PLANS)
    assert (row["評価区分"], row["最終年度見込"]) == ("未達見込み", 64)


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "word"), [(50, "達成見込み"), (49, "年度の途中")])
def test_a_stock_that_is_there_already_is_told_early(as_editor, plans, cycle, number, word):
    with within(cycle.municipality):
        Measurement.objects.filter(code=PLANS, fiscal_year=2026).update(value=number)
    assert row_of(as_editor, PLANS)["評価区分"] == word


def test_a_stock_that_is_to_fall_is_not_given_up_in_september():
    """What grows on can no longer be kept once it is passed; a stock may fall again."""
    of = definition("lower", unit="か所", decimals=0, kind="count")
    early = {"finality": "preliminary", "as_of": dt.date(2026, 9, 30)}
    values = [value(2025, "30", as_of=dt.date(2026, 3, 31)), value(2026, "20", **early)]
    assert judged(values, (2026, "10"), of=of, baseline=2025).word == "年度の途中"
    assert judged(values, (2026, "20"), of=of, baseline=2025).word == "達成見込み"
