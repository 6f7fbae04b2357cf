"""The diagram of a logic model: 施策 → 初期 → 中間 → 最終 → 目指す姿 in fixed columns, ready to be drawn (docs/adr/0012).

Lengths are units of the drawing: a full-width character is FONT wide. The template only writes them down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from logicmodels.choices import OutcomeLevel
from logicmodels.shape import layering
from logicmodels.shape.lettering import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from logicmodels.shape.structure import Effect, Row, Structure

FONT, LINE = 14, 17
PAD, INDENT, GAP, GROUP_GAP = 4, 8, 4, 14
HEAD = 34
# Space under boxes that stand free, beside those they come from.
BESIDE = 16
# A line that only passes through a column needs this much of its height.
LANE = 10
GUTTER = 90
WIDTHS = {"activity": 630, "outcome": 250, "goal": 200}
GOAL = "goal"
ACTIVITIES = "具体的な施策"


@dataclass(frozen=True, slots=True)
class TextLine:
    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its text. `name` is what is read out; `look` is activity, outcome or goal."""

    x: int
    y: int
    width: int
    height: int
    look: str
    name: str
    url: str
    lines: tuple[TextLine, ...]
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Diagram:
    width: int
    height: int
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    summary: str

    @property
    def is_upright(self) -> bool:
        """A drawing higher than wide is printed on an upright sheet."""
        return self.height > self.width


@dataclass(frozen=True, slots=True)
class Node:
    """A box yet without its place."""

    look: str
    name: str
    url: str
    text: tuple[str, ...]
    is_again: bool = False

    @property
    def height(self) -> int:
        return len(self.text) * LINE + 2 * PAD


@dataclass(slots=True)
class Draft:
    """What is drawn, before it has places: boxes by key, columns of keys, links between them."""

    nodes: dict[str, Node] = field(default_factory=dict)
    columns: list[list[str]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def draw(structure: Structure, *, goal: str = "", page: str = "") -> Diagram:
    """Lay out a model. Every box leads to its row on `page`."""
    draft = _drafted(structure, goal=goal, page=page)
    column_of = {key: index for index, column in enumerate(draft.columns) for key in column}
    forward = [link for link in draft.links if column_of[link[0]] < column_of[link[1]]]
    layers, steps, joints = layering.joined(draft.columns, forward)
    layers = layering.ordered(layers, steps)
    tops = _placed(layers, steps, draft.nodes)
    lefts = _lefts(draft)
    boxes = {key: _box(node, lefts[column_of[key]], tops[key]) for key, node in draft.nodes.items()}
    pen = Pen(draft, lefts, tops, {key: index for index, one in enumerate(layers) for key in one})
    sides = [link for link in draft.links if column_of[link[0]] == column_of[link[1]]]
    drawn = [pen.line(*step) for step in steps] + [pen.bow(*link) for link in sides]
    drawn += [pen.passage(joint) for joint in joints]
    bottom = max((box.y + box.height for box in boxes.values()), default=HEAD)
    width = lefts[-1] + _width(draft, len(draft.columns) - 1) + INDENT if draft.columns else 0
    return Diagram(
        width,
        max([bottom, *(tops[joint] + LANE for joint in joints)]) + INDENT,
        tuple(
            Heading(text, x, FONT + INDENT) for text, x in zip(draft.headings, lefts, strict=True)
        ),
        tuple(drawn),
        tuple(boxes.values()),
        _summary(structure, draft),
    )


def _summary(structure: Structure, draft: Draft) -> str:
    counts = {ACTIVITIES: len(structure.rows)}
    for level in OutcomeLevel:
        counts[str(level.label)] = sum(effect.level == level for effect in structure.effects)
    told = "、".join(f"{name}{count}件" for name, count in counts.items() if count)
    tail = "、目指す姿" if GOAL in draft.nodes else ""
    return f"左から{told}{tail}。同じ内容を表でも見られます。"


def _drafted(structure: Structure, *, goal: str, page: str) -> Draft:
    draft = Draft()
    if structure.rows:
        draft.columns.append([f"row-{row.place.key}" for row in structure.rows])
        draft.headings.append(ACTIVITIES)
    for group in structure.groups:
        for row in group.rows:
            draft.nodes[f"row-{row.place.key}"] = _activity_node(row, group.effect, page)
            draft.links.append((f"row-{row.place.key}", f"outcome-{group.effect.key}"))
    for level in OutcomeLevel:
        _add_level(draft, structure.effects, level, page)
    draft.links += [
        (f"outcome-{link.cause}", f"outcome-{link.effect}")
        for link in structure.links
        if _is_forward(structure, link.cause, link.effect)
    ]
    # A final outcome in the words of the goal is the goal.
    if goal and goal not in {effect.text for effect in structure.effects}:
        _add_goal(draft, structure, goal, page)
    return draft


def _add_level(draft: Draft, effects: Iterable[Effect], level: OutcomeLevel, page: str) -> None:
    found = [effect for effect in effects if effect.level == level]
    if found:
        draft.columns.append([f"outcome-{effect.key}" for effect in found])
        draft.headings.append(str(level.label))
    for effect in found:
        draft.nodes[f"outcome-{effect.key}"] = _outcome_node(effect, level, page)


def _is_forward(structure: Structure, cause: str, effect: str) -> bool:
    """A link back to an earlier level is left to the remarks: it has no place in columns from left to right."""
    order = list(OutcomeLevel)
    levels = {one.key: order.index(OutcomeLevel(one.level)) for one in structure.effects}
    return levels[cause] <= levels[effect]


def _add_goal(draft: Draft, structure: Structure, goal: str, page: str) -> None:
    """The goal stands at the end; final outcomes lead to it, or where there are none, those that lead nowhere else."""
    draft.columns.append([GOAL])
    draft.headings.append("目指す姿")
    text = _wrapped(goal, "goal")
    draft.nodes[GOAL] = Node("goal", _name(text, "目指す姿"), page, text)
    finals = [one.key for one in structure.effects if one.level == OutcomeLevel.FINAL]
    causes = {link.cause for link in structure.links}
    ends = finals or [one.key for one in structure.effects if one.key not in causes]
    draft.links += [(f"outcome-{key}", GOAL) for key in ends]


def _activity_node(row: Row, effect: Effect, page: str) -> Node:
    again = "（再）" if row.is_again else ""
    note = f"（{row.place.note}）" if row.place.note else ""
    text = f"{row.number}　{again}{row.place.text}{note}"
    url = f"{page}#row-{row.place.key}"
    written = _wrapped(text, "activity")
    name = _name(written, f"成果：{effect.text}")
    return Node("activity", name, url, written, row.is_again)


def _outcome_node(effect: Effect, level: OutcomeLevel, page: str) -> Node:
    written = _wrapped(effect.text, "outcome")
    name = _name(written, str(level.label))
    return Node("outcome", name, f"{page}#outcome-{effect.key}", written)


def _name(written: tuple[str, ...], more: str) -> str:
    """Return what is read out: the words in the box as they are seen, then what its place tells."""
    return f"{''.join(written)}（{more}）"


def _wrapped(text: str, look: str) -> tuple[str, ...]:
    # One character is kept free for a sign that hangs over.
    return lines(text, (WIDTHS[look] - 2 * INDENT) // FONT - 1)


def _width(draft: Draft, index: int) -> int:
    return WIDTHS[draft.nodes[draft.columns[index][0]].look]


def _lefts(draft: Draft) -> list[int]:
    lefts, x = [], INDENT
    for index in range(len(draft.columns)):
        lefts.append(x)
        x += _width(draft, index) + GUTTER
    return lefts


def _box(node: Node, left: int, top: int) -> Box:
    written = tuple(
        TextLine(text, left + INDENT, top + PAD + FONT - 1 + number * LINE)
        for number, text in enumerate(node.text)
    )
    return Box(
        left,
        top,
        WIDTHS[node.look],
        node.height,
        node.look,
        node.name,
        node.url,
        written,
        node.is_again,
    )


def _placed(
    layers: Sequence[Sequence[str]], steps: Sequence[tuple[str, str]], nodes: dict[str, Node]
) -> dict[str, int]:
    """Return the top of every box and joint: the first column is stacked, others stand at the middle of their causes."""
    before: dict[str, list[str]] = {}
    behind: dict[str, str] = {}
    for start, end in steps:
        before.setdefault(end, []).append(start)
        behind.setdefault(start, end)
    tops: dict[str, int] = {}

    def height(key: str) -> int:
        return nodes[key].height if key in nodes else LANE

    for index, layer in enumerate(layers):
        wanted = []
        for key in layer:
            causes = [tops[one] + height(one) / 2 for one in before.get(key, ())]
            middle = (min(causes) + max(causes)) / 2 if causes else None
            wanted.append(None if middle is None else middle - height(key) / 2)
        gaps = _gaps(layer, behind) if index == 0 else [BESIDE] * len(layer)
        tops |= zip(layer, _spread(wanted, [height(key) for key in layer], gaps), strict=True)
    return tops


def _gaps(layer: Sequence[str], behind: dict[str, str]) -> list[int]:
    """Return the space under each box of the first column: more of it where another outcome begins."""
    nexts = [behind.get(key) for key in layer]
    return [
        GAP if one == other else GROUP_GAP
        for one, other in zip(nexts, [*nexts[1:], None], strict=True)
    ]


def _spread(
    wanted: Sequence[float | None], heights: Sequence[int], gaps: Sequence[int]
) -> list[int]:
    """Return tops near the wanted ones, in order and without overlap (pool adjacent violators)."""
    offsets, used = [], 0
    for height, gap in zip(heights, gaps, strict=True):
        offsets.append(used)
        used += height + gap
    pools: list[tuple[float, int]] = []
    sizes: list[int] = []
    for want, offset in zip(wanted, offsets, strict=True):
        rest = (pools[-1][0] if pools else HEAD) if want is None else want - offset
        pools.append((rest, 1))
        sizes.append(1)
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, first), (other, second) = pools[-2], pools.pop()
            pools[-1] = ((one * first + other * second) / (first + second), first + second)
    shifts = [shift for shift, count in pools for _ in range(count)]
    return [round(max(shift, HEAD)) + offset for shift, offset in zip(shifts, offsets, strict=True)]


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws lines between boxes that have their places."""

    draft: Draft
    lefts: list[int]
    tops: dict[str, int]
    column_of: dict[str, int]

    def middle(self, key: str) -> int:
        node = self.draft.nodes.get(key)
        return self.tops[key] + (node.height if node else LANE) // 2

    def right(self, key: str) -> int:
        index = self.column_of[key]
        return self.lefts[index] + _width(self.draft, index)

    def line(self, start: str, end: str) -> Line:
        """A curve from the right edge of one box, or joint, to the left edge of the next."""
        x1, y1 = self.right(start), self.middle(start)
        x2, y2 = self.lefts[self.column_of[end]], self.middle(end)
        half = (x2 - x1) // 2
        node = self.draft.nodes.get(start)
        path = f"M{x1} {y1}C{x1 + half} {y1} {x2 - half} {y2} {x2} {y2}"
        return Line(path, is_again=bool(node and node.is_again))

    def passage(self, joint: str) -> Line:
        """The straight piece where a line passes a column."""
        y = self.middle(joint)
        return Line(f"M{self.lefts[self.column_of[joint]]} {y}H{self.right(joint)}")

    def bow(self, start: str, end: str) -> Line:
        """A bow between two boxes of one column, at its right edge."""
        x, y1, y2 = self.right(start), self.middle(start), self.middle(end)
        out = x + GUTTER // 3
        return Line(f"M{x} {y1}C{out} {y1} {out} {y2} {x} {y2}")
