"""From published values to judged cells: one statistic in a column, exact numbers, nobody blamed by chance."""

import io
import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from indicators.choices import PlaceKind
from indicators.comparison.asking import filtering
from indicators.comparison.judging import telling
from indicators.comparison.judging.quarters import LEAST_COMPARED
from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading import columns, trends
from indicators.comparison.reading.reading import Reader, comparison
from indicators.comparison.selection import Selection
from indicators.comparison.shape import ABSENT, Chance, Origin, Quarter
from indicators.models import PrefectureDefinition, SubmittedValue
from municipalities.entrance.scopes import NATION_CODE
from municipalities.models import Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from tests.indicators.comparison import planted
from tests.indicators.comparison.planted import (
    CASES,
    CLINICS,
    SHARE,
    STATIONS,
    cell,
    compared,
    plant,
    submit,
    tell,
    tell_shares,
    town,
)

pytestmark = pytest.mark.django_db
TWELVE = range(1, 13)
SUMMARY = ("minimum", "first", "median", "third", "maximum")


@pytest.fixture
def twelve():
    return places_of_prefecture(plant(12))


def define_of_prefecture():
    with within_prefecture(Prefecture.objects.get(code=planted.CODE)):
        row = PrefectureDefinition(
            key="pref-98-renraku",
            name="夜間の連絡先を決めている割合",
            unit="％",
            decimals=1,
            value_kind="ratio",
            multiplier=100,
            direction="higher",
            fiscal_year=2025,
        )
        row.save()


class TestChoosing:
    def test_the_newest_year_that_most_have_is_taken(self, twelve):
        tell("home_death_rate", 2020, dict.fromkeys(TWELVE, 10))
        tell("home_death_rate", 2021, dict.fromkeys(range(1, 8), 11))
        tell("home_death_rate", 2022, dict.fromkeys(range(1, 4), 12))

        column = compared(twelve).column("home_death_rate")

        assert column.years == (2021,)
        assert column.summary.count == 7

    def test_statistics_are_never_mixed_in_a_column(self, twelve):
        tell("home_death_rate", 2022, dict.fromkeys(range(1, 9), 11), dataset="one")
        tell("home_death_rate", 2022, dict.fromkeys(range(5, 13), 99), dataset="two")

        found = compared(twelve)

        values = {one.value for one in found.cells.values()}
        assert len(values) == 1
        assert found.column("home_death_rate").summary.count == 8
        assert len(found.column("home_death_rate").sources) == 1

    def test_a_year_that_is_asked_for_is_that_year_or_nothing(self, twelve):
        tell("home_death_rate", 2020, dict.fromkeys(TWELVE, 10))
        tell("deaths", 2022, {1: 3})

        assert [one.code for one in compared(twelve, year=2022).columns] == ["deaths"]
        assert compared(twelve, year=2021).columns == ()

    def test_scene_and_indicators_narrow_the_columns(self, twelve):
        tell("home_death_rate", 2020, {1: 10})
        tell("deaths", 2020, {1: 3})

        assert [one.code for one in compared(twelve, scene="end_of_life").columns] == [
            "home_death_rate"
        ]
        assert [one.code for one in compared(twelve, indicators=("deaths",)).columns] == ["deaths"]
        assert compared(twelve, scene="nowhere").columns == ()

    def test_places_are_sorted_by_an_indicator_and_those_without_a_value_come_last(self, twelve):
        tell("home_death_rate", 2020, {3: 10, 1: 30, 2: 10})

        rising = compared(twelve, sort="home_death_rate").places
        falling = compared(twelve, sort="home_death_rate", falling=True).places

        assert [one.code for one in rising][:4] == [town(2), town(3), town(1), town(4)]
        assert [one.code for one in falling][:4] == [town(1), town(2), town(3), town(4)]
        assert [one.code for one in compared(twelve, sort="nothing").places] == [
            town(at) for at in TWELVE
        ]

    def test_a_place_of_another_prefecture_is_never_read(self, twelve):
        tell("home_death_rate", 2020, {1: 10, "990019": 99})

        assert compared(twelve).column("home_death_rate").summary.maximum == 10


class TestNumbers:
    def test_summary_quarters_and_ranks_are_those_of_exact_arithmetic(self, twelve):
        values = {at: Decimal(f"{at * at}.{at:04}") for at in TWELVE}
        tell("home_and_facility_death_rate", 2020, values)

        found = compared(twelve)
        summary = found.column("home_and_facility_death_rate").summary

        exact = [Fraction(one) for one in values.values()]
        assert [Fraction(one) for one in (summary.first, summary.median, summary.third)] == (
            statistics.quantiles(exact, n=4, method="inclusive")
        )
        assert (summary.minimum, summary.maximum, summary.count) == (values[1], values[12], 12)
        told = [cell(found, at, "home_and_facility_death_rate") for at in TWELVE]
        assert [one.value for one in told] == list(values.values())
        assert [one.rank for one in told] == list(range(12, 0, -1))
        assert [one.quarter for one in told] == [1] * 3 + [2] * 3 + [3] * 3 + [4] * 3

    def test_fifteen_digits_come_through_unharmed(self, twelve):
        tell("deaths", 2020, {1: Decimal("99999999999.9999"), 2: Decimal("-0.0001")})

        found = compared(twelve)

        assert cell(found, 1, "deaths").value == Decimal("99999999999.9999")
        assert cell(found, 2, "deaths").value == Decimal("-0.0001")

    def test_what_is_missing_is_neither_zero_nor_counted(self, twelve):
        tell("home_death_rate", 2020, dict.fromkeys(range(1, 9), 10) | {9: 0, 10: None})

        found = compared(twelve)

        assert found.column("home_death_rate").summary.count == 9
        assert cell(found, 9, "home_death_rate").value == 0
        assert cell(found, 10, "home_death_rate").state == "suppressed"
        assert cell(found, 10, "home_death_rate").value is None
        assert cell(found, 11, "home_death_rate") is ABSENT

    def test_below_eight_with_data_nobody_has_a_quarter(self, twelve):
        tell("home_and_facility_death_rate", 2020, {at: at for at in range(1, 8)})

        found = compared(twelve)

        assert {one.quarter for one in found.cells.values()} == {None}

    def test_larger_places_stand_beside_and_are_not_counted(self, twelve):
        tell("home_death_rate", 2020, dict.fromkeys(TWELVE, 10))
        tell("home_death_rate", 2020, {planted.CODE: 12}, kind=PlaceKind.PREFECTURE)
        tell("home_death_rate", 2020, {"JP": 14}, kind=PlaceKind.NATION)

        column = compared(twelve).column("home_death_rate")

        assert (column.prefecture.value, column.nation.value) == (12, 14)
        assert column.summary.maximum == 10


class TestCountsPerPopulation:
    def test_a_count_is_divided_by_the_population_of_the_nearest_year(self, twelve):
        tell(STATIONS, 2025, dict.fromkeys(TWELVE, 12))
        tell("population_75plus", 2020, dict.fromkeys(TWELVE, 1000), dataset="census")
        tell("registry_population_75plus", 2024, dict.fromkeys(TWELVE, 4000), dataset="register")

        found = compared(twelve)
        column = found.column(STATIONS)

        assert cell(found, 1, STATIONS).value == 3
        assert cell(found, 1, STATIONS).denominator == 4000
        assert column.per == "75歳以上人口千人あたり"
        assert any("registerの統計" in one and "2024" in one for one in column.sources)

    def test_without_a_population_the_count_is_shown_and_not_ranked(self, twelve):
        tell(STATIONS, 2025, {at: at for at in TWELVE})

        found = compared(twelve)

        assert cell(found, 3, STATIONS).value == 3
        assert {(one.quarter, one.rank, one.chance) for one in found.cells.values()} == {
            (None, None, None)
        }
        assert any("割る人口が分からない" in one for one in found.column(STATIONS).notes)

    def test_where_nobody_lives_the_number_does_not_apply(self, twelve):
        tell(STATIONS, 2025, dict.fromkeys(TWELVE, 1))
        tell("population_75plus", 2020, dict.fromkeys(range(1, 11), 1000) | {11: 0})

        found = compared(twelve)

        assert cell(found, 11, STATIONS).state == "not_applicable"
        assert cell(found, 12, STATIONS).state == telling.NO_POPULATION
        assert columns.WHERE_TO_LOAD in found.column(STATIONS).notes

    def test_a_population_of_the_nation_alone_divides_no_town(self, twelve):
        tell(STATIONS, 2025, {at: at for at in TWELVE})
        tell("population_75plus", 2020, {NATION_CODE: 9000}, kind=PlaceKind.NATION)

        found = compared(twelve)

        assert cell(found, 3, STATIONS).value == 3
        assert {columns.NO_POPULATION, columns.WHERE_TO_LOAD} <= {*found.column(STATIONS).notes}

    def test_a_count_without_a_population_says_so_on_the_page_and_in_excel(self, twelve, sign_in):
        tell(STATIONS, 2025, dict.fromkeys(TWELVE, 1))
        tell("population_75plus", 2020, dict.fromkeys(range(1, 12), 1000))
        officer = sign_in("other-officer")
        address = f"/p/{planted.CODE}/2026/compare/"
        page = officer.get(address).content.decode()
        book = load_workbook(io.BytesIO(officer.get(f"{address}export/").content))
        told = {str(value) for sheet in book for row in sheet.values for value in row if value}
        row = page.partition(f'<tr id="place-{town(12)}"')[2].partition("</tr>")[0]

        assert "人口なし" in row
        assert "割る人口が登録されていない" in row
        assert "不詳" not in row
        assert columns.WHERE_TO_LOAD in page
        assert any("割る人口が登録されていない" in one for one in told)
        assert any(columns.WHERE_TO_LOAD.rstrip("。") in one for one in told)

    def test_a_zero_without_anybody_who_offers_it_is_shown_and_never_ranked(self, twelve):
        tell("population_75plus", 2020, dict.fromkeys(TWELVE, 1000), dataset="census")
        tell(CLINICS, 2023, dict.fromkeys(range(1, 11), 3) | {11: 0, 12: 1}, dataset="survey")
        tell(CASES, 2023, dict.fromkeys(range(1, 11), 90) | {11: 0, 12: 0}, dataset="survey")

        found = compared(twelve)

        nobody, somebody = cell(found, 11, CASES), cell(found, 12, CASES)
        assert nobody.value == somebody.value == 0
        assert nobody.is_structural_zero
        assert not somebody.is_structural_zero
        assert nobody.rank is nobody.quarter is nobody.chance is None
        assert found.column(CASES).summary.count == 11


class TestChanceAndPooling:
    def test_a_planted_low_is_found_and_a_small_town_is_not_blamed(self, twelve):
        # Everywhere three in ten; one large town has two in ten, two small ones have by chance fewer still.
        pairs = {at: (3000 + at, 10_000) for at in range(1, 10)}
        tell_shares(2020, pairs | {10: (2000, 10_000), 11: (1, 12), 12: (20, 110)})

        found = compared(twelve)

        low, small, larger = (cell(found, at, SHARE) for at in (10, 11, 12))
        assert low.chance is Chance.FAR_BELOW
        assert low.quarter is Quarter.LOWEST
        assert small.is_reference
        assert small.quarter is small.chance is small.rank is None
        assert larger.chance in {Chance.BELOW, Chance.FAR_BELOW}

    def test_who_lies_above_the_average_is_not_behind(self, twelve):
        # The largest town pulls the average down: the last quarter of the others lies above it, beyond chance.
        pairs = {at: (4000 + 10 * at, 10_000) for at in range(1, 12)}
        tell_shares(2020, pairs | {12: (2000, 1_000_000)})

        found = compared(twelve, sort=SHARE)
        shown = compared(twelve, sort=SHARE, only_behind=True).places

        better = cell(found, 1, SHARE)
        assert (better.quarter, better.chance) == (Quarter.LOWEST, Chance.FAR_ABOVE)
        assert [one.code for one in shown] == [town(12)]

    def test_a_small_town_with_ten_cases_is_within_chance(self, twelve):
        pairs = dict.fromkeys(range(1, 12), (1000, 10000))
        tell_shares(2020, pairs | {12: (10, 160)})

        found = compared(twelve)

        assert cell(found, 12, SHARE).chance is Chance.WITHIN

    def test_years_are_pooled_from_their_counts(self, twelve):
        for year, above in ((2018, 100), (2019, 300), (2020, 200)):
            tell_shares(year, dict.fromkeys(TWELVE, (above, 1000 * (year - 2016))))

        found = compared(twelve, pool=3)
        column = found.column(SHARE)

        assert column.years == (2018, 2019, 2020)
        assert cell(found, 1, SHARE).value == Decimal("6.6667")
        assert cell(found, 1, SHARE).numerator == 600
        assert cell(found, 1, SHARE).denominator == 9000
        assert any("合計して計算" in one for one in column.notes)

    def test_a_year_that_a_town_lacks_is_said(self, twelve):
        tell_shares(2019, dict.fromkeys(range(1, 12), (100, 1000)))
        tell_shares(2020, dict.fromkeys(TWELVE, (200, 1000)))

        found = compared(twelve, pool=5)

        assert found.column(SHARE).years == (2019, 2020)
        assert cell(found, 1, SHARE).word == ""
        assert cell(found, 12, SHARE).word == "2年度のうち1年度"
        assert cell(found, 12, SHARE).value == 20

    def test_without_counts_nothing_is_pooled_and_that_is_said(self, twelve):
        tell("home_death_rate", 2019, dict.fromkeys(TWELVE, 10))
        tell("home_death_rate", 2020, dict.fromkeys(TWELVE, 20))

        found = compared(twelve, pool=3)

        assert cell(found, 1, "home_death_rate").value == 20
        assert found.column("home_death_rate").years == (2020,)
        assert any("まとめずに" in one for one in found.column("home_death_rate").notes)


class TestSubmitted:
    def test_what_towns_have_let_out_is_compared_with_its_counts(self, twelve):
        tell("home_death_rate", 2025, dict.fromkeys(TWELVE, 99))
        submit("home_death_rate", 2025, {at: (30 + at, 200) for at in range(1, 10)})
        submit("home_death_rate", 2025, {10: None, 11: (4, 20)}, finality="preliminary")

        found = compared(twelve, origin=Origin.SUBMITTED)

        assert cell(found, 1, "home_death_rate").value == Decimal("15.5")
        assert cell(found, 1, "home_death_rate").chance is Chance.WITHIN
        assert cell(found, 10, "home_death_rate").state == "suppressed"
        assert cell(found, 11, "home_death_rate").is_reference
        assert cell(found, 11, "home_death_rate").word == "速報"
        assert found.column("home_death_rate").summary.count == 10

    def test_what_the_prefecture_has_defined_is_a_column_behind_the_rest(self, twelve):
        define_of_prefecture()
        submit("home_death_rate", 2025, {at: (30 + at, 200) for at in range(1, 10)})
        submit("pref-98-renraku", 2025, {at: (50 + at, 100) for at in range(1, 10)})
        submit("pref-98-another", 2025, {1: (1, 100)})

        found = compared(twelve, origin=Origin.SUBMITTED)

        assert [one.code for one in found.columns] == ["home_death_rate", "pref-98-renraku"]
        assert found.column("pref-98-renraku").name == "夜間の連絡先を決めている割合"
        assert cell(found, 9, "pref-98-renraku").value == 59
        assert cell(found, 9, "pref-98-renraku").quarter is Quarter.HIGHEST
        chosen = compared(twelve, origin=Origin.SUBMITTED, indicators=("pref-98-renraku",))
        assert [one.code for one in chosen.columns] == ["pref-98-renraku"]
        assert "pref-98-renraku" not in {one.code for one in compared(twelve).columns}

    def test_and_it_has_its_years_and_its_place_in_the_filter(self, twelve):
        define_of_prefecture()
        for year in (2024, 2025):
            submit("pref-98-renraku", year, {at: (year - 1975 + at, 100) for at in range(1, 10)})
        found = compared(twelve, origin=Origin.SUBMITTED)

        told = trends.of(found, found.column("pref-98-renraku"))

        assert told.years == (2024, 2025)
        assert [point.value for point in told.places[8].points] == [58, 59]
        entry = ("pref-98-renraku", "夜間の連絡先を決めている割合")
        submitted = Selection(origin=Origin.SUBMITTED)
        assert entry in filtering.indicators(submitted, planted.CODE)
        assert entry not in filtering.indicators(submitted, "97")
        assert entry not in filtering.indicators(Selection(), planted.CODE)

    def test_a_share_without_its_counts_is_compared_and_not_judged_by_chance(self, twelve):
        submit("home_death_rate", 2025, {at: (30 + at, 200) for at in range(1, 10)})
        submit("home_death_rate", 2025, {10: (31, 100)})
        SubmittedValue.objects.filter(municipality__code=town(10)).update(
            numerator=None, denominator=None
        )

        told = cell(compared(twelve, origin=Origin.SUBMITTED), 10, "home_death_rate")

        assert (told.value, told.rank, told.chance) == (31, 1, None)

    @pytest.mark.parametrize(
        ("submitting", "shown", "is_told"),
        [
            (range(1, 4), (1, 2), False),
            # The one that is not shown would be what the average lacks.
            (range(1, 10), range(1, 9), False),
            (range(1, 9), (1, 2), True),
            # Nobody is hidden among those with a value, or nothing at all is.
            (range(1, 3), (1, 2), True),
            (range(1, 4), None, True),
        ],
    )
    def test_a_distribution_does_not_give_a_hidden_town_away(
        self, twelve, submitting, shown, is_told
    ):
        submit("home_death_rate", 2025, {at: (30 + at, 200) for at in submitting})
        tell("home_death_rate", 2025, {at: 30 + at for at in submitting})
        towns = None if shown is None else frozenset(map(town, shown))
        reader = Reader(planted.CODE, towns=towns)

        def told(origin):
            found = comparison(Selection(origin=origin), twelve, reader=reader)
            return found.column("home_death_rate")

        column, public = told(Origin.SUBMITTED), told(Origin.STATISTICS)
        numbers = {column.average, *(getattr(column.summary, one) for one in SUMMARY)}
        assert column.summary.count == len(submitting)
        assert (numbers == {None}) is not is_told
        assert (telling.WITHHELD in column.notes) is not is_told
        # Statistics are no secret; but the median of three of whom two are shown is the third's number.
        is_few = len(submitting) < LEAST_COMPARED and not is_told
        assert public.summary.minimum == (None if is_few else 31)
        assert telling.WITHHELD not in public.notes

    def test_versions_of_a_definition_are_not_mixed(self, twelve):
        submit("home_death_rate", 2025, {1: (30, 200), 2: (40, 200)})
        submit("home_death_rate", 2025, {3: (30, 200)}, definition_version=2)

        found = compared(twelve, origin=Origin.SUBMITTED)

        assert found.column("home_death_rate").summary.count == 2


@pytest.mark.parametrize("origin", Origin)
def test_one_town_and_many_take_the_same_few_queries(origin):
    places = places_of_prefecture(plant(60))
    tell_shares(2020, {at: (100 + at, 1000) for at in range(1, 61)})
    tell(CASES, 2023, {at: at % 3 for at in range(1, 61)})
    tell(CLINICS, 2023, {at: at % 2 for at in range(1, 61)})
    tell("home_death_rate", 2022, {1: 3, 50: 2})

    def queries(some):
        with CaptureQueriesContext(connection) as taken:
            compared(some, origin=origin)
        return len(taken)

    assert queries(places[:3]) == queries(places) <= 10
