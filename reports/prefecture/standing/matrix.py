"""段階の一覧: municipalities by the steps of the support and the phases of the cycle, as a query asks for them.

From published dates, counts and states alone; pure but for `rows_of`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils import timezone

from municipalities.choices import CARE_SCENES
from reports.choices import Phase, PhaseState, StepKind
from reports.models import StepProgress
from reports.prefecture.standing import need
from reports.prefecture.standing.areas import asked_of
from reports.prefecture.standing.signs import SHORT, SIGNS
from reports.prefecture.standing.standing import lines_of
from reports.support import records
from reports.support.record_counts import of_town

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from municipalities.access import Scope
    from municipalities.choices import Scene
    from municipalities.models import Municipality
    from reports.prefecture.standing.areas import Areas
    from reports.prefecture.standing.lines import Line
    from reports.support.record_counts import TownCount

STEPS, PHASES = "steps", "phases"
VIEWS = {STEPS: "連携支援の段階", PHASES: "計画・実施・評価・見直し"}
STEP_NAMES = {
    StepKind.PRE_MEETING_1: "打合せ①",
    StepKind.PRE_MEETING_2: "打合せ②",
    StepKind.INTERIM_1: "中間報告会①",
    StepKind.INTERIM_2: "中間報告会②",
    StepKind.FINAL: "最終報告会",
    StepKind.OTHER: "その他",
}
PHASE_NAMES = {
    Phase.PLAN: "計画",
    Phase.DO: "実施",
    Phase.CHECK: "評価",
    Phase.ACT: "見直し",
}
# The rows of filters.
NOT_HELD, NOT_PREPARED = "未実施", "未用意（－）"
NOT_BEGUN = "未着手の場面がある"
# How far a phase is, the least first.
ADVANCE = (
    PhaseState.BLOCKED,
    PhaseState.NOT_STARTED,
    PhaseState.UNSURE,
    PhaseState.DOING,
    PhaseState.DONE,
)


@dataclass(frozen=True, slots=True)
class StepCell:
    """One step of a town's support. Days are read on the day of the page: what lay ahead may be over."""

    meetings: int
    held: int
    held_on: dt.date | None
    next_on: dt.date | None
    today: dt.date

    @property
    def is_held(self) -> bool:
        return bool(self.held) or self._has_come

    @property
    def _has_come(self) -> bool:
        return self.next_on is not None and self.next_on <= self.today

    @property
    def day(self) -> dt.date | None:
        """The day it was held last, or is to be held."""
        return self.next_on if self._has_come or not self.held else self.held_on

    @property
    def held_now(self) -> int:
        return self.held + self._has_come

    @property
    def word(self) -> str:
        if self.is_held:
            return "実施済み"
        return "予定あり" if self.next_on else "日付未定"

    @property
    def look(self) -> str:
        if self.is_held:
            return "done"
        return "doing" if self.next_on else "todo"

    @property
    def times(self) -> str:
        """「2／3回」 where the step has several meetings."""
        return f"{self.held_now}／{self.meetings}回" if self.meetings > 1 else ""


@dataclass(frozen=True, slots=True)
class PhaseCell:
    """One scene in one phase; `state` None where nothing is known."""

    phase: Phase
    scene: Scene
    state: PhaseState | None
    done: int = 0
    wanted: int = 0

    @property
    def name(self) -> str:
        return f"{PHASE_NAMES[self.phase]}：{SHORT[self.scene]}"

    @property
    def sign(self) -> str:
        return SIGNS[self.state] if self.state else "－"

    @property
    def look(self) -> str:
        return self.state.look if self.state else ""

    @property
    def word(self) -> str:
        return str(self.state.label) if self.state else "不明"

    @property
    def counts(self) -> str:
        return f"{self.done}／{self.wanted}" if self.wanted else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality across the steps and the phases."""

    line: Line
    steps: dict[str, StepCell]
    support: TownCount

    @property
    def place(self) -> Municipality:
        return self.line.place

    @property
    def step_cells(self) -> list[tuple[str, StepCell | None]]:
        return [(name, self.steps.get(kind)) for kind, name in STEP_NAMES.items()]

    @property
    def phase_cells(self) -> list[PhaseCell]:
        return [self._phase(phase, scene) for phase in PHASE_NAMES for scene in CARE_SCENES]

    def _phase(self, phase: Phase, scene: Scene) -> PhaseCell:
        known = self.line.phases.get((scene, phase))
        if known is None:
            return PhaseCell(phase, scene, None)
        return PhaseCell(phase, scene, PhaseState(known.state), known.done, known.wanted)

    @property
    def steps_held(self) -> int:
        return sum(cell.held_now for cell in self.steps.values())

    @property
    def days_over(self) -> int:
        """Days over the date, of the report that is over it for longest; 0 where none is."""
        return max((one.days_over for one in self.line.kinds if one.is_overdue), default=0)

    @property
    def days_past(self) -> int:
        """The most days from a date to today or to the submission, of any report; 0 where all are in time."""
        return max(one.days_past or 0 for one in self.line.kinds)

    @property
    def remark(self) -> str:
        return self.line.remark


def rows_of(scope: Scope, fiscal_year: int) -> list[Row]:
    """Return a row for every municipality shown there, in two queries more than its lines."""
    lines, today = lines_of(scope, fiscal_year), timezone.localdate()
    found: dict[int, dict[str, StepCell]] = defaultdict(dict)
    places, log = [line.place.pk for line in lines], records.of(scope, fiscal_year)
    for one in StepProgress.objects.filter(municipality__in=places, fiscal_year=fiscal_year):
        days = (one.meetings, one.held, one.held_on, one.next_on)
        found[one.municipality_id][one.kind] = StepCell(*days, today)
    return [
        Row(line, found[line.place.pk], of_town(line.place.code, line.place.name, log))
        for line in lines
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: the row of filters in which it stands, its word there, its words as a heading, whom it keeps."""

    code: str
    strip: str
    word: str
    label: str
    keeps: Callable[[Row], bool]


def _not_held(kind: StepKind, name: str) -> Choice:
    def keeps(row: Row) -> bool:
        cell = row.steps.get(kind)
        return cell is not None and not cell.is_held

    return Choice(f"no_{kind}", NOT_HELD, name, f"{name}をまだ実施していない市町村", keeps)


def _not_prepared(kind: StepKind, name: str) -> Choice:
    label = f"{name}がまだ用意されていない市町村"
    return Choice(f"none_{kind}", NOT_PREPARED, name, label, lambda row: kind not in row.steps)


def _not_begun(phase: Phase, name: str) -> Choice:
    def keeps(row: Row) -> bool:
        cells = [cell for cell in row.phase_cells if cell.phase == phase]
        return any(cell.state is PhaseState.NOT_STARTED for cell in cells)

    label = f"{name}が未着手の場面がある市町村"
    return Choice(f"no_{phase}", NOT_BEGUN, name, label, keeps)


OVERDUE = Choice(
    "overdue",
    "報告",
    "期限を超過",
    "報告の期限を過ぎて未提出の市町村",
    lambda row: need.is_overdue(row.line),
)
NEEDED = Choice(
    "need", "市町村", need.NEEDED, need.NEEDED_TOWNS, lambda row: need.has_any(row.line)
)
CHOICES: dict[str, dict[str, Choice]] = {
    STEPS: {
        one.code: one
        for one in (
            NEEDED,
            OVERDUE,
            *(
                made(kind, name)
                for made in (_not_held, _not_prepared)
                for kind, name in STEP_NAMES.items()
                if kind != StepKind.OTHER
            ),
        )
    },
    PHASES: {
        one.code: one
        for one in (NEEDED, *(_not_begun(phase, name) for phase, name in PHASE_NAMES.items()))
    },
}


@dataclass(frozen=True, slots=True)
class Order:
    code: str
    label: str
    key: Callable[[Row], tuple]


def _by_advance(row: Row) -> tuple:
    known = [ADVANCE.index(cell.state) for cell in row.phase_cells if cell.state]
    return not known, sum(known), row.place.code


def _by_days_past(row: Row) -> tuple:
    """Whose report is still awaited before whose came late."""
    return -row.days_over, -row.days_past, row.place.code


CODE = Order("code", "市町村コードの順", lambda row: (row.place.code,))
ORDERS: dict[str, dict[str, Order]] = {
    STEPS: {
        "code": CODE,
        "late": Order("late", "超過日数の多い順", _by_days_past),
        "supported": Order(
            "supported", "支援の少ない順", lambda row: (row.support.times, row.place.code)
        ),
        "held": Order("held", "実施の少ない順", lambda row: (row.steps_held, row.place.code)),
    },
    PHASES: {"code": CODE, "advance": Order("advance", "進んでいない順", _by_advance)},
}


@dataclass(frozen=True, slots=True)
class Matrix:
    """What is shown: the rows that are kept, in order, and what else may be asked for."""

    view: str
    rows: tuple[Row, ...]
    total: int
    only: Choice | None
    order: Order
    counts: tuple[tuple[Choice, int], ...]
    areas: Areas

    @property
    def query(self) -> str:
        return self._query(self.view, self.only, self.order)

    def _query(self, view: str, only: Choice | None, order: Order) -> str:
        return query_of(view, only, order, self.areas.chosen)

    @property
    def area_chips(self) -> list[tuple[str, str, bool]]:
        """Return name, query and whether it is chosen, of all 二次医療圏 and of each."""
        return [
            (name, query_of(self.view, self.only, self.order, code), code == self.areas.chosen)
            for code, name in self.areas.offered
        ]

    @property
    def views(self) -> list[tuple[str, str, bool]]:
        """The other ways to look: word, query, whether it is this one."""
        return [
            (word, self._query(code, None, CODE), code == self.view) for code, word in VIEWS.items()
        ]

    @property
    def strips(self) -> dict[str, list[tuple[str, int, str, bool]]]:
        """Return the filters by their row: word, how many it keeps, query, whether it is chosen."""
        found: dict[str, list[tuple[str, int, str, bool]]] = defaultdict(list)
        for one, number in self.counts:
            query = self._query(self.view, one, self.order)
            found[one.strip].append((one.word, number, query, one is self.only))
        return dict(found)

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        return [
            (one.label, self._query(self.view, self.only, one), one is self.order)
            for one in ORDERS[self.view].values()
        ]

    @property
    def unfiltered(self) -> str:
        return self._query(self.view, None, self.order)


def arranged(rows: Iterable[Row], asked: Mapping[str, str]) -> Matrix:
    """Return what a query asks for; what it names and nobody knows counts as not asked."""
    every = list(rows)
    areas = asked_of((row.line for row in every), asked)
    found = [row for row in every if areas.keeps(row.line)]
    view = asked.get("show", STEPS) if asked.get("show") in VIEWS else STEPS
    only = CHOICES[view].get(asked.get("only", ""))
    order = ORDERS[view].get(asked.get("sort", ""), CODE)
    kept = [row for row in found if only is None or only.keeps(row)]
    return Matrix(
        view=view,
        rows=tuple(sorted(kept, key=order.key)),
        total=len(found),
        only=only,
        order=order,
        counts=tuple((one, sum(map(one.keeps, found))) for one in CHOICES[view].values()),
        areas=areas,
    )


def query_of(view: str, only: Choice | None, order: Order, area: str = "") -> str:
    """Return the query, question mark and all; empty for the page as it opens."""
    asked = {} if view == STEPS else {"show": view}
    if area:
        asked["area"] = area
    if only:
        asked["only"] = only.code
    if order is not CODE:
        asked["sort"] = order.code
    return f"?{urlencode(asked)}" if asked else ""
