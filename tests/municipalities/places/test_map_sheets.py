"""The shipped maps as they are drawn: every place has a path inside the sheet, neighbours share their border."""

import json
import re

import pytest

from municipalities.places import maps
from municipalities.reference import rows_of

CODES = [row["code"] for row in rows_of("municipalities.csv") if row["kind"] != "ward"]
PATH = re.compile(r"(?:M\d+ \d+l-?\d+(?:[ -]\d+| -\d+)*z)+")
NUMBERS = re.compile(r"-?\d+")


def rings(path):
    """Return the corners of each ring of a path, walked step by step."""
    found = []
    for ring in path.split("z")[:-1]:
        start, _, steps = ring.removeprefix("M").partition("l")
        x, y = (int(number) for number in start.split())
        corners, numbers = [(x, y)], [int(number) for number in NUMBERS.findall(steps)]
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + down
            corners.append((x, y))
        found.append(corners)
    return found


@pytest.mark.parametrize("number", range(1, 48))
def test_every_municipality_of_a_prefecture_has_a_path_on_the_sheet(number):
    prefecture = f"{number:02}"
    sheet = maps.of_prefecture(prefecture)

    assert list(sheet.shapes) == sorted(code for code in CODES if code.startswith(prefecture))
    for shape in sheet.shapes.values():
        assert PATH.fullmatch(shape.path), shape.code
        corners = [corner for ring in rings(shape.path) for corner in ring]
        assert len(set(corners)) >= 3, shape.code
        assert all(0 <= x <= sheet.width and 0 <= y <= sheet.height for x, y in corners)


def test_every_prefecture_has_a_path_on_the_sheet_of_the_country():
    sheet = maps.of_country()

    assert list(sheet.shapes) == [f"{number:02}" for number in range(1, 48)]
    assert [box.label for box in sheet.boxes] == ["沖縄県・奄美群島"]
    assert sheet.is_partial


def test_an_inset_holds_its_islands_and_no_others():
    sheet = maps.of_prefecture("13")
    main = min(box.y for box in sheet.boxes)
    below = {
        code
        for code, shape in sheet.shapes.items()
        if all(y > main for ring in rings(shape.path) for _, y in ring)
    }

    assert below == {code for code in CODES if code.startswith("13") and code >= "133612"}
    assert sheet.is_partial


@pytest.mark.parametrize("prefecture", ["13", "46", "47"])
def test_insets_stand_beside_each_other_and_their_shapes_within(prefecture):
    sheet = maps.of_prefecture(prefecture)
    corners = [spot for one in sheet.shapes.values() for ring in rings(one.path) for spot in ring]

    for box in sheet.boxes:
        assert box.x + box.width <= sheet.width
        assert box.y + box.height <= sheet.height
        inside = [
            (x, y)
            for x, y in corners
            if box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
        ]
        assert len(inside) >= 3, box.label
    for one in sheet.boxes:
        for other in sheet.boxes:
            assert (
                one == other
                or one.x + one.width < other.x
                or other.x + other.width < one.x
                or (one.y != other.y)
            )


@pytest.mark.parametrize("code", ["99", "00", "48", ""])
def test_where_no_map_is_shipped_there_is_none(code):
    assert maps.of_prefecture(code) is None


def test_neighbours_have_the_same_border_so_that_no_gap_opens():
    """Every stretch inside a prefecture is walked by two municipalities, in opposite directions."""
    shapes = maps.of_prefecture("11").shapes.values()
    walked = [
        (a, b)
        for one in shapes
        for ring in rings(one.path)
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)
        if a != b
    ]
    shared = sum((b, a) in set(walked) for a, b in walked)

    # 埼玉県 has no coast: what is walked once is its own border.
    assert shared / len(walked) > 0.6


def test_a_sign_stands_inside_its_shape_with_room_around():
    for shape in maps.of_prefecture("08").shapes.values():
        if shape.sign:
            spot = (float(shape.sign[0]), float(shape.sign[1]))
            assert any(maps.is_inside(spot, tuple(ring)) for ring in rings(shape.path))


def test_a_map_is_drawn_once_and_again_when_its_file_changes(tmp_path, monkeypatch):
    (tmp_path / "prefectures").mkdir()
    file = tmp_path / "prefectures" / "98.topojson"
    monkeypatch.setattr(maps, "MAPS", tmp_path)
    monkeypatch.setattr(maps, "windows", lambda name: ())
    square = {
        "arcs": [[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]],
        "objects": {
            "municipalities": {
                "geometries": [{"type": "Polygon", "arcs": [[0]], "properties": {"code": "a"}}]
            }
        },
    }
    file.write_text(json.dumps(square), encoding="utf-8")
    first = maps.of_prefecture("98")
    assert maps.of_prefecture("98") is first

    square["objects"]["municipalities"]["geometries"][0]["properties"]["code"] = "b"
    file.write_text(json.dumps(square), encoding="utf-8")

    assert list(maps.of_prefecture("98").shapes) == ["b"]
