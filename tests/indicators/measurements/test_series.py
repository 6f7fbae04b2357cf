"""Charts of numbers: an indicator's years without a hole, statistics never mixed, nothing drawn of nothing."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.measurements import series
from indicators.models import Measurement, Target
from municipalities.tenancy import within
from tests.indicators.rows import BASE, HOME_DEATH, aim, follow, measure, publish

pytestmark = pytest.mark.django_db
CHART = '<figure class="chart"'
PROFILE = "/m/990019/2026/profile/"
NATION, OUR_PREFECTURE = ("nation", "JP"), ("prefecture", "99")


def trend(cycle, indicator):
    with within(cycle.municipality):
        values = list(Measurement.objects.filter(code=indicator.code, fiscal_year__lte=2026))
        targets = list(Target.objects.filter(indicator=indicator))
        return series.trend(indicator.defined_by, values, targets, cycle=cycle)


def points(chart, name):
    (found,) = [one for one in chart.series if one.name.startswith(name)]
    return [point.value for point in found.points]


def test_years_follow_one_another_to_the_last_target(cycle):
    indicator = follow(cycle, HOME_DEATH)
    measure(cycle, HOME_DEATH, 2023, 12)
    measure(cycle, HOME_DEATH, 2025, None, state="suppressed")
    measure(cycle, HOME_DEATH, 2026, "13.5", finality="preliminary")
    aim(cycle, indicator, 2028, 16)

    chart = trend(cycle, indicator)

    assert [tick[-4:] for tick in chart.ticks] == [str(year) for year in range(2023, 2029)]
    assert chart.categories[0] == "令和5年度（2023年度）"
    assert points(chart, "実績") == [Decimal(12), None, None, Decimal("13.5"), None, None]
    assert points(chart, "目標") == [None] * 5 + [Decimal(16)]
    words = [point.word for point in chart.series[0].points]
    assert words == ["", "", "x", "速報", "", ""]
    assert "監視" not in chart.title
    assert "見守る指標" in chart.reading
    assert chart.sources == ("調査",)


def test_years_of_small_numbers_are_told_below_the_chart(cycle):
    indicator = follow(cycle, HOME_DEATH)
    for year, below in ((2024, 40), (2025, 400), (2026, 50)):
        measure(cycle, HOME_DEATH, year, 50, numerator=below // 2, denominator=below)

    (note,) = trend(cycle, indicator).notes
    with within(cycle.municipality):
        Measurement.objects.filter(code=HOME_DEATH).update(numerator=200, denominator=400)

    assert note == (
        "令和6年度（2024年度）、令和8年度（2026年度）の実績は、"
        "件数か母数が少ない参考値です。偶然だけでも大きく動きます。"
    )
    # The negative control: so many cases need no note.
    assert trend(cycle, indicator).notes == ()


def test_without_a_number_there_is_no_chart(as_editor, cycle):
    indicator = follow(cycle, HOME_DEATH)
    aim(cycle, indicator, 2028, 16)
    measure(cycle, HOME_DEATH, 2025, None)

    assert trend(cycle, indicator) is None
    assert "<figure" not in as_editor.get(f"{BASE}{HOME_DEATH}/").content.decode()


def test_prefecture_and_nation_stand_beside_a_share_each_dataset_by_itself(cycle):
    indicator = follow(cycle, HOME_DEATH)
    measure(cycle, HOME_DEATH, 2025, 12)
    for place in (OUR_PREFECTURE, NATION, ("prefecture", "98"), ("municipality", "990027")):
        publish(HOME_DEATH, 2025, 17, place=place, dataset="人口動態統計")
    publish(HOME_DEATH, 2025, 18, place=NATION, dataset="別の統計")

    chart = trend(cycle, indicator)

    assert [one.name for one in chart.series] == [
        "実績",
        "見本県（人口動態統計）",
        "全国（人口動態統計）",
        "全国（別の統計）",
    ]
    assert chart.sources == ("調査", "人口動態統計", "別の統計")
    assert "見本県と全国の公表値" in chart.reading


def test_a_count_of_the_nation_does_not_stand_beside_a_towns(cycle):
    code = "consultation_desk_cases"
    indicator = follow(cycle, code)
    measure(cycle, code, 2025, 120)
    publish(code, 2025, 900_000, place=NATION)

    assert [one.name for one in trend(cycle, indicator).series] == ["実績"]


def test_the_page_draws_the_chart_after_its_table(as_editor, cycle):
    indicator = follow(cycle, HOME_DEATH)
    measure(cycle, HOME_DEATH, 2025, "12.34")
    aim(cycle, indicator, 2028, 16)
    response = as_editor.get(f"{BASE}{HOME_DEATH}/")
    figure = response.content.decode().partition("<figure")[2]

    assert figure.index("<table") < figure.index("<svg") < figure.index("application/json")
    assert "12.3" in figure


def test_the_library_is_asked_for_only_by_pages_with_charts_and_styles_are_allowed_by_nonce(
    as_editor, cycle
):
    follow(cycle, HOME_DEATH)
    measure(cycle, HOME_DEATH, 2025, 12)
    response = as_editor.get(f"{BASE}{HOME_DEATH}/")
    page, policy = response.content.decode(), response.headers["Content-Security-Policy"]
    nonce = page.partition('id="plotly.js-style-global" nonce="')[2].partition('"')[0]

    assert nonce
    assert f"'nonce-{nonce}'" in policy
    assert "unsafe" not in policy
    assert "js/charts.js" in page
    assert "charts.js" not in as_editor.get(BASE).content.decode()
    assert '<script src="/static/vendor/plotly' not in page


CENSUS = {
    "population_total": {2015: 51_000, 2020: 48_000},
    "population_65plus": {2015: 15_000, 2020: 16_000},
    "population_75plus": {2015: 7_000, 2020: 8_000},
}


def publish_census():
    for code, years in CENSUS.items():
        for year, value in years.items():
            publish(code, year, value)


def test_the_profile_shows_the_population_as_the_census_tells_it(as_editor):
    publish_census()
    page = as_editor.get(PROFILE).content.decode()

    assert page.count(CHART) == 1
    for values in CENSUS.values():
        assert all(f"{value:,}" in page for value in values.values())
    assert "出典：国勢調査" in page


def test_census_and_register_are_never_mixed(cycle):
    publish_census()
    for year in (2023, 2024):
        publish("registry_population_total", year, 47_000 + year, dataset="住民基本台帳")
        publish("population_total", year, 40_000 + year, dataset="推計人口")

    charts = series.population(cycle.municipality)

    assert sorted(chart.sources for chart in charts) == [
        ("住民基本台帳",),
        ("国勢調査",),
        ("推計人口",),
    ]
    by_source = {chart.sources[0]: chart for chart in charts}
    assert sorted(by_source["国勢調査"].values) == sorted(
        value for years in CENSUS.values() for value in years.values()
    )
    assert len(by_source["住民基本台帳"].values) == 2


def test_one_year_is_no_trend_and_nothing_prints_nothing(as_editor, cycle):
    assert CHART not in as_editor.get(PROFILE).content.decode()

    publish("population_total", 2020, 48_000)
    publish("population_total", 2020, 12_000, place=("municipality", "990027"))
    publish("population_total", 2015, 13_000, place=("municipality", "990027"))

    assert series.population(cycle.municipality) == []
    assert CHART not in as_editor.get(PROFILE).content.decode()


def test_a_suppressed_population_is_a_word_not_a_number(cycle):
    publish_census()
    publish("population_total", 2010, None)
    (chart,) = series.population(cycle.municipality)

    assert chart.words(chart.series[0].points[0]) == "x"


def test_the_population_is_read_in_one_query(cycle):
    publish_census()
    with CaptureQueriesContext(connection) as queries:
        series.population(cycle.municipality)

    assert len(queries) == 1
