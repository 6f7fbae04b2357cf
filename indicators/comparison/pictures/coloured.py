"""地図: the places as links on the shipped shapes, in the classes of the table. Pure but for the shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import PlaceKind
from indicators.comparison.pictures import classes, listed
from municipalities.places import maps

if TYPE_CHECKING:
    from indicators.comparison.pictures.classes import Look
    from indicators.comparison.pictures.listed import Row
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Column, Comparison, Place
    from municipalities.places.maps import Box, Shape, Sheet

SCATTERED = "複数の都道府県の市区町村を並べているため、地図はありません。下の一覧で比べてください。"
SHAPELESS = "この地域の地図は用意されていません。下の一覧で比べてください。"


@dataclass(frozen=True, slots=True)
class Region:
    """One shape; `row` is None for a place that is not compared."""

    shape: Shape
    row: Row | None

    @property
    def look(self) -> Look:
        return self.row.look if self.row else classes.OUTSIDE


@dataclass(frozen=True, slots=True)
class Map:
    """`absence` says why there is no map; the list stands in any case."""

    column: Column
    rows: tuple[Row, ...]
    legend: tuple[Look, ...]
    absence: str = ""
    width: int = 0
    height: int = 0
    # The marked place comes last, so that its border lies above its neighbours'.
    regions: tuple[Region, ...] = ()
    boxes: tuple[Box, ...] = ()
    is_partial: bool = False
    source: str = maps.SOURCE

    @property
    def way(self) -> str:
        """What is pressed to mark a place: the regions of the table's rows are links."""
        if not any(one.row for one in self.regions):
            return ""
        is_whole = all(one.row for one in self.regions)
        return "地図の地域" if is_whole else "地図の地域（一覧にあるもの）"


def coloured(comparison: Comparison, column: Column, selection: Selection) -> Map:
    """Return the map of an indicator, or the list with the reason why there is none."""
    rows = tuple(listed.rows(comparison, column, selection))
    sheet = sheet_of(comparison.places)
    if isinstance(sheet, str):
        return Map(column, rows, tuple(classes.legend([row.look for row in rows])), absence=sheet)
    by_code = {row.place.code: row for row in rows}
    regions = [Region(shape, by_code.get(code)) for code, shape in sheet.shapes.items()]
    return Map(
        column=column,
        rows=rows,
        legend=tuple(classes.legend([one.look for one in regions])),
        width=sheet.width,
        height=sheet.height,
        regions=tuple(sorted(regions, key=lambda one: bool(one.row and one.row.is_marked))),
        boxes=sheet.boxes,
        is_partial=sheet.is_partial,
    )


def sheet_of(places: tuple[Place, ...]) -> Sheet | str:
    """Return the map on which these places lie, or the sentence that says why there is none."""
    kinds = {place.kind for place in places}
    if kinds == {PlaceKind.PREFECTURE}:
        return maps.of_country() or SHAPELESS
    prefectures = {place.code[:2] for place in places}
    if kinds != {PlaceKind.MUNICIPALITY}:
        return SHAPELESS
    return SCATTERED if len(prefectures) > 1 else maps.of_prefecture(*prefectures) or SHAPELESS
