"""The bodies of a year as groups of boxes and tables: paper, pages and workbooks draw these alike. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from reports.paper.wording.wording import is_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.document.year_bodies import (
        BaseLine,
        Bodies,
        ContractLine,
        CouncilLine,
        EvaluationLine,
        HeadedLines,
        MeetingLine,
        PairLine,
        QuestionLine,
        StructureLine,
        SurveyLine,
        TopicLine,
    )

COUNCILS = "councils"
FULL = Decimal(100)
# Two questions side by side are no comparison of the same thing.
DIFFERENT = "並べて見る（設問が異なります）"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; `title` may be empty. `is_numeric` says that all but its first column are numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    is_numeric: bool = False
    # For each row how long its bar is, of 100; empty: no bars, None: none in this row.
    shares: tuple[Decimal | None, ...] = ()

    @property
    def drawn_rows(self) -> tuple[tuple[tuple[str, ...], Decimal | None], ...]:
        """Return each row with its bar."""
        bars = self.shares or (None,) * len(self.rows)
        return tuple(zip(self.rows, bars, strict=True))

    @property
    def labelled_rows(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Return each cell with the head of its column, as narrow screens show it."""
        return tuple(tuple(zip(self.heads, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Entry:
    """One body: its name, small facts beside it, boxes with a label each, tables."""

    title: str
    facts: tuple[str, ...] = ()
    boxes: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    depth: int = 0

    @property
    def drawn_boxes(self) -> tuple[tuple[str, str, bool], ...]:
        """Return each box with whether no page's end may cut it: its label would stand there alone."""
        return tuple((label, text, is_whole(text)) for label, text in self.boxes)


@dataclass(frozen=True, slots=True)
class Group:
    """All bodies of one kind; `tables` stand before the single ones."""

    code: str
    title: str
    entries: tuple[Entry, ...] = ()
    tables: tuple[Table, ...] = field(default=())


def groups(bodies: Bodies) -> tuple[Group, ...]:
    """Return the groups in which there is anything, in their order on paper."""
    wanted = (
        Group(COUNCILS, "協議体", tuple(map(_council, bodies.councils))),
        Group("meetings", "会議と決定事項", tuple(map(_meeting, bodies.meetings))),
        Group("evaluations", "評価と改善", tuple(map(_evaluation, bodies.evaluations))),
        Group(
            "contracts",
            "委託と役割分担",
            tuple(map(_contract, bodies.contracts)),
            _executions(bodies),
        ),
        Group("structures", "コーディネーターの体制", tuple(map(_structure, bodies.structures))),
        Group("bases", "在宅医療に必要な連携を担う拠点", tuple(map(_base, bodies.bases))),
        Group("hearings", "ヒアリング", (*map(_topic, bodies.topics), *_hearings(bodies))),
        Group("surveys", "調査の結果", tuple(map(_survey, bodies.surveys))),
        Group("resources", "地域資源", (), _resources(bodies)),
    )
    return tuple(_titled(group) for group in wanted if group.entries or group.tables)


def _titled(group: Group) -> Group:
    """Return a group in which every body has a name: one whose own stays with its town has the group's."""
    entries = tuple(replace(one, title=one.title or group.title) for one in group.entries)
    return replace(group, entries=entries)


def _boxes(*pairs: tuple[str, str | Iterable[str]]) -> tuple[tuple[str, str], ...]:
    """Return the boxes in which anything is written."""
    texts = ((label, text if isinstance(text, str) else "\n".join(text)) for label, text in pairs)
    return tuple((label, text) for label, text in texts if text)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, title: str = "") -> Table:
    """Return a table without the columns in which nothing is written; the first always stays."""
    lines = list(rows)
    kept = [
        place for place in range(len(heads)) if place == 0 or any(line[place] for line in lines)
    ]
    return Table(
        tuple(heads[place] for place in kept),
        tuple(tuple(line[place] for place in kept) for line in lines),
        title=title,
    )


def _facts(*facts: str) -> tuple[str, ...]:
    return tuple(filter(None, facts))


def _led_by(lead: str) -> str:
    return f"{lead}が記入" if lead else ""


def _council(one: CouncilLine) -> Entry:
    seats = _table(
        ("区分", "団体・部署", "職種", "人数", "同意", "補足"),
        ((s.role, s.name, s.profession, s.people, s.consent, s.note) for s in one.seats),
        title="構成員",
    )
    return Entry(
        title=one.name,
        facts=_facts(one.kind, one.status, one.programme, one.held, _led_by(one.lead)),
        boxes=_boxes(
            ("目的", one.purpose),
            ("機能", one.functions),
            ("テーマ", one.theme),
            ("重点目標", one.goals),
            ("一緒に取り組みたい関係団体", one.bodies_wanted),
            ("事務局", one.secretariat),
            ("共同で開く市区町村", one.partners),
            ("働きかけ", one.outreach),
            ("補足", one.note),
        ),
        tables=(seats,) if one.seats else (),
        depth=one.depth,
    )


def _meeting(one: MeetingLine) -> Entry:
    return Entry(
        title=one.title,
        facts=_facts(one.when, one.place, _led_by(one.lead)),
        boxes=_boxes(
            ("目的", one.purpose),
            ("議題", one.agenda),
            ("出席", one.attendance),
            ("議事の要旨", one.minutes),
            (
                "決定事項",
                ("　".join(_facts(f"【{d.kind}】{d.text}", d.about)) for d in one.decisions),
            ),
            ("持ち帰り", one.homework),
            ("次回", one.next_time),
        ),
    )


def _evaluation(one: EvaluationLine) -> Entry:
    return Entry(
        title=one.name,
        facts=_facts(one.kind, one.scene, "数字から作った下書き" * one.is_drafted),
        boxes=_boxes(
            ("起きたこと（事実）", one.text),
            ("うまくいった要因", one.helped),
            ("妨げになった要因", one.hindered),
            (
                "協議体の判断",
                (
                    f"【{j.verdict}】{'　'.join(_facts(j.reasons, j.meeting))}"
                    for j in one.judgements
                ),
            ),
            ("異なる意見", (j.dissent for j in one.judgements if j.dissent)),
            (
                "改善の決定",
                (
                    f"【{i.kind}】{'　'.join(_facts(i.what, i.merged_into, i.since, i.meeting))}"
                    for i in one.improvements
                ),
            ),
            ("改善の理由", (i.why for i in one.improvements if i.why)),
        ),
    )


def _contract(one: ContractLine) -> Entry:
    return Entry(
        title=one.title,
        facts=_facts(one.party, one.kind, one.state, one.term, _led_by(one.lead)),
        boxes=_boxes(
            ("目指す姿と委託の目的", one.purpose),
            *one.compared,
            ("委託先にとっての利点", one.merits),
            ("成果物", one.deliverables),
            ("報告とフィードバック", one.reporting),
            ("報告・意見交換", one.events),
            ("終了の理由", one.end_reason),
            ("共同で委託する市区町村", one.partners),
            ("補足", one.note),
        ),
        depth=one.depth,
    )


def _executions(bodies: Bodies) -> tuple[Table, ...]:
    if not bodies.executions:
        return ()
    table = _table(
        ("事業項目", "場面", "実施の方法", "実施主体", "契約・補足"),
        ((e.work_item, e.scene, e.execution, e.who, e.note) for e in bodies.executions),
        title="事業項目ごとの実施体制",
    )
    return (table,)


def _structure(one: StructureLine) -> Entry:
    posts = _table(
        ("配置先", "区分", "役割", "人数", "内訳", "資格等", "補足"),
        (
            (p.place, p.level, p.role, p.people, p.staffing, p.qualifications, p.note)
            for p in one.posts
        ),
        title="コーディネーターの人数・資格等",
    )
    return Entry(
        title=one.name,
        facts=_facts(f"所属：{one.affiliation}", f"対象自治体：{one.coverage}", _led_by(one.lead)),
        boxes=_boxes(
            ("区分についての補足", one.axes_note),
            ("階層", one.levels),
            ("担当部署", ("　".join(_facts(*pair)) for pair in one.responsible if pair[1])),
            ("共同で対象とする市区町村", one.partners),
            ("背景", one.background),
            *_headed("背景", one.backgrounds),
            *_headed("主な取組内容等", one.activities),
            *_headed("効果", one.effects),
            ("連携の段階", ("：".join(stage) for stage in one.stages)),
            ("補足", one.note),
            ("出典", one.source),
        ),
        tables=(posts,) if one.posts else (),
    )


def _headed(kind: str, headed: Iterable[HeadedLines]) -> list[tuple[str, str]]:
    """Return a box for each heading, named by its kind and itself."""
    found = []
    for one in headed:
        applies = f"（{one.applies_to}）" if one.applies_to else ""
        label = f"{kind}：{one.heading}{applies}" if one.heading else f"{kind}{applies}"
        found.append((label, "\n".join(one.lines)))
    return found


def _base(one: BaseLine) -> Entry:
    return Entry(
        title=one.name,
        facts=_facts(one.host, one.state),
        boxes=_boxes(
            ("在宅医療の圏域", one.area),
            ("機能", one.functions),
            ("財源", one.funding),
            ("特徴", one.facts),
            ("補足", one.note),
        ),
    )


def _topic(one: TopicLine) -> Entry:
    sides: dict[str, list[str]] = {}
    for side, text in one.voices:
        sides.setdefault(side, []).append(text)
    heads, rows = tuple(sides), (tuple("\n".join(texts) for texts in sides.values()),)
    return Entry(
        title=one.title,
        facts=_facts(one.scene),
        boxes=_boxes(("わかったこと・今後", one.conclusion)),
        tables=(Table(heads, rows, title="立場ごとの意見"),) if sides else (),
    )


def _hearings(bodies: Bodies) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            title=one.who,
            facts=_facts(one.when),
            boxes=_boxes(("聞き取った項目", one.items), ("要旨", one.gist)),
        )
        for one in bodies.hearings
    )


def _survey(one: SurveyLine) -> Entry:
    return Entry(
        title=one.title,
        facts=_facts(one.facts),
        boxes=_boxes(("出典", one.source), ("補足", one.note)),
        tables=(*map(_question, one.questions), *map(_pair, one.pairs)),
    )


def _question(one: QuestionLine) -> Table:
    table = _table(
        ("項目", "回答数", "割合・順位"),
        ((a.label, a.count, a.percent) for a in one.answers),
        title="　".join(_facts(one.title, one.answered, one.numbers, one.note)),
    )
    shares = tuple(None if a.share is None else min(a.share, FULL) for a in one.answers)
    bars = shares if any(shares) else ()
    return Table(table.heads, table.rows, title=table.title, is_numeric=True, shares=bars)


def _pair(one: PairLine) -> Table:
    title = f"{DIFFERENT}：{one.names[0]}／{one.names[1]}"
    return Table(("項目", *one.names), one.rows, title=title, is_numeric=True)


def _resources(bodies: Bodies) -> tuple[Table, ...]:
    if not bodies.resources:
        return ()
    table = _table(
        ("種類", "名称", "数", "地域", "時点・出典", "補足"),
        ((r.kind, r.name, r.counted, r.area, r.source, r.note) for r in bodies.resources),
    )
    return (table,)
