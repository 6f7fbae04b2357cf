"""Trends of places: the table's own numbers in its year, the same rule in every other, few queries."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.choices import PlaceKind
from indicators.comparison.page import heat
from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading import trends
from indicators.comparison.shape import Origin
from indicators.models import Definition, SubmittedValue
from municipalities.models import Municipality
from tests.indicators.comparison.planted import (
    SHARE,
    STATIONS,
    compared,
    plant,
    tell,
    tell_shares,
    town,
)

pytestmark = pytest.mark.django_db
DEATHS = "home_death_rate"


@pytest.fixture
def ten():
    return places_of_prefecture(plant(10))


def values(trend):
    return [point.value for point in trend.points]


def test_every_year_of_the_columns_statistic_is_there_and_of_no_other(ten):
    for year in (2018, 2019, 2021):
        tell(DEATHS, year, {at: year - 2000 + at for at in range(1, 11)}, dataset="one")
    tell(DEATHS, 2020, dict.fromkeys(range(1, 11), 99), dataset="two")
    found = compared(ten)

    told = trends.of(found, found.column(DEATHS))

    assert told.years == (2018, 2019, 2021)
    assert values(told.places[0]) == [19, 20, 22]
    assert [one.place for one in told.places] == list(found.places)


def test_in_the_years_of_the_table_the_numbers_are_the_tables(ten):
    """For a plain value, a share of two counts, and a count per population."""
    tell(DEATHS, 2020, {at: Decimal(at) / 7 for at in range(1, 11)})
    for year in (2015, 2020):
        tell_shares(year, {at: (100 + at, year * at) for at in range(1, 11)})
    for year in (2019, 2021):
        tell(STATIONS, year, {at: at * (year - 2018) for at in range(1, 11)})
    found = compared(ten)

    for code in (DEATHS, SHARE, STATIONS):
        column = found.column(code)
        told = trends.of(found, column)
        at = told.years.index(column.years[-1])
        assert [one.points[at].value for one in told.places] == [
            found.cell(place, column).value for place in found.places
        ], code


def test_counts_are_divided_by_the_population_of_the_nearest_year(ten):
    tell("population_75plus", 2010, {1: 1000})
    tell("population_75plus", 2020, {1: 2000})
    tell(STATIONS, 2011, {1: 4})
    tell(STATIONS, 2021, {1: 4})
    found = compared(ten)

    told = trends.of(found, found.column(STATIONS))

    assert values(told.places[0]) == [4, 2]


def test_prefecture_and_nation_stand_behind(ten):
    for year in (2019, 2020):
        tell(DEATHS, year, dict.fromkeys(range(1, 11), 10))
        tell(DEATHS, year, {"98": 20}, kind=PlaceKind.PREFECTURE)
        tell(DEATHS, year, {"JP": 30}, kind=PlaceKind.NATION)
    found = compared(ten)

    told = trends.of(found, found.column(DEATHS))

    assert values(told.prefecture) == [20, 20]
    assert values(told.nation) == [30, 30]


def test_a_year_that_is_missing_or_withheld_is_no_zero(ten):
    tell(DEATHS, 2019, dict.fromkeys(range(2, 11), 10))
    tell(DEATHS, 2020, {1: 5, 2: None, 3: 7, 4: 8, 5: 9, 6: 9})
    found = compared(ten)

    told = trends.of(found, found.column(DEATHS))
    first, second = told.places[:2]

    assert [(point.value, point.state) for point in first.points] == [
        (None, "not_entered"),
        (5, "value"),
    ]
    assert second.points[1].state == "suppressed"


def test_only_the_newest_ten_years_are_drawn(ten):
    for year in range(2008, 2021):
        tell(DEATHS, year, dict.fromkeys(range(1, 11), year - 2000))
    found = compared(ten)

    assert trends.of(found, found.column(DEATHS)).years == tuple(range(2011, 2021))


@pytest.mark.parametrize("count", [1, 60])
def test_two_queries_however_many_places(count):
    places = places_of_prefecture(plant(count))
    for year in (2019, 2020):
        tell(STATIONS, year, dict.fromkeys(range(1, count + 1), 3))
        tell("population_75plus", year, dict.fromkeys(range(1, count + 1), 3000))
    found = compared(places)
    column = found.column(STATIONS)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        trends.of(found, column)

    assert len(queries) == 2


def test_what_towns_have_submitted_has_its_years_as_well(ten):
    definition = Definition.objects.get(code=DEATHS)
    for year, above in ((2024, 20), (2025, 30)):
        for at in range(1, 4):
            SubmittedValue.objects.create(
                municipality=Municipality.objects.get(code=town(at)),
                code=DEATHS,
                definition=definition,
                fiscal_year=year,
                value=Decimal(above + at),
                state="value",
                source="報告書",
                number="R8-1",
                published_at=timezone.now(),
            )
    tell(DEATHS, 2020, dict.fromkeys(range(1, 11), 99))
    found = compared(ten, origin=Origin.SUBMITTED)

    told = trends.of(found, found.column(DEATHS))

    assert told.years == (2024, 2025)
    assert values(told.places[1]) == [22, 32]
    assert values(told.places[5]) == [None, None]


class TestPage:
    def page(self, sign_in, query):
        response = sign_in("other-officer").get(f"/p/98/2026/compare/?view=multiples&{query}")
        assert response.status_code == 200
        return response.content.decode()

    def test_names_and_numbers_of_all_towns_stand_in_picture_and_table(self, sign_in):
        plant(10, names={3: "<b>町</b>"})
        for year in (2019, 2020):
            tell(DEATHS, year, {at: Decimal(f"{year - 2000}.{at % 10}") for at in range(1, 10)})
        found = compared(places_of_prefecture(plant(0)))
        page = self.page(sign_in, f"focus={DEATHS}&town={town(2)}")
        drawn = page[page.index('id="drawing"') : page.index('id="multiples-table"')]

        assert len(re.findall(r'<span class="multiple-name">', drawn)) == 10
        assert "19.1→20.1" in drawn
        assert "<b>" not in drawn
        assert "◆ 町2" in drawn
        table = unescape(page[page.index('id="multiples-table"') :].partition("</table>")[0])
        column = found.column(DEATHS)
        for place in found.places:
            value = found.cell(place, column).value
            assert value is None or heat.text(value, column) in table

    def test_an_empty_prefecture_is_a_sentence(self, sign_in):
        plant(2)

        assert "比べられる値が、まだありません" in self.page(sign_in, "")

    def test_every_view_of_a_full_page_is_light(self, sign_in):
        """Drawn with what the page needs, and nothing a town has entered."""
        plant(12)
        tell(DEATHS, 2020, {at: at for at in range(1, 13)})
        for view in ("strip", "multiples", "profile", "map"):
            client = sign_in("other-officer")
            with CaptureQueriesContext(connection) as queries:
                page = client.get(f"/p/98/2026/compare/?view={view}&town={town(3)}")
            assert page.status_code == 200
            assert 'id="drawing"' in page.content.decode()
            assert len(queries) <= 20
