"""By which population counts are divided: what is summed as each of its years, and said where a series changes it."""

import re
from decimal import Decimal

import pytest

from indicators.comparison.pictures import multiples
from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading import columns, populations, trends
from indicators.comparison.selection import Selection
from tests.indicators.comparison.planted import CLINICS, cell, compared, plant, tell

pytestmark = pytest.mark.django_db
COUNT = "deaths"
TEN = range(1, 11)
YEARS = (2019, 2020, 2021, 2022, 2023)


@pytest.fixture
def counted():
    """A census of 2020 among 10,000, a registry of 2024 among 8,000; every year one in a hundred of the census."""
    places = places_of_prefecture(plant(10))
    tell("population_total", 2020, dict.fromkeys(TEN, 10_000), dataset="census")
    tell("registry_population_total", 2024, dict.fromkeys(TEN, 8_000), dataset="registry")
    for year in YEARS:
        tell(COUNT, year, dict.fromkeys(TEN, 100), dataset="vital")
    return places


def test_years_that_are_summed_are_divided_as_each_of_them_alone(counted):
    found = compared(counted, indicators=(COUNT,), pool=5)

    column = found.column(COUNT)
    assert column.years == YEARS
    assert cell(found, 1, COUNT).denominator == 3 * 10_000 + 2 * 8_000
    assert cell(found, 1, COUNT).value == Decimal("10.8696")
    assert column.sources == (
        "vitalの統計　令和5年度（2023年度）",
        "censusの統計　令和2年度（2020年度）",
        "registryの統計　令和6年度（2024年度）",
    )


def notes_of(officer, query):
    page = officer.get(f"/p/98/2026/compare/?indicator={COUNT}{query}").content.decode()
    return [one for one in re.findall(r"[^<>]*", page) if populations.SUMMED in one]


def test_a_sum_over_two_populations_says_which_divides_which_year(counted, sign_in):
    officer = sign_in("other-officer")

    (said,) = notes_of(officer, "&pool=5")

    assert (
        "（2019～2021年度は2020年度の「人口」、2022～2023年度は2024年度の「住民基本台帳人口」）。"
    ) in said
    # The control: years that one statistic divides, and a year alone.
    assert not notes_of(officer, "&pool=3&year=2021")
    assert not notes_of(officer, "")


def test_what_is_there_year_after_year_is_not_summed(counted):
    """Two hospitals in five years are two, not ten; what happens anew each year is summed (the control above)."""
    for year in YEARS:
        tell(CLINICS, year, dict.fromkeys(TEN, 2), dataset="vital")
        tell("population_75plus", year, dict.fromkeys(TEN, 1_000), dataset="census")

    found = compared(counted, indicators=(CLINICS,), pool=5)

    column = found.column(CLINICS)
    assert column.years == (2023,)
    assert cell(found, 1, CLINICS).numerator == 2
    assert columns.NO_STOCK in column.notes


def test_the_statistic_is_that_of_the_newest_year(counted):
    """The control: asked for an earlier year, it is the census, and its sources say so."""
    found = compared(counted, indicators=(COUNT,), pool=3, year=2021)

    assert cell(found, 1, COUNT).denominator == 3 * 10_000
    assert found.column(COUNT).sources[1] == "censusの統計　令和2年度（2020年度）"


def test_a_series_says_which_population_divides_each_year_and_its_line_ends_where_it_changes(
    counted,
):
    found = compared(counted, indicators=(COUNT,))
    column = found.column(COUNT)

    told = trends.of(found, column)
    drawn = multiples.multiples(found, column, Selection(), told)

    assert [point.value for point in told.places[0].points] == [10, 10, 10, *[Decimal("12.5")] * 2]
    assert told.starts == {2022}
    assert told.notes[0].endswith(
        "（2019～2021年度は2020年度の「人口」、2022～2023年度は2024年度の「住民基本台帳人口」）。"
    )
    assert told.notes[1:] == (populations.CHANGED,)
    assert drawn.places[0].path.count("M") == 2


def test_one_statistic_for_all_years_is_one_line(counted):
    tell("registry_population_total", 2019, dict.fromkeys(TEN, 9_000), dataset="registry")
    tell("registry_population_total", 2021, dict.fromkeys(TEN, 9_000), dataset="registry")
    found = compared(counted, indicators=(COUNT,))
    column = found.column(COUNT)

    told = trends.of(found, column)
    drawn = multiples.multiples(found, column, Selection(), told)

    assert populations.CHANGED not in told.notes
    assert drawn.places[0].path.count("M") == 1


def test_the_page_says_it(counted, sign_in):
    officer = sign_in("other-officer")

    page = officer.get(f"/p/98/2026/compare/?indicator={COUNT}&view=multiples").content.decode()

    assert "2022～2023年度は2024年度の「住民基本台帳人口」" in page
    assert populations.CHANGED in page


def test_the_numbers_under_a_drawing_are_those_of_its_last_line(counted):
    found = compared(counted, indicators=(COUNT,))
    column = found.column(COUNT)
    drawn = multiples.multiples(found, column, Selection(), trends.of(found, column))

    assert (drawn.places[0].first, drawn.places[0].last) == ("12.5", "12.5")
    assert drawn.places[0].words[0] == "10.0"
