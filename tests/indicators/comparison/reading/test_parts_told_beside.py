"""Rates of national definitions whose statistic tells numerator and denominator beside them: read with what stands behind."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading import trends
from indicators.comparison.reading.published import TELLS_PARTS
from indicators.comparison.shape import Chance
from indicators.models import Definition, PublishedValue
from tests import world
from tests.indicators.comparison.planted import (
    ABOVE,
    BELOW,
    SHARE,
    cell,
    compared,
    plant,
    tell,
    town,
)
from tests.indicators.intake.test_statistics_files import corrected, send, take

pytestmark = pytest.mark.django_db
DEATHS, GAIN = "home_death_rate", "cooperation_willingness_gain"
TEN = range(1, 11)


@pytest.fixture
def ten(db):
    return places_of_prefecture(plant(10))


def tell_parts(code, year, pairs, **more):
    """Publish rates with what they are made of beside them."""
    tell(code, year, {at: round(Decimal(100 * a) / b, 1) for at, (a, b) in pairs.items()}, **more)
    for at, (above, below) in pairs.items():
        rows = PublishedValue.objects.filter(
            definition__code=code, fiscal_year=year, place_code=town(at)
        )
        rows.update(numerator=above, denominator=below)


def queries(places, **asked):
    with CaptureQueriesContext(connection) as made:
        compared(places, **asked)
    return len(made)


class TestRead:
    def test_years_are_pooled_from_them(self, ten):
        tell_parts(DEATHS, 2019, dict.fromkeys(TEN, (10, 100)))
        tell_parts(DEATHS, 2020, dict.fromkeys(TEN, (90, 300)))

        found = compared(ten, pool=2)

        one = cell(found, 1, DEATHS)
        assert (one.value, one.numerator, one.denominator) == (25, 100, 400)
        assert found.column(DEATHS).years == (2019, 2020)

    def test_chance_is_judged_and_few_people_make_a_reference(self, ten):
        pairs = {at: (3000 + at, 10_000) for at in range(1, 9)}
        tell_parts(DEATHS, 2020, pairs | {9: (2000, 10_000), 10: (1, 12)})

        found = compared(ten)

        assert cell(found, 9, DEATHS).chance is Chance.FAR_BELOW
        assert cell(found, 10, DEATHS).is_reference

    def test_who_tells_the_rate_alone_is_compared_by_it(self, ten):
        tell_parts(DEATHS, 2020, dict.fromkeys(range(1, 10), (300, 1000)))
        tell(DEATHS, 2020, {10: "12.3"})

        found = compared(ten)

        assert cell(found, 10, DEATHS).value == Decimal("12.3")
        assert cell(found, 10, DEATHS).numerator is None
        assert cell(found, 1, DEATHS).numerator == 300

    def test_parts_that_contradict_the_rate_go_before_it(self, ten):
        """The warning about a file says so (`intake/comparing/doubting.py`)."""
        tell_parts(DEATHS, 2020, dict.fromkeys(TEN, (812, 10_000)))
        PublishedValue.objects.filter(definition__code=DEATHS).update(value=50)

        assert cell(compared(ten), 1, DEATHS).value == Decimal("8.12")

    def test_in_a_trend_too(self, ten):
        for year in (2019, 2020):
            tell_parts(DEATHS, year, dict.fromkeys(TEN, (1, 3)))
        found = compared(ten)

        told = trends.of(found, found.column(DEATHS))

        assert [one.value for one in told.places[0].points] == [Decimal("33.3333")] * 2

    def test_they_go_before_the_two_counts_of_the_same_statistic(self, ten):
        tell(ABOVE, 2020, dict.fromkeys(TEN, 100))
        tell(BELOW, 2020, dict.fromkeys(TEN, 1000))
        tell(SHARE, 2020, dict.fromkeys(range(2, 11), 10))
        tell_parts(SHARE, 2020, {1: (99, 900)})

        found = compared(ten)

        assert cell(found, 1, SHARE).denominator == 900
        assert cell(found, 2, SHARE).denominator == 1000

    def test_a_difference_is_no_quotient(self, ten):
        tell(GAIN, 2020, dict.fromkeys(TEN, 12))
        PublishedValue.objects.update(numerator=70, denominator=58)

        assert cell(compared(ten), 1, GAIN).value == 12


class TestQueries:
    def test_statistics_without_parts_ask_no_further_one(self, ten):
        tell(DEATHS, 2020, dict.fromkeys(TEN, 30))
        before = queries(ten)

        # The control: what another indicator tells of its parts costs one, whatever it is asked beside.
        assert queries(ten, indicators=(DEATHS,)) == before
        tell_parts("nursing_home_death_rate", 2020, dict.fromkeys(TEN, (30, 100)))
        assert queries(ten, indicators=(DEATHS,)) == before
        assert queries(ten) == before + 1

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite tells what it looks at")
    def test_whether_there_are_any_is_found_in_the_index_of_those_alone(self, ten):
        asked = Definition.every.annotate(tells_parts=TELLS_PARTS).order_by()

        assert "published_value_parts" in asked.explain()


def test_a_file_brings_them_to_the_pages_of_prefecture_and_town(sign_in, as_editor, cycle):
    officer = sign_in("officer")
    head = "コード,市町村,指標,年度,値,分子,分母\n"
    rows = [
        f"{world.OURS},見本市,{DEATHS},令和6年度,16.7,2,12",
        f"{world.THEIRS},見本町,{DEATHS},令和6年度,20.0,200,1000",
    ]
    upload = send(officer, head + "\n".join(rows))
    corrected(
        officer,
        upload,
        **{"role-3": "indicator", "indicator-3": "", "year-3": ""},
        **{"role-4": "year", "indicator-4": "", "year-4": ""},
    )
    take(officer, upload, is_public="1", public_source="見本県ホームページ「死亡の場所」")
    assert upload.state == "done", upload.message

    page = officer.get(f"/p/99/2026/compare/?indicator={DEATHS}").content.decode()
    row = page.partition(f'<tr id="place-{world.OURS}"')[2].partition("</tr>")[0]
    town = as_editor.get(f"/m/{world.OURS}/{world.YEAR}/compare/?scene=&indicator={DEATHS}")

    assert "参考値" in row
    assert "参考値" in town.content.decode().partition(">16.7")[2].partition("</tr>")[0]
