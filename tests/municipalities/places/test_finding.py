"""Names as lists write them: the same name twice, other glyphs, former names, districts in front."""

import pytest

from municipalities import reference
from municipalities.places import finding
from municipalities.places.finding import NameIndex, Place

FUCHU_TOKYO = Place("132063", "府中市", "13", "東京都")
FUCHU_HIROSHIMA = Place("342084", "府中市", "34", "広島県")
SHIOGAMA = Place("042030", "塩竈市", "04", "宮城県", aliases=("塩釜市",))
MIZUHO = Place("133035", "瑞穂町", "13", "東京都", district="西多摩郡")
INDEX = NameIndex([FUCHU_TOKYO, FUCHU_HIROSHIMA, SHIOGAMA, MIZUHO])


def test_a_name_of_two_places_gives_both():
    assert INDEX.find("府中市") == [FUCHU_TOKYO, FUCHU_HIROSHIMA]


@pytest.mark.parametrize("prefecture", ["34", "広島県", "３４", "広島県 "])
def test_the_prefecture_decides(prefecture):
    assert INDEX.find("府中市", prefecture) == [FUCHU_HIROSHIMA]


@pytest.mark.parametrize("name", ["塩竈市", "塩釜市", "宮城県塩釜市", "塩釜市　", "塩 釜 市"])
def test_other_glyphs_are_found(name):
    assert INDEX.find(name) == [SHIOGAMA]


@pytest.mark.parametrize(
    "name", ["瑞穂町", "西多摩郡瑞穂町", "東京都西多摩郡瑞穂町", "東京都瑞穂町"]
)
def test_a_district_may_stand_before_the_name(name):
    assert INDEX.find(name, "13") == [MIZUHO]


@pytest.mark.parametrize("name", ["", "府中", "塩釜", "瑞穂市"])
def test_nothing_is_guessed_from_a_part(name):
    assert INDEX.find(name) == []


@pytest.mark.django_db
def test_the_whole_country_is_found_by_prefecture_and_name(country, django_assert_num_queries):
    with django_assert_num_queries(2):
        country = finding.index()

    for row in reference.rows_of("municipalities.csv"):
        found = country.find(row["name"], row["prefecture"])
        assert [place.code for place in found] == [row["code"]]
    for row in reference.rows_of("municipality_aliases.csv"):
        found = country.find(row["alias"], row["municipality"][:2])
        assert [place.code for place in found] == [row["municipality"]]
    # The town became a city; another town of the former name lies in 栃木県.
    assert [place.code for place in country.find("那珂川町")] == ["094111", "402311"]


@pytest.mark.django_db
def test_former_codes_name_those_that_follow(country):
    former = finding.former_codes()

    assert len(former) == 7
    assert former["221350"] == ["221384", "221392"]
    assert not set(former) & set(finding.names())
