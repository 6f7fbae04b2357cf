"""評価シート of a year with everything in one line: numbers, reasons, the council's opinion, and what comes next.

One block for each outcome, activity and working group of which anything is known (domain.md 3.6).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from councils.evaluating import evaluating, leaving_sheet
from logicmodels.models import Placement
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councils.evaluating.evaluating import Case
    from councils.evaluating.settling import Improved, Judged
    from indicators.followed.following import Line
    from municipalities.choices import Scene
    from municipalities.models import Cycle

DRAFTED = "（数字から作った下書き）"
# Letters in one of its four columns, about a third of a sheet.
STAYS_TOGETHER = 400


@dataclass(frozen=True, slots=True)
class Number:
    """One indicator as the sheet shows it, each value with its year."""

    line: Line
    name: str
    baseline: str
    target: str
    this: str
    progress: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Block:
    """One thing. Texts of several lines are tuples of their lines; `step` are changes of what serves it."""

    scene: str
    kind: str
    name: str
    numbers: tuple[Number, ...]
    reasons: tuple[str, ...]
    opinions: tuple[str, ...]
    improvements: tuple[str, ...]
    steps: tuple[str, ...]
    owners: tuple[str, ...]
    case: Case

    @property
    def texts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the columns of texts, each under its name."""
        return (
            ("要因分析", self.reasons),
            ("協議体の意見（会議日）", self.opinions),
            ("改善方策", self.improvements),
            ("次年度の取組", self.steps),
        )

    @property
    def is_long(self) -> bool:
        """Say whether its texts may be divided between two sheets of paper; shorter ones stay together."""
        return any(sum(map(len, column)) > STAYS_TOGETHER for _, column in self.texts)


@dataclass(frozen=True, slots=True)
class Part:
    """A scene with its blocks."""

    label: str
    blocks: tuple[Block, ...]


def of(
    cycle: Cycle, *, scene: Scene | None = None, is_for_office: bool = False
) -> tuple[Part, ...]:
    """Return the sheet of a year or of one scene, in no more queries than the page of the evaluation.

    It is for a council of people outside the house; `is_for_office` tells all there is.
    """
    known = evaluating.for_sheet(cycle, is_for_outside=not is_for_office)
    shown = known if is_for_office else leaving_sheet.let_out(known)
    placed = activities_at(cycle)
    found, cases = evaluating.by_scene(shown), {case.subject.place: case for case in shown}
    parts = (
        Part(
            one.label,
            tuple(block(case, cases, placed) for case in one.cases if case.is_told),
        )
        for one in found
        if scene in {None, one.scene}
    )
    return tuple(one for one in parts if one.blocks)


def activities_at(cycle: Cycle) -> dict[int, list[int]]:
    """Return the activities placed at each outcome, by primary keys: one query."""
    found = defaultdict(list)
    rows = Placement.objects.filter(cycle=cycle).order_by("position", "key")
    for outcome, activity in rows.values_list("outcome_id", "activity_id"):
        found[outcome].append(activity)
    return found


def block(case: Case, cases: dict[tuple[str, int], Case], placed: dict[int, list[int]]) -> Block:
    serving = []
    if case.subject.column == "outcome":
        places = (("activity", pk) for pk in placed.get(case.subject.row.pk, ()))
        serving = [cases[place] for place in places if place in cases]
    return Block(
        scene=str(case.subject.scene.label),
        kind=case.subject.kind,
        name=case.subject.name,
        numbers=tuple(number(row.line) for row in case.numbers),
        reasons=tuple(reasons(case)),
        opinions=tuple(opinion(one) for one in case.judgements),
        improvements=tuple(improvement(one) for one in case.improved),
        steps=tuple(
            f"{one.subject.name}：{improvement(change)}"
            for one in serving
            for change in one.improvements
        ),
        owners=tuple(dict.fromkeys(filter(None, map(owner, (case, *serving))))),
        case=case,
    )


def number(line: Line) -> Number:
    return Number(
        line=line,
        name=str(line.indicator),
        baseline=dated(line.baseline.text, line.baseline.year) if line.baseline else "",
        target=dated(line.target_text, line.target.fiscal_year) if line.target else "",
        this=" ".join(filter(None, (line.this.text, line.this.standing_of))),
        progress=line.evaluation.progress,
        verdict=line.evaluation.word,
    )


def dated(text: str, year: int) -> str:
    return f"{text}（{fiscal.in_brackets(year)}）"


def reasons(case: Case) -> Iterator[str]:
    """Yield what happened and why, a line each."""
    row = case.evaluation
    if row is None:
        return
    yield f"{row.text}{DRAFTED if row.is_drafted else ''}"
    if row.helped:
        yield f"うまくいった要因：{row.helped}"
    if row.hindered:
        yield f"妨げになった要因：{row.hindered}"


def opinion(one: Judged) -> str:
    """Return 「一定程度進んだ。連絡が早くなった。異なる意見：…（全体会 第1回・令和8年7月10日）」."""
    dissent = f"異なる意見：{one.row.dissent}" if one.row.dissent else ""
    where = (one.place.in_words if one.place and one.is_settled else "") or one.state
    said = "　".join(filter(None, (one.row.get_verdict_display(), one.row.reasons, dissent)))
    return f"{said}〔{where}〕"


def improvement(one: Improved) -> str:
    """Return 「拡充：診療所にも広げる（令和9年4月から）〔決定〕」."""
    about = f"指標「{one.row.indicator}」：" if one.row.indicator else ""
    into = f"→{one.row.merged_into}" if one.row.merged_into else ""
    since = f"（{one.since}）" if one.since else ""
    return f"{about}{one.row.get_kind_display()}：{one.row.what}{into}{since}〔{one.state}〕"


def owner(case: Case) -> str:
    """Return who carries it: the executor of an activity, the secretariat of a council."""
    if case.subject.column == "activity":
        return str(case.subject.row.executor or "")
    return str(getattr(case.subject.row, "secretariat", ""))


def lines_of(parts: Iterable[Part]) -> list[Line]:
    return [one.line for block in blocks_of(parts) for one in block.numbers]


def blocks_of(parts: Iterable[Part]) -> Iterator[Block]:
    for part in parts:
        yield from part.blocks
