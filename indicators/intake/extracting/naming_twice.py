"""Rows that tell their place twice, by a code and by a name: whether both mean the same. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.choices import CodeForm, PlaceKind
from indicators.intake.layouts.locating import COUNTY, ELSEWHERE, plain
from indicators.intake.layouts.plan import key_of
from indicators.intake.layouts.table import at
from municipalities import codes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.intake.layouts.layout import Layout
    from indicators.intake.layouts.locating import Located, Places

    Row = Sequence[str]

NAME_HEADINGS = frozenset(
    {
        "市区町村",
        "市区町村名",
        "市町村",
        "市町村名",
        "区市町村",
        "区市町村名",
        "自治体",
        "自治体名",
        "団体名",
        "地域名",
        "municipality",
        "municipality_name",
    }
)
OF_TOWNS = {PlaceKind.MUNICIPALITY, PlaceKind.WARD}
LONGEST = 30


class Names:
    """The column of names beside that of codes, where there is one. What it has compared once it knows."""

    def __init__(self, places: Places, layout: Layout, taken: set[int]) -> None:
        self.places = places
        self.known: dict[tuple[str, str], str] = {}
        own = taken | {layout.place_column, layout.prefecture_column}
        found = () if layout.code_form == CodeForm.NAME else columns_of_names(layout, own)
        self.column = next(iter(found), 0)

    def is_county(self, row: Row) -> bool:
        """Whether a row is the sum of a county, which has a code like a town's: the resident register lists them."""
        return bool(COUNTY.fullmatch(plain(self.of(row))))

    def of(self, row: Row) -> str:
        return at(row, self.column).strip() if self.column else ""

    def against(self, row: Row, place: Located, written: str) -> str:
        """Return what to do where the name of a row speaks against its code, else nothing."""
        name = plain(self.of(row))
        if not name:
            return ""
        key = (written, name)
        if (told := self.known.get(key)) is None:
            told = self.known[key] = self.compared(place, written, name)
        return told

    def compared(self, place: Located, written: str, name: str) -> str:
        own = place.code if place.kind in OF_TOWNS else ""
        if place is ELSEWHERE:
            own = codes.FRACTION.sub("", plain(written))
        named = self.places.find(name, "")
        # A name that nobody bears today, an old or a shortened one, speaks against nothing.
        if own not in self.places.by_code or not named or own in named:
            return ""
        if place is ELSEWHERE and not any(map(self.is_ours, named)):
            return ""
        return (
            f"コード{own}は{self.places.names.get(own, '別の市区町村')}のものですが、"
            f"名称は「{name[:LONGEST]}」（{named[0]}）です。どちらが正しいかを確かめて、直してください。"
        )

    def is_ours(self, code: str) -> bool:
        return self.places.is_ours(self.places.by_code[code][2])


def columns_of_names(layout: Layout, taken: set[int]) -> Iterator[int]:
    for column in layout.columns:
        if column.number not in taken and key_of(column.heading).lower() in NAME_HEADINGS:
            yield column.number
