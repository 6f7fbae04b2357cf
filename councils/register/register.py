"""The councils of a municipality as their list and their chart show them, joint ones of others among them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from councils.choices import CouncilStatus, Programme, SeatRole
from councils.models import Council, Seat
from councils.register import chart, structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from municipalities.models import Cycle

OTHERS = "ほかの事業"


@dataclass(frozen=True, slots=True)
class Entry:
    """One council of the list, with those below it. `lead` is empty where it is ours."""

    row: Council
    url: str
    lead: str
    state: str
    details: tuple[str, ...]
    facts: tuple[str, ...]
    members: tuple[str, ...]
    below: tuple[Entry, ...]
    first: bool
    last: bool

    @property
    def is_preparing(self) -> bool:
        return self.row.status == CouncilStatus.PREPARING


def entries(cycle: Cycle) -> tuple[Entry, ...]:
    """Return the list as trees, ours first, in two queries."""
    rows = list(Council.objects.select_related("municipality"))
    rows.sort(key=lambda row: (not row.is_led_here, row.municipality.code, row.position, row.pk))
    seats: dict[int, list[Seat]] = {}
    for seat in in_role_order(Seat.objects.all()):
        seats.setdefault(seat.council_id, []).append(seat)
    return grown(structure.forest(rows), seats, cycle)


def in_role_order(seats: Iterable[Seat]) -> list[Seat]:
    """Return the seats by role, as the roles are listed, then as people put them."""
    order = list(SeatRole)
    return sorted(seats, key=lambda one: (order.index(SeatRole(one.role)), one.position, one.pk))


def grown(
    nodes: Sequence[structure.Node], seats: dict[int, list[Seat]], cycle: Cycle
) -> tuple[Entry, ...]:
    ours = [node.row.pk for node in nodes if node.row.is_led_here]
    return tuple(
        Entry(
            row=node.row,
            url=address(node.row, cycle),
            lead=lead_of(node.row),
            state=state_of(node.row),
            details=details_of(node.row, seats.get(node.row.pk, ())),
            facts=facts_of(node.row),
            members=tuple(map(member, seats.get(node.row.pk, ()))),
            below=grown(node.below, seats, cycle),
            first=node.row.pk in ours[:1],
            last=node.row.pk in ours[-1:],
        )
        for node in nodes
    )


def address(row: Council, cycle: Cycle) -> str:
    """Return the page of a council: ours, or how a neighbour's reads here."""
    if row.is_led_here:
        return cycle.url("councils:council", row.key)
    return cycle.url("councils:council_shared", row.municipality.code, row.key)


def lead_of(row: Council) -> str:
    return "" if row.is_led_here else f"{row.municipality}が代表"


def facts_of(row: Council) -> tuple[str, ...]:
    """Return what the chart says under the name of a council, each a short text."""
    kind = row.get_kind_display()
    state = "" if row.status == CouncilStatus.ACTIVE else state_of(row)
    found = (
        programme_of(row),
        "" if kind in row.name else kind,
        number_of(row),
        lead_of(row),
        state,
        row.frequency or row.times,
    )
    return tuple(filter(None, found))


def details_of(row: Council, seats: Iterable[Seat]) -> tuple[str, ...]:
    """Return what the list says in the line under a council's name and state."""
    found = (
        programme_of(row),
        row.get_kind_display(),
        number_of(row),
        often(row),
        row.secretariat and f"事務局：{row.secretariat}",
        counted(seats),
    )
    return tuple(filter(None, found))


def number_of(row: Council) -> str:
    return f"{row.number_of_bodies}か所" if row.number_of_bodies else ""


def often(row: Council) -> str:
    """Return 「年2～4回程度」; the numbers follow where the words do not say them."""
    named = row.frequency, "" if row.times in row.frequency else row.times
    return "、".join(filter(None, named))


def programme_of(row: Council) -> str:
    """Return 「ほかの事業：地域ケア会議（個別）」, or nothing for a council of our programme."""
    if row.programme == Programme.OURS:
        return ""
    named = "" if row.programme == Programme.OTHER else f"：{row.get_programme_display()}"
    return f"{OTHERS}{named}"


def state_of(row: Council) -> str:
    """Return 「準備中（令和6年度末に設置の予定）」, 「設置済み」 or 「終了（令和7年3月）」."""
    told = {
        CouncilStatus.PREPARING: row.planned and f"{row.planned}に設置の予定",
        CouncilStatus.ACTIVE: row.established and f"{row.established}から",
        CouncilStatus.ENDED: row.ended,
    }[CouncilStatus(row.status)]
    return f"{row.get_status_display()}（{told}）" if told else row.get_status_display()


def counted(seats: Iterable[Seat]) -> str:
    """Return 「構成員 2、候補 14」, or nothing."""
    found = Counter(seat.role == SeatRole.CANDIDATE for seat in seats)
    named = ((found[False], "構成員"), (found[True], "候補"))
    return "、".join(f"{label} {count}" for count, label in named if count)


def member(seat: Seat) -> str:
    return f"{seat.name}（候補）" if seat.role == SeatRole.CANDIDATE else seat.name


def chart_of(found: Sequence[Entry]) -> chart.Chart | None:
    """Return the chart of all councils that have not ended, or None where there is none."""
    bodies = tuple(bodies_of(found))
    return chart.draw(bodies) if bodies else None


def bodies_of(found: Sequence[Entry]) -> Iterable[chart.Body]:
    """Yield the councils for the chart; those below one that has ended move up."""
    for one in found:
        below = tuple(bodies_of(one.below))
        if one.row.status == CouncilStatus.ENDED:
            yield from below
        else:
            yield chart.Body(one.row.name, one.url, one.facts, one.members, one.is_preparing, below)
