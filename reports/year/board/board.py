"""The board of a year for one person: what comes next, the PDCA table, the parts of the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch
from django.utils import timezone

from municipalities.templatetags.era import western
from reports.choices import Phase, ReportStatus
from reports.submission.counting import phases, year_parts
from reports.submission.counting.phases import Way
from reports.submission.counting.year_parts import YearPart
from reports.year.board import chain, managing, next_things, state

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.models import Cycle
    from reports.models import ProgressReport
    from reports.submission.counting.phases import Cell, Row
    from reports.year.board.next_things import Next
    from reports.year.board.state import YearState

UNITS = {Phase.PLAN: "項目"}
# So many reports that came to their end are told of.
MOST_MARKS = 3
# Pages that everybody opens who sees the board.
OPEN_PAGES = frozenset({"logicmodels:scene", "indicators:indicator_list"})


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell with its look and the address where it goes on; no address where there is nothing to do."""

    cell: Cell
    url: str
    words: str

    @property
    def look(self) -> str:
        return self.cell.state.look

    @property
    def word(self) -> str:
        return str(self.cell.state.label)

    @property
    def phase(self) -> str:
        return str(self.cell.phase.label)

    @property
    def count(self) -> str:
        """「5件中3件」; nothing where nothing is counted."""
        unit = UNITS.get(self.cell.phase, "件")
        whole = self.cell.wanted
        return f"{whole}{unit}中{self.cell.done}{unit}" if whole else ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One scene with its page and its cells."""

    label: str
    url: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownThing:
    """One of the deeds that come next, with its address."""

    next: Next
    url: str

    @property
    def thing(self) -> next_things.Thing:
        return self.next.thing


@dataclass(frozen=True, slots=True)
class Mark:
    """A report to which everything was said, or that was accepted, and since when."""

    title: str
    url: str
    word: str
    on: dt.datetime | dt.date | None


@dataclass(frozen=True, slots=True)
class Board:
    """`things` is None for who only reads: they have nothing to do here."""

    things: list[ShownThing] | None
    marks: list[Mark]
    rows: list[ShownRow]
    parts: list[YearPart]
    is_empty: bool

    @property
    def at_once(self) -> list[ShownThing]:
        return (self.things or [])[: next_things.MOST]

    @property
    def more(self) -> list[ShownThing]:
        return (self.things or [])[next_things.MOST :]

    phases = tuple(str(phase.label) for phase in Phase)


def of(cycle: Cycle, *, may_edit: bool, may_manage: bool = False) -> Board:
    """Return the board in the same few queries for any number of rows."""
    found = state.of(cycle, may_edit=may_edit)
    profile = year_parts.profile(cycle)
    rows = phases.rows(found.facts)
    return Board(
        things=_things(found, profile, may_edit=may_edit, may_manage=may_manage),
        marks=_marks(found.reports),
        rows=[_row(cycle, row, may_edit=may_edit) for row in rows],
        parts=_parts(found, profile),
        is_empty=found.facts.is_empty and not found.reports,
    )


def _things(
    found: YearState, profile: YearPart, *, may_edit: bool, may_manage: bool
) -> list[ShownThing] | None:
    """Return the deeds whose pages the site has, the most urgent first; None for who has none to do."""
    if not (may_edit or may_manage):
        return None
    urls: dict[next_things.Thing, str] = {}
    if may_manage:
        urls |= managing.things(found.cycle, found.reports)
    if may_edit:
        urls |= {one: address(found.cycle, one.way) for one in chain.things(found, profile)}
    known = {one: url for one, url in urls.items() if url}
    ordered = next_things.in_order(known, today=timezone.localdate())
    return [ShownThing(one, known[one.thing]) for one in ordered]


def _marks(reports: list[Any]) -> list[Mark]:
    """Return the reports that stand at 助言済み or 受理, the newest first."""
    since = {ReportStatus.ADVISED: "advised_at", ReportStatus.ACCEPTED: "accepted_on"}
    ended = [one for one in reversed(reports) if one.status in since][:MOST_MARKS]
    return [
        Mark(
            one.title,
            one.get_absolute_url(),
            str(one.get_status_display()),
            getattr(one, since[one.status]),
        )
        for one in ended
    ]


def address(cycle: Cycle, way: Way) -> str:
    """Return where a way leads in this year, or nothing where the site has no such page."""
    try:
        return cycle.url(way.page, *way.args) + way.tail
    except NoReverseMatch:
        return ""


def _row(cycle: Cycle, row: Row, *, may_edit: bool) -> ShownRow:
    url = cycle.url("logicmodels:scene", row.scene.value)
    return ShownRow(
        row.label, url, tuple(_cell(cycle, row, one, may_edit=may_edit) for one in row.cells)
    )


def _cell(cycle: Cycle, row: Row, cell: Cell, *, may_edit: bool) -> ShownCell:
    way = cell.way
    if way and not may_edit and way.page not in OPEN_PAGES:
        way = Way("この場面を見る", "logicmodels:scene", (row.scene.value,))
    return ShownCell(cell, address(cycle, way) if way else "", way.words if way else "")


def _parts(found: YearState, profile: YearPart) -> list[YearPart]:
    cycle = found.cycle
    effects = {name: found.counts[name] for name in state.EFFECTS}
    draft = next((one for one in reversed(found.reports) if one.is_draft), None)
    where = draft.get_absolute_url() if draft else cycle.url("reports:report_list")
    return [
        profile,
        year_parts.support(cycle, found.steps),
        year_parts.texts(where, found.counts["texts"]),
        year_parts.effects(cycle, effects),
        _report(cycle, found.reports),
    ]


def _report(cycle: Cycle, reports: list[ProgressReport]) -> YearPart:
    """The last part: the newest report's state; one that is still in the house is opened at once."""
    if not reports:
        return YearPart("報告書", cycle.url("reports:report_list"), "todo")
    latest = reports[-1]
    word = latest.get_status_display()
    if latest.is_open:
        hint = f"{latest.title}は、まだ提出されていません"
        return YearPart("報告書", latest.get_absolute_url(), "doing", hint, word)
    hint = f"{latest.title}の提出日：{western(latest.submitted_at)}"
    return YearPart("報告書", cycle.url("reports:report_list"), "done", hint, word)
