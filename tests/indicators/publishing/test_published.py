"""What pages read of the statistics: the latest figure and the series, each with year and source."""

from decimal import Decimal

import pytest

from indicators.choices import PlaceKind, ValueState
from indicators.models import Dataset, Definition, PublishedValue
from indicators.publishing import published
from municipalities.models import Municipality
from tests import world

pytestmark = pytest.mark.django_db
PLACE = (PlaceKind.MUNICIPALITY, world.OURS)
CODE = "home_care_support_clinics"


@pytest.fixture
def publish(db):
    """Return a maker of values of our town."""

    def one(code, year, value, *, dataset="survey", place=PLACE):
        made, _ = Dataset.objects.get_or_create(code=dataset, defaults={"title": f"{dataset}調査"})
        return PublishedValue.objects.create(
            definition=Definition.objects.get(code=code),
            dataset=made,
            place_kind=place[0],
            place_code=place[1],
            fiscal_year=year,
            value=value,
            state=ValueState.VALUE if value is not None else ValueState.NOT_APPLICABLE,
        )

    return one


def test_the_latest_figure_has_its_year_and_source(publish, django_assert_num_queries):
    publish("population_total", 2015, Decimal(1000))
    publish("population_total", 2020, Decimal(1234))

    with django_assert_num_queries(1):
        found = published.latest(PLACE, ["population_total", "deaths"])["population_total"]

    assert found.text == "1,234人"
    assert found.source == "令和2年度（2020年度）　survey調査"
    assert [(point.fiscal_year, point.value) for point in found.points] == [
        (2015, 1000),
        (2020, 1234),
    ]


def test_two_statistics_of_one_thing_stay_two_series(publish):
    publish(CODE, 2023, Decimal(5))
    publish(CODE, 2020, Decimal(4))
    publish(CODE, 2025, Decimal(9), dataset="list")

    found = published.series(PLACE, [CODE])[CODE]

    assert [(one.dataset.code, len(one.points)) for one in found] == [("list", 1), ("survey", 2)]
    assert published.latest(PLACE, [CODE])[CODE].dataset.code == "list"


def test_of_the_same_year_the_order_of_datasets_holds(publish):
    publish(CODE, 2023, Decimal(5), dataset="b")
    publish(CODE, 2023, Decimal(4), dataset="a")

    assert published.latest(PLACE, [CODE])[CODE].dataset.code == "a"


def test_a_state_is_told_and_no_older_value_stands_in(publish):
    publish("aging_rate_65", 2015, Decimal(30))
    publish("aging_rate_65", 2020, None)

    assert published.latest(PLACE, ["aging_rate_65"])["aging_rate_65"].text == "－"


def test_places_are_told_apart_by_kind_and_code(publish, django_assert_num_queries):
    other = (PlaceKind.MUNICIPALITY, world.THEIRS)
    publish(CODE, 2023, Decimal(5))
    publish(CODE, 2023, Decimal(6), place=other)
    publish(CODE, 2023, Decimal(7), place=(PlaceKind.WARD, world.OURS))

    with django_assert_num_queries(1):
        found = published.series_of_places(PLACE[0], [PLACE[1], other[1]], [CODE])

    assert {code: one[CODE][0].latest.value for code, one in found.items()} == {
        world.OURS: 5,
        world.THEIRS: 6,
    }
    assert published.series((PlaceKind.NATION, "JP"), [CODE]) == {}


def test_a_municipality_and_a_ward_are_places_of_their_kind():
    city = Municipality.objects.get(code=world.OURS)
    ward = Municipality(code="990027", kind="ward", parent=city)

    assert published.place_of(city) == PLACE
    assert published.place_of(ward) == (PlaceKind.WARD, "990027")
