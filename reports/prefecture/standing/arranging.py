"""The table of a prefecture as it is asked for: which municipalities, in which order. Pure but for its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from reports.choices import Phase, PhaseState, ReportStatus
from reports.prefecture.standing import need
from reports.prefecture.standing.areas import asked_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from reports.prefecture.standing.areas import Areas
    from reports.prefecture.standing.lines import Line
    from reports.submission.advising.papers import Papers

NEED = "need"
# Of one kind of report: the code's second half, its word, its words before 「市町村」, whom it keeps.
OF_KIND: tuple[tuple[str, str, str, Callable[[Papers], bool]], ...] = (
    ("submitted", "提出済み", "提出済みの", lambda papers: papers.is_submitted),
    ("accepted", "受理", "受理された", lambda papers: papers.is_accepted),
    ("revisit", "もう一度見たい", "「もう一度見たい」の", lambda papers: papers.is_wanted_again),
    ("overdue", "期限を過ぎて未提出", "期限を過ぎて未提出の", lambda papers: papers.is_overdue),
)
STANDS = (
    ReportStatus.DRAFT,
    ReportStatus.REVISIT,
    ReportStatus.SUBMITTED,
    ReportStatus.ADVISED,
    ReportStatus.ACCEPTED,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: its word for the strip, its words for a sentence, whom it keeps."""

    code: str
    word: str
    label: str
    keeps: Callable[[Line], bool]


@dataclass(frozen=True, slots=True)
class Count:
    """How many municipalities a filter keeps, and the query that asks for them in the same order."""

    choice: Choice
    number: int
    query: str


@dataclass(frozen=True, slots=True)
class Order:
    """A way to put the lines in order. `label` says what comes first."""

    code: str
    label: str
    key: Callable[[Line], tuple]


def _choices_of(kind: str, label: str) -> tuple[Choice, ...]:
    def keeping(test):
        return lambda line: test(getattr(line, kind))

    return tuple(
        Choice(f"{kind}_{code}", word, f"{label}が{words}市町村", keeping(test))
        for code, word, words, test in OF_KIND
    )


def _is_outside(line: Line) -> bool:
    return not (line.is_user or line.has_begun)


OUTSIDE = Choice("outside", "システムを使っていない", "システムを使っていない市町村", _is_outside)
NEEDED = Choice("need", need.NEEDED, need.NEEDED_TOWNS, need.has_any)
STRIPS: tuple[tuple[str, tuple[Choice, ...]], ...] = (
    ("中間報告", _choices_of("interim", "中間報告")),
    ("最終報告", _choices_of("final", "最終報告")),
    ("市町村", (NEEDED, OUTSIDE)),
)
CHOICES = {choice.code: choice for _, choices in STRIPS for choice in choices}


def _by_papers(kind: str) -> Callable[[Line], tuple]:
    def key(line: Line) -> tuple:
        papers = getattr(line, kind)
        last = papers.last
        stands = STANDS.index(last.status) + 1 if last else 0
        day = last.submitted_on.isoformat() if last and last.submitted_on else ""
        return not papers.is_overdue, stands, day, line.place.code

    return key


def _by_plan(line: Line) -> tuple:
    states = line.states(Phase.PLAN)
    done = sum(one is PhaseState.DONE for one in states)
    begun = sum(one is not PhaseState.NOT_STARTED for one in states)
    return line.counts is not None, done, begun, line.place.code


def _by_values(line: Line) -> tuple:
    counts = line.counts
    if counts is None or not counts.indicators:
        return counts is not None, 0.0, line.place.code
    return True, counts.values_known / counts.indicators, line.place.code


ORDERS = {
    order.code: order
    for order in (
        Order(NEED, "支援が要る順", need.rank),
        Order("code", "市町村コードの順", lambda line: (line.place.code,)),
        Order("interim", "中間報告が進んでいない順", _by_papers("interim")),
        Order("final", "最終報告が進んでいない順", _by_papers("final")),
        Order("plan", "計画が進んでいない順", _by_plan),
        Order("values", "値が入っていない順", _by_values),
    )
}


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown: the lines that are kept, in order, beside the counts over all of them."""

    lines: tuple[Line, ...]
    total: int
    strips: tuple[tuple[str, tuple[Count, ...]], ...]
    only: Choice | None
    order: Order
    as_of: dt.datetime | None
    areas: Areas

    @property
    def query(self) -> str:
        """Return what of the address asks for this table."""
        return query_of(self.only, self.order, self.areas.chosen)

    @property
    def area_chips(self) -> list[tuple[str, str, bool]]:
        """Return name, query and whether it is chosen, of all 二次医療圏 and of each."""
        return [
            (name, query_of(self.only, self.order, code), code == self.areas.chosen)
            for code, name in self.areas.offered
        ]

    @property
    def has_acceptable(self) -> bool:
        """There is a report among what is shown that may be accepted."""
        papers = (paper for line in self.lines for kind in line.kinds for paper in kind.papers)
        return any(paper.is_acceptable for paper in papers)

    @property
    def unfiltered(self) -> str:
        return query_of(None, self.order, self.areas.chosen)

    @property
    def orders(self) -> dict[str, str]:
        """Return by code the query that asks for the same municipalities in another order."""
        area = self.areas.chosen
        return {code: query_of(self.only, order, area) for code, order in ORDERS.items()}


def arranged(lines: list[Line], asked: Mapping[str, str]) -> Table:
    """Return the table that a query asks for; what it names and nobody knows counts as not asked."""
    areas = asked_of(lines, asked)
    lines = list(filter(areas.keeps, lines))
    only = CHOICES.get(asked.get("only", ""))
    order = ORDERS.get(asked.get("sort", ""), ORDERS[NEED])
    kept = [line for line in lines if only is None or only.keeps(line)]
    counted = [line.counts.counted_at for line in lines if line.counts]
    return Table(
        lines=tuple(sorted(kept, key=order.key)),
        total=len(lines),
        strips=tuple(
            (label, tuple(_count(one, lines, order, areas.chosen) for one in choices))
            for label, choices in STRIPS
        ),
        only=only,
        order=order,
        as_of=min(counted, default=None),
        areas=areas,
    )


def _count(choice: Choice, lines: list[Line], order: Order, area: str) -> Count:
    return Count(choice, sum(map(choice.keeps, lines)), query_of(choice, order, area))


def query_of(only: Choice | None, order: Order, area: str = "") -> str:
    """Return the query, question mark and all; empty for the table as it opens."""
    asked = {"area": area} if area else {}
    if only:
        asked["only"] = only.code
    if order.code != NEED:
        asked["sort"] = order.code
    return f"?{urlencode(asked)}" if asked else ""
