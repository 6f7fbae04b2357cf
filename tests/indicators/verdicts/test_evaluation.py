"""The verdict in words: each ground has its sentence, and list, page, scene, sheet and workbook say the same."""

import datetime as dt
import io
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from indicators.followed import evaluation_file
from indicators.models import Indicator, IndicatorUse, Measurement, OwnDefinition
from indicators.verdicts.evaluation import BASIS, UNROUNDED, WORDS, evaluate, percent
from logicmodels.models import LogicModel, Outcome
from municipalities.tenancy import within
from tests.indicators.rows import BASE, HOME_DEATH, aim, follow, measure

SHEET = f"{BASE}evaluation/"
FILE = f"{SHEET}sheet.xlsx"
EMERGENCY = "emergency_nursing_addon_rate"
YEAR = 2026


def definition(direction="higher", *, unit="％", decimals=1, kind="ratio"):
    return SimpleNamespace(
        code="own-1",
        unit=unit,
        decimals=decimals,
        direction=direction,
        value_kind=kind,
        numerator="",
    )


def value(year, number, *, state="value", finality="final", parts=(None, None), as_of=None):
    return SimpleNamespace(
        fiscal_year=year,
        value=None if number is None else Decimal(number),
        state=state,
        finality=finality,
        numerator=parts[0] and Decimal(parts[0]),
        denominator=parts[1] and Decimal(parts[1]),
        as_of=as_of,
    )


def judged(values, *targets, of=None, baseline=2023, year=YEAR):
    return evaluate(
        of or definition(),
        {one.fiscal_year: one for one in values},
        [SimpleNamespace(fiscal_year=year, value=Decimal(number)) for year, number in targets],
        baseline_year=baseline,
        year=year,
    )


START = value(2023, "24.6")


@pytest.mark.parametrize(
    ("values", "targets", "word", "how"),
    [
        (
            [START, value(2026, "62")],
            [(2026, "60")],
            "達成",
            "令和8年度（2026年度）の62.0％は、同じ年度の目標値60.0％を満たしています。",
        ),
        (
            [START, value(2026, "50")],
            [(2024, "60")],
            "未達",
            "目標の年度を過ぎています。令和8年度（2026年度）の50.0％は、令和6年度（2024年度）の目標値60.0％を満たしていません。",
        ),
        (
            [START, value(2026, "59.96")],
            [(2026, "60")],
            "未達",
            "令和8年度（2026年度）の60.0％は、同じ年度の目標値60.0％を満たしていません。四捨五入する前の値で比べています。",
        ),
        (
            [START, value(2026, "20")],
            [(2028, "60")],
            "現状値より悪化",
            "令和8年度（2026年度）の20.0％は、令和5年度（2023年度）の現状値24.6％より悪くなっています。",
        ),
        (
            [START, value(2026, "31.5", finality="preliminary")],
            [(2026, "60")],
            "未達見込み",
            "令和8年度（2026年度）の31.5％（速報）は、同じ年度の目標値60.0％を満たしていません。確定した値ではないので、見込みとします。",
        ),
        (
            [START, value(2026, "61", finality="forecast")],
            [(2026, "60")],
            "達成見込み",
            "令和8年度（2026年度）の61.0％（見込）は、同じ年度の目標値60.0％を満たしています。確定した値ではないので、見込みとします。",
        ),
        (
            [START, value(2026, "31.5")],
            [(2028, "60")],
            "未達見込み",
            "令和5年度（2023年度）の現状値24.6％と令和8年度（2026年度）の31.5％を結んだ直線を延ばすと、令和10年度（2028年度）は36.1％になり、目標値60.0％を満たさない見込みです。",
        ),
        (
            [value(2026, "61")],
            [(2028, "60")],
            "達成見込み",
            "目標の年度の前に、令和8年度（2026年度）の61.0％は、令和10年度（2028年度）の目標値60.0％を満たしています。",
        ),
        (
            [value(2026, "31.5")],
            [(2028, "60")],
            "評価なし",
            "目標の年度の前で、現状値がないので、見込みを計算できません。",
        ),
        (
            [START, value(2025, "28"), value(2026, None, state="unknown")],
            [(2028, "60")],
            "未回収（不詳）",
            "令和8年度（2026年度）の値がありません（不詳）。最新は令和7年度（2025年度）の28.0％です。",
        ),
        (
            [value(2026, None, state="suppressed")],
            [(2026, "60")],
            "秘匿",
            "令和8年度（2026年度）の値は秘匿です。",
        ),
        (
            [value(2026, None, state="not_applicable")],
            [(2026, "60")],
            "未回収（該当数字なし）",
            "令和8年度（2026年度）の値がありません（該当数字なし）。",
        ),
        (
            [],
            [(2026, "60")],
            "未回収（未入力）",
            "令和8年度（2026年度）の値がありません（未入力）。",
        ),
        ([START, value(2026, "62")], [], "目標値なし", ""),
    ],
)
def test_each_verdict_says_how_it_was_come_to(values, targets, word, how):
    found = judged(values, *targets)

    assert (found.word, found.how) == (word, how)


def test_each_word_is_counted_once():
    assert len(set(WORDS)) == len(WORDS)


def test_a_watched_number_is_watched():
    found = judged([START, value(2026, "62")], (2026, "60"), of=definition("neutral"))

    assert (found.word, found.how, found.ratio, found.sum) == ("監視", "", "", "")


def test_the_calculation_stands_with_its_numbers():
    found = judged([START, value(2026, "31.5")], (2028, "60"))

    assert (found.ratio, found.progress) == ("52.5％", "19.5％")
    assert found.sum == (
        "進捗率＝（実績31.5％－現状値24.6％）÷（目標値60.0％－現状値24.6％）＝19.5％。"
    )
    assert (found.forecast, found.forecast_year) == ("36.1％", "令和10年度（2028年度）")


@pytest.mark.parametrize(
    ("start", "now", "told"),
    [
        # (13.0-10.1)/(20.0-10.1) would be 29.3 %.
        ("10.05", "13", "29.6％"),
        # Printed alike the two leave nothing to cover.
        ("19.96", "19.98", "50.0％"),
    ],
)
def test_progress_that_printed_numbers_do_not_give_says_so(start, now, told):
    found = judged([value(2023, start), value(2026, now)], (2028, "20"))

    assert found.progress == told
    assert found.sum.endswith(f"＝{told}。四捨五入する前の値で計算しています。")
    assert found.unrounded == UNROUNDED


def test_what_went_the_other_way_bears_the_minus_of_papers():
    assert percent(Fraction(-12, 100)) == "−12.0％"
    assert percent(Fraction(-1, 100_000)) == "0.0％"


def test_progress_that_printed_numbers_give_says_nothing_of_rounding():
    """The negative control: numbers as they are printed, and rounded ones that come to the same."""
    assert judged([START, value(2026, "31.5")], (2028, "60")).unrounded == ""
    assert judged([value(2023, "10.02"), value(2026, "15.01")], (2028, "20")).unrounded == ""


@given(
    numbers=st.lists(st.decimals(0, 100, places=3), min_size=3, max_size=3),
    decimals=st.integers(0, 3),
)
def test_what_is_printed_either_gives_the_percentage_or_says_that_it_does_not(numbers, decimals):
    of = definition()
    of.decimals = decimals
    start, now, aim = map(str, numbers)
    found = judged([value(2023, start), value(2026, now)], (2028, aim), of=of)
    step = Decimal(1).scaleb(-decimals)
    first, last, target = (
        Fraction(Decimal(one).quantize(step, ROUND_HALF_UP)) for one in (start, now, aim)
    )

    if found.progress and not found.unrounded:
        assert percent((last - first) / (target - first)) == found.progress


def test_a_rate_is_computed_from_its_two_numbers():
    """1,199 of 1,999 is printed as 60.0 % and has not reached 60 %."""
    told = value(2026, "60.0", parts=(1199, 1999))

    assert judged([START, told], (2026, "60")).word == "未達"
    assert judged([START, value(2026, "60.0", parts=(1200, 2000))], (2026, "60")).word == "達成"


@pytest.mark.parametrize(
    ("values", "target", "said"),
    [
        ([value(2026, "31.5")], "60", "現状値がないので"),
        ([START, value(2026, "31.5")], "24.6", "目標値が現状値と同じなので"),
        ([START, value(2026, "31.5")], "20", "目標値が現状値より望ましい側にないので"),
        ([START], "60", ""),
    ],
)
def test_without_progress_it_says_why(values, target, said):
    found = judged(values, (2026, target))

    assert found.progress == ""
    assert said in found.sum
    assert bool(found.sum) == bool(said)


@pytest.mark.parametrize(
    ("of", "numbers", "target", "forecast"),
    [
        (definition(), ("40", "90"), "95", "100.0％"),
        (definition("lower"), ("60", "10"), "5", "0.0％"),
        (definition("lower", unit="件", decimals=0, kind="count"), ("60", "10"), "5", "0件"),
        (definition(unit="ポイント", kind="difference"), ("3", "-1"), "5", "−3.7ポイント"),
        # A share of something else than its own part may be more than the whole.
        (definition(), ("90", "110"), "120", "123.3％"),
    ],
)
def test_a_forecast_stays_within_what_is_possible(of, numbers, target, forecast):
    values = [value(year, number) for year, number in zip((2023, 2026), numbers, strict=True)]

    assert judged(values, (2028, target), of=of).forecast == forecast


@pytest.mark.parametrize(
    ("direction", "numbers", "target", "limit"),
    [
        ("higher", ("40", "90"), "95", "直線は100％を超えるため、100％で止めています"),
        ("lower", ("60", "10"), "5", "直線は0を下回るため、0で止めています"),
        ("higher", ("40", "50"), "95", ""),
    ],
)
def test_a_forecast_that_is_held_says_so(direction, numbers, target, limit):
    values = [value(year, number) for year, number in zip((2023, 2026), numbers, strict=True)]

    assert judged(values, (2028, target), of=definition(direction)).forecast_limit == limit


COUNT = definition(unit="回", decimals=0, kind="count")
HALF = {"finality": "preliminary", "as_of": dt.date(2026, 9, 30)}


def test_the_count_of_half_a_year_is_no_fall():
    """71 meetings until September after 130: neither worse nor a line that falls."""
    years = [value(2024, "122"), value(2025, "130")]
    found = judged([*years, value(2026, "71", **HALF)], (2028, "180"), of=COUNT, baseline=2024)

    assert found.word == "年度の途中"
    assert found.how == (
        "令和8年度（2026年度）の71回（令和8年9月末現在・速報）は年度の途中までの数なので、目標値とはまだ比べません。"
    )
    assert (found.ratio, found.progress, found.forecast) == ("39.4％", "", "154回")
    assert found.sum == "年度の途中までの数なので、進捗率は計算しません。"


@pytest.mark.parametrize(
    ("direction", "number", "word"),
    [
        ("higher", "180", "達成見込み"),
        ("higher", "179", "年度の途中"),
        ("lower", "181", "未達見込み"),
        ("lower", "180", "年度の途中"),
    ],
)
def test_half_a_year_tells_only_what_the_rest_cannot_undo(direction, number, word):
    of = definition(direction, unit="回", decimals=0, kind="count")
    found = judged([value(2023, "200"), value(2026, number, **HALF)], (2026, "180"), of=of)

    assert found.word == word


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (definition(unit="人／月（平均）", decimals=0, kind="count"), HALF),
        (definition(unit="か所", decimals=0, kind="count"), HALF),
        (definition(), HALF),
        (COUNT, HALF | {"as_of": dt.date(2027, 3, 31)}),
        (COUNT, HALF | {"as_of": None}),
        (COUNT, HALF | {"finality": "forecast"}),
    ],
)
def test_what_does_not_grow_or_is_whole_is_compared(of, told):
    found = judged([value(2023, "60"), value(2026, "71", **told)], (2026, "80"), of=of)

    assert found.word == "未達見込み"


def test_a_small_number_is_a_reference():
    found = judged([START, value(2026, "40", parts=(4, 10))], (2028, "60"))

    assert found.reference == (
        "件数が少ないため参考値です（95％信頼区間：16.8～68.7％）。"
        "現状値からの変化は、偶然だけでも起こる大きさです。この評価区分は参考にとどめてください。"
    )
    assert judged([START, value(2026, "40", parts=(40, 100))], (2028, "60")).reference == ""
    assert judged([START], (2028, "60")).reference == ""


def test_a_verdict_from_small_numbers_says_so_and_has_no_colour():
    few = judged([START, value(2026, "72.7", parts=(8, 11))], (2028, "60"))
    many = judged([START, value(2026, "72.7", parts=(800, 1100))], (2028, "60"))

    assert (few.kind, few.word, few.look) == ("達成見込み", "達成見込み（参考値）", "blocked")
    # The negative control: so many cases carry their verdict.
    assert (many.word, many.look, many.reference) == ("達成見込み", "success", "")


@pytest.mark.parametrize(
    ("start", "now", "target", "told"),
    [
        # 10 of 11 has an interval of 62.3 to 98.4 %.
        (value(2023, "20"), (10, 11), (2028, "95"), "現状値からの変化は、偶然だけでは起こりにくい"),
        (value(2023, "70"), (10, 11), (2028, "95"), "現状値からの変化は、偶然だけでも起こる"),
        # Two small numbers: their intervals meet.
        (value(2023, "50", parts=(5, 10)), (10, 11), (2028, "95"), "偶然だけでも起こる"),
        (value(2023, "20"), (10, 11), (2026, "95"), "目標値との差は、偶然だけでも起こる"),
        (value(2023, "20"), (10, 11), (2026, "50"), "目標値との差は、偶然だけでは起こりにくい"),
    ],
)
def test_small_numbers_tell_whether_chance_makes_such_a_difference(start, now, target, told):
    found = judged([start, value(2026, "90.9", parts=now)], target)

    assert found.word.endswith("（参考値）")
    assert told in found.reference


def test_a_small_baseline_tempers_the_line_that_starts_from_it():
    start = value(2023, "40", parts=(4, 10))
    now = value(2026, "50", parts=(500, 1000))

    ahead = judged([start, now], (2028, "60"))
    due = judged([start, now], (2026, "45"))

    assert ahead.word == "未達見込み（参考値）"
    assert ahead.reference.startswith("現状値は、件数が少ないため参考値です")
    # The negative control: the target alone is compared with.
    assert (due.word, due.reference) == ("達成", "")


def test_what_has_no_verdict_is_not_tempered():
    small = value(2026, "40", parts=(4, 10))

    watched = judged([START, small], (2028, "60"), of=definition("neutral"))

    assert watched.word == "監視"
    assert watched.reference == "件数が少ないため参考値です（95％信頼区間：16.8～68.7％）。"


def test_the_ratio_of_what_is_to_fall_says_how_it_is_read():
    lower = definition("lower")
    over = judged([START, value(2026, "30")], (2026, "15"), of=lower)
    usual = judged([START, value(2026, "30")], (2026, "15"))

    assert over.ratio_told == "200.0％（100％以下で達成）"
    assert over.word == "現状値より悪化"
    assert (usual.ratio_told, usual.word) == ("200.0％", "達成")


def test_what_only_rounds_to_a_hundred_per_cent_is_not_told_as_reached():
    count = definition(unit="件", decimals=0, kind="count")
    nearly = judged([value(2026, "19999")], (2026, "20000"), of=count)
    above = judged([value(2026, "20001")], (2026, "20000"), of=count)
    reached = judged([value(2026, "20000")], (2026, "20000"), of=count)

    assert (nearly.word, nearly.ratio) == ("未達", "100％未満")
    assert above.ratio == "100％超"
    assert (reached.word, reached.ratio) == ("達成", "100.0％")


def test_a_step_back_has_the_minus_sign_of_every_other_number():
    back = judged([START, value(2026, "20")], (2028, "60"))

    assert back.progress == "−13.0％"


pages = pytest.mark.django_db


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("　", " ")


def shown(client, url):
    return words(client.get(url).content.decode())


@pytest.fixture
def judged_year(cycle):
    """An indicator at an outcome of the emergency scene and at one of 看取り, on its way to a target."""
    indicator = follow(cycle, EMERGENCY)
    with within(cycle.municipality):
        Indicator.objects.filter(pk=indicator.pk).update(baseline_year=2023)
        model = LogicModel.objects.get(cycle=cycle, key="model-1")
        for number, scene in enumerate(("emergency", "end_of_life")):
            outcome = Outcome.objects.create(
                cycle=cycle,
                key=f"o-{scene}",
                logic_model=model,
                scene=scene,
                text=f"{scene}の成果",
                position=90 + number,
            )
            IndicatorUse.objects.create(
                cycle=cycle, key=f"u-{scene}", indicator=indicator, outcome=outcome
            )
    measure(cycle, EMERGENCY, 2023, "24.6")
    measure(cycle, EMERGENCY, 2026, "31.5", finality="preliminary", as_of="2026-12-31")
    aim(cycle, indicator, 2028, 60)
    return cycle


SAID = "令和5年度（2023年度）の現状値24.6％と令和8年度（2026年度）の31.5％（令和8年12月末現在・速報）を結んだ直線を延ばすと"


@pages
def test_list_page_and_scene_show_the_verdict_with_its_sentence(as_editor, judged_year):
    listed = shown(as_editor, BASE)
    page = shown(as_editor, f"{BASE}{EMERGENCY}/")
    scene = shown(as_editor, "/m/990019/2026/scenes/emergency/")

    for found in (listed, page, scene):
        for text in ("未達見込み", "19.5％", "36.1％", "令和8年12月末現在・速報"):
            assert text in found
    assert SAID in page
    assert "進捗率＝（実績31.5％－現状値24.6％）÷（目標値60.0％－現状値24.6％）＝19.5％。" in page
    assert BASIS in listed
    assert BASIS in page


@pages
def test_the_sheet_goes_by_scene_and_outcome_and_marks_what_stands_twice(as_editor, judged_year):
    found = shown(as_editor, SHEET)
    first, again = "emergencyの成果", "end_of_lifeの成果"

    assert found.index("急変時の対応 成果") < found.index(first) < found.index(again)
    assert "（再）" not in found[: found.index(again)]
    assert "（再）" in found[found.index(again) :]
    for text in (SAID, "52.5％", "19.5％", "36.1％ 令和10年度（2028年度）", "未達見込み 1件"):
        assert text in found


@pages
def test_one_scene_of_the_sheet_leaves_the_others_out(as_editor, judged_year):
    found = shown(as_editor, f"{SHEET}?scene=emergency")

    assert "emergencyの成果" in found
    assert "end_of_lifeの成果" not in found
    assert "退院前カンファレンス" not in found
    assert f"{FILE}?scene=emergency" in as_editor.get(f"{SHEET}?scene=emergency").content.decode()


@pages
def test_an_indicator_at_no_outcome_is_not_lost(as_editor, cycle):
    follow(cycle, HOME_DEATH)

    assert "成果に結び付いていない指標" in shown(as_editor, SHEET)


@pages
def test_an_empty_sheet_teaches(as_editor, cycle):
    with within(cycle.municipality):
        for indicator in Indicator.objects.filter(cycle=cycle):
            for rows in (indicator.targets, indicator.uses, indicator.issue_figures):
                rows.all().delete()
            indicator.delete()

    assert "まだ指標がありません" in shown(as_editor, SHEET)
    assert "「看取り」の指標は、まだありません" in shown(as_editor, f"{SHEET}?scene=end_of_life")


@pages
def test_the_sheet_takes_the_same_queries_for_any_number_of_indicators(as_editor, cycle):
    shown(as_editor, SHEET)
    with CaptureQueriesContext(connection) as few:
        shown(as_editor, SHEET)
    for code in (HOME_DEATH, EMERGENCY, "acp_discussed_rate"):
        aim(cycle, follow(cycle, code), 2028, 5)
        measure(cycle, code, 2026, 4)
    with CaptureQueriesContext(connection) as many:
        shown(as_editor, SHEET)

    assert len(many) == len(few)


def table_of(client, url=FILE):
    response = client.get(url)
    book = load_workbook(io.BytesIO(response.content))
    header, *rows = [[cell.value for cell in row] for row in book["評価シート"].iter_rows()]
    return response, book, [dict(zip(header, row, strict=True)) for row in rows]


@pages
def test_the_workbook_holds_numbers_as_numbers_a_fact_a_cell(as_editor, judged_year):
    response, book, rows = table_of(as_editor)
    row = next(one for one in rows if one["成果"] == "emergencyの成果")

    assert "attachment" in response.headers["Content-Disposition"]
    assert tuple(row) == evaluation_file.COLUMNS
    assert row["自治体コード"] == "990019"
    assert (row["現状値の年度"], row["現状値"], row["目標の年度"]) == (2023, 24.6, 2028)
    assert (row["目標値"], row["実績"], row["確定の別"]) == (60, 31.5, "速報")
    assert row["値の時点"].date() == dt.date(2026, 12, 31)
    assert (row["目標比（％）"], row["進捗率（％）"]) == (52.5, 19.5)
    assert (row["見込の年度"], row["最終年度見込"]) == (2028, 36.1)
    assert (row["評価区分"], row["再掲"]) == ("未達見込み", None)
    assert SAID in row["評価の理由"]
    assert [one["再掲"] for one in rows if one["成果"] == "end_of_lifeの成果"] == ["再掲"]
    assert not any(sheet.merged_cells.ranges for sheet in book)


@pages
def test_the_workbook_of_one_scene_and_of_a_year_without_numbers(as_editor, judged_year):
    follow(judged_year, HOME_DEATH)
    *_, rows = table_of(as_editor, f"{FILE}?scene=emergency")
    assert {one["場面"] for one in rows} <= {"急変時の対応", "複数の場面・共通"}

    *_, rows = table_of(as_editor)
    row = next(one for one in rows if one["指標コード"] == HOME_DEATH)
    assert (row["成果"], row["実績"], row["実績の状態"]) == (None, None, "未入力")
    assert (row["現状値"], row["現状値の状態"], row["目標値"]) == (None, None, None)


@pages
def test_no_text_of_the_workbook_is_a_formula(as_editor, here):
    own = OwnDefinition.objects.create(key="own-formula", name="=1+1", unit="件")
    indicator = Indicator(cycle=here, key="formula", position=99)
    indicator.follow(own)
    indicator.save()
    row = Measurement(
        key="v-f", fiscal_year=2026, value=1, state="value", source="=2+2", note="@A1"
    )
    row.follow(own)
    row.save()
    _, book, _ = table_of(as_editor)

    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {"=1+1", "=2+2"} <= {cell.value for cell in cells}
    assert not any(cell.data_type == "f" for cell in cells)


@pages
def test_a_small_number_leaves_in_no_sheet_but_the_one_for_the_office(as_editor, judged_year):
    """3 of 8 deaths: hidden with what is computed from it; the marked copy tells it."""
    follow(judged_year, HOME_DEATH)
    measure(judged_year, HOME_DEATH, 2026, "37.5", numerator=3, denominator=8)
    (page, cells), (office, told) = both_of(as_editor), both_of(as_editor, "?copy=office")

    assert "37.5" not in page + cells
    assert "x" in page
    assert "秘匿" in cells
    assert "庁内限り" not in cells
    for text in ("37.5", "庁内限り"):
        assert text in office
        assert text in told


@pages
@pytest.mark.parametrize(("finality", "word"), [("preliminary", "速報"), ("final", "確定")])
def test_a_hidden_number_keeps_its_finality(as_editor, judged_year, finality, word):
    follow(judged_year, HOME_DEATH)
    few = {"numerator": 3, "denominator": 8, "finality": finality}
    measure(judged_year, HOME_DEATH, 2026, "37.5", as_of="2026-09-30", **few)
    *_, rows = table_of(as_editor)
    row = next(one for one in rows if one["指標コード"] == HOME_DEATH)

    assert (row["実績の状態"], row["確定の別"]) == ("秘匿", word)
    standing = "令和8年9月末現在・速報" if finality == "preliminary" else "令和8年9月末現在"
    assert f'>x<span class="aside">{standing}</span>' in as_editor.get(SHEET).content.decode()


NO_PARTS = "分子と分母を入力すると"


@pages
def test_a_share_without_its_parts_is_hidden_and_the_screen_says_once_what_shows_it(
    as_editor, judged_year
):
    for code in ("home_return_rate", "readmission_30d_rate"):
        aim(judged_year, follow(judged_year, code), 2026, 60)
        measure(judged_year, code, 2026, "37.5")
    page, cells = both_of(as_editor)

    assert "37.5" not in page + cells
    assert "未回収（秘匿）" not in page + cells
    assert "秘匿 2件" in page
    assert "令和8年度（2026年度）の値は秘匿です。" in page
    assert page.count(NO_PARTS) == 1
    # Whoever gets the paper or the file does not read why: only who can enter the parts.
    assert re.search(
        rf'<p class="note no-print">[^<]*{NO_PARTS}', as_editor.get(SHEET).content.decode()
    )
    assert NO_PARTS not in cells


@pages
def test_what_is_hidden_for_another_reason_asks_for_no_parts(as_editor, judged_year):
    """The negative control: 3 of 8; and in the copy for the office nothing is hidden."""
    follow(judged_year, HOME_DEATH)
    few = measure(judged_year, HOME_DEATH, 2026, "37.5", numerator=3, denominator=8)
    assert NO_PARTS not in shown(as_editor, SHEET)

    with within(judged_year.municipality):
        Measurement.objects.filter(pk=few.pk).update(numerator=None, denominator=None)
    assert NO_PARTS in shown(as_editor, SHEET)
    assert NO_PARTS not in shown(as_editor, f"{SHEET}?copy=office")


@pages
def test_enough_people_leave_in_both_sheets(as_editor, judged_year):
    """The negative control of hiding: the same share of eight hundred."""
    follow(judged_year, HOME_DEATH)
    measure(judged_year, HOME_DEATH, 2026, "37.5", numerator=300, denominator=800)

    assert all("37.5" in one for one in both_of(as_editor))


def both_of(client, query=""):
    """Return what page and workbook tell, each as one text."""
    book = load_workbook(io.BytesIO(client.get(f"{FILE}{query}").content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    return shown(client, f"{SHEET}{query}"), " ".join((*book.sheetnames, *cells))


@pages
def test_the_copy_for_the_office_keeps_its_mark_when_a_scene_is_chosen(as_editor, judged_year):
    page = as_editor.get(f"{SHEET}?copy=office&scene=emergency").content.decode()

    assert '<input type="hidden" name="copy" value="office">' in page
    assert f"{FILE}?copy=office&amp;scene=emergency" in page
    named = as_editor.get(f"{FILE}?copy=office").headers["Content-Disposition"]
    assert quote("庁内限り_評価シート") in named


@pages
def test_whoever_reads_the_plan_reads_the_sheet_and_nobody_else(sign_in, judged_year):
    for url in (SHEET, FILE):
        assert sign_in("viewer").get(url).status_code == 200
        assert sign_in("contributor").get(url).status_code == 403
        assert sign_in("neighbour").get(url).status_code == 404
        assert sign_in("officer").get(url).status_code == 404


@pages
def test_a_preliminary_number_says_so_on_the_profile_and_at_an_issue(as_editor, cycle):
    with within(cycle.municipality):
        Measurement.objects.filter(code="population_total").update(finality="preliminary")

    assert "・速報" in shown(as_editor, "/m/990019/2026/profile/")
