"""協議体の体制の図 on paper: the councils of a report as boxes, each above those it stands over. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from councils.choices import SeatRole
from councils.register import chart
from reports.paper.parts.logic import IN_TEXT, sheet_for
from reports.paper.wording.wording import POINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.document.year_bodies import CouncilLine, SeatLine

# A council that stands alone is told in full by its entry.
LEAST_BOXES = 2


@dataclass(frozen=True, slots=True)
class CouncilDrawing:
    """The chart, the sheet that keeps it legible, and its size there in millimetres."""

    chart: chart.Chart
    sheet: str
    width: str
    height: str

    @property
    def has_own_sheet(self) -> bool:
        return self.sheet != IN_TEXT.name


def council_drawing(councils: Sequence[CouncilLine]) -> CouncilDrawing | None:
    """Return the chart of the councils that have not ended; None where there is nothing to relate."""
    drawn = chart.draw(tuple(bodies(councils)))
    if len(drawn.boxes) < LEAST_BOXES:
        return None
    sheet = sheet_for(drawn, chart.FONT)
    scale = sheet.points(drawn, chart.FONT) * POINT / chart.FONT
    return CouncilDrawing(
        drawn, sheet.name, f"{drawn.width * scale:.1f}mm", f"{drawn.height * scale:.1f}mm"
    )


def bodies(councils: Sequence[CouncilLine]) -> Iterator[chart.Body]:
    """Yield the councils as trees by their depth; those below one that has ended move up."""
    at = 0
    while at < len(councils):
        one, end = councils[at], at + 1
        while end < len(councils) and councils[end].depth > one.depth:
            end += 1
        below = tuple(bodies(councils[at + 1 : end]))
        if one.is_ended:
            yield from below
        else:
            yield chart.Body(
                one.name,
                "",
                facts(one),
                members(one.seats),
                one.is_preparing,
                below,
            )
        at = end


def facts(one: CouncilLine) -> tuple[str, ...]:
    """Return the short lines under the name, as the screen's chart has them."""
    found = (
        f"ほかの事業：{one.programme}" if one.programme else "",
        "" if one.kind in one.name else one.kind,
        f"{one.lead}が代表" if one.lead else "",
        one.status if one.is_preparing else "",
        one.held,
    )
    return tuple(filter(None, found))


def members(seats: Iterable[SeatLine]) -> tuple[str, ...]:
    candidate = str(SeatRole.CANDIDATE.label)
    return tuple(f"{seat.name}（候補）" if seat.role == candidate else seat.name for seat in seats)
