"""One council with all that belongs to it, as its page shows it, at home and at its partners."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from councils.choices import CouncilKind, SeatRole
from councils.meetings.meeting_calendar import is_readable, last_day_of
from councils.models import Council, CouncilFunction, CouncilPartner, Meeting, Outreach, Seat
from councils.register import structure
from councils.register.register import in_role_order, number_of, often, programme_of, state_of
from municipalities.japanese.numerals import grouped
from municipalities.kernel import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from municipalities.models import Cycle

UNWRITTEN = "（未記入）"
# What only a working group has to say.
OF_GROUPS = ("theme", "goal_long", "goal_short", "bodies_wanted")


@dataclass(frozen=True, slots=True)
class CouncilSheet:
    """`seats`: (role, seats) by role; `rows`: of a summary list; `group`: the same of a working group."""

    council: Council
    is_led: bool
    rows: tuple[dict[str, str], ...]
    group: tuple[dict[str, str], ...]
    functions: tuple[structure.Function, ...]
    seats: tuple[tuple[SeatRole, tuple[Seat, ...]], ...]
    outreach: tuple[Outreach, ...]
    partners: tuple[CouncilPartner, ...]
    meetings: tuple[Meeting, ...]
    people: str


def of(council: Council, cycle: Cycle) -> CouncilSheet:
    """Return the sheet of a council in five queries."""
    seats = in_role_order(Seat.objects.filter(council=council))
    known = [seat.people for seat in seats if seat.people is not None]
    partners = CouncilPartner.objects.filter(council=council)
    return CouncilSheet(
        council=council,
        is_led=council.is_led_here,
        rows=tuple(rows_of(council)),
        group=tuple(group_of(council)),
        functions=structure.numbered(CouncilFunction.objects.filter(council=council)),
        seats=tuple(
            (SeatRole(role), tuple(found)) for role, found in groupby(seats, lambda one: one.role)
        ),
        outreach=tuple(Outreach.objects.filter(council=council)),
        partners=tuple(partners.select_related("partner__prefecture")),
        meetings=tuple(meetings_of(council, cycle)),
        people=f"{grouped(sum(known))}人" if known else "",
    )


def meetings_of(council: Council, cycle: Cycle) -> list[Meeting]:
    """Return the meetings of the year by day, held or planned; none that a neighbour keeps to itself (庁内)."""
    rows = Meeting.objects.filter(council=council, fiscal_year=cycle.fiscal_year)
    shown = [row for row in rows.select_related("council", "municipality") if is_readable(row)]
    return sorted(shown, key=lambda row: (last_day_of(row), row.number or 0, row.pk))


def rows_of(council: Council) -> Iterator[dict[str, str]]:
    """Yield what is written about a council. What a neighbour leads is asked for nothing behind its fence."""
    yield line("種別", council.get_kind_display())
    if programme := programme_of(council):
        yield line("どの事業の会議か", programme)
    yield line("状態", state_of(council))
    if council.is_led_here:
        yield line("上位の会議体", council.parent or "なし")
        yield line("対象の地域", council.area or "市区町村の全域")
    yield line("場面", council.get_scene_display())
    if number := number_of(council):
        yield line("会議体の数", number)
    yield line("目的", council.purpose)
    yield line("開催の頻度", often(council))
    yield line("事務局", council.secretariat)
    if council.note:
        yield line("補足", council.note)


def group_of(council: Council) -> Iterator[dict[str, str]]:
    """Yield theme and goals: of every working group, and of others that have any."""
    is_asked = council.kind == CouncilKind.WORKING_GROUP
    if is_asked or any(getattr(council, name) for name in OF_GROUPS):
        for name in OF_GROUPS:
            yield line(changes.label_of(council, name), getattr(council, name))


def line(label: str, value: Any) -> dict[str, str]:
    return {"label": label, "value": str(value or "") or UNWRITTEN}
