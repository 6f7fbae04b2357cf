"""The shapes as shipped: every municipality once, none of them empty."""

import json

import pytest

from municipalities.reference import DATA, rows_of

MAPS = DATA / "maps"
CODES = {row["code"] for row in rows_of("municipalities.csv") if row["kind"] != "ward"}
CODES -= {"990019", "990027", "990035"}


def shapes(path):
    """Return the geometries of a map; each holds arcs that the file has."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    geometries = topology["objects"]["municipalities"]["geometries"]
    for geometry in geometries:
        arcs = list(flat(geometry["arcs"]))
        assert arcs
        for number in arcs:
            # A negative number is the arc ~number, walked backwards.
            assert topology["arcs"][number if number >= 0 else ~number]
    return geometries


def flat(value):
    if isinstance(value, list):
        for one in value:
            yield from flat(one)
    else:
        yield value


@pytest.mark.parametrize("number", range(1, 48))
def test_a_prefecture_has_the_shapes_of_its_municipalities(number):
    prefecture = f"{number:02}"
    found = shapes(MAPS / "prefectures" / f"{prefecture}.topojson")

    assert sorted(one["properties"]["code"] for one in found) == sorted(
        code for code in CODES if code.startswith(prefecture)
    )


def test_the_country_has_1741_shapes():
    found = shapes(MAPS / "japan_municipalities_light.topojson")

    assert len(found) == 1741
    assert {one["properties"]["code"] for one in found} == CODES


def test_the_country_has_47_prefectures():
    found = shapes(MAPS / "japan_prefectures.topojson")

    assert {one["properties"]["pref"] for one in found} == {
        row["code"] for row in rows_of("prefectures.csv")
    } - {"99"}
