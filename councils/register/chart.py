"""The chart of the councils: boxes with members, each above those it stands over, ready to be drawn.

Lengths are units of the drawing: a full-width character is FONT wide. The template only writes them
down, and escapes every text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from logicmodels.shape.lettering import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT, LINE = 13, 18
BOX, PAD = 270, 10
# One character is kept free for a sign that hangs over.
ROOM = (BOX - 2 * PAD) / FONT - 1
# Between neighbours, between a box and those below it, between trees that stand below each other.
GAP, DROP, STOREY = 24, 36, 40
# Boxes that end a branch and are more than this are stacked, each to the right of one line.
ABREAST, INDENT = 4, 28
MARGIN = 4
# Trees stand side by side up to this width, then in a new row.
WIDEST = 4 * BOX + 3 * GAP
MEMBERS = 6


@dataclass(frozen=True, slots=True)
class Body:
    """A council as the chart needs it; `facts` are short lines under its name."""

    name: str
    url: str
    facts: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    is_preparing: bool = False
    below: tuple[Body, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """`look` is name, fact or member."""

    text: str
    x: int
    y: int
    look: str


@dataclass(frozen=True, slots=True)
class Box:
    """`rule` is where a line parts the members from the rest, or 0."""

    x: int
    y: int
    height: int
    url: str
    lines: tuple[TextLine, ...]
    rule: int = 0
    is_preparing: bool = False
    width: int = BOX

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def inner_left(self) -> int:
        return self.x + PAD

    @property
    def inner_right(self) -> int:
        return self.right - PAD


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: int
    boxes: tuple[Box, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A tree with its places, the box on top first. `joints`: of each line, its points."""

    boxes: tuple[Box, ...]
    joints: tuple[tuple[tuple[int, int], ...], ...] = ()

    @property
    def width(self) -> int:
        return max(box.right for box in self.boxes)

    @property
    def height(self) -> int:
        return max(box.bottom for box in self.boxes)

    def moved(self, x: int, y: int) -> Block:
        return Block(
            tuple(_moved(box, x, y) for box in self.boxes),
            tuple(tuple((a + x, b + y) for a, b in line) for line in self.joints),
        )


def _moved(box: Box, x: int, y: int) -> Box:
    written = tuple(replace(one, x=one.x + x, y=one.y + y) for one in box.lines)
    rule = box.rule + y if box.rule else 0
    return replace(box, x=box.x + x, y=box.y + y, lines=written, rule=rule)


def draw(bodies: Sequence[Body]) -> Chart:
    """Lay out the trees from left to right, in rows no wider than WIDEST unless one tree is."""
    placed: list[Block] = []
    x = y = MARGIN
    lowest = MARGIN
    for tree in map(_tree, bodies):
        if x > MARGIN and x + tree.width > WIDEST:
            x, y = MARGIN, lowest + STOREY
        placed.append(tree.moved(x, y))
        lowest = max(lowest, placed[-1].height)
        x = placed[-1].width + GAP
    return Chart(
        width=max((one.width for one in placed), default=0) + MARGIN,
        height=lowest + MARGIN,
        boxes=tuple(box for one in placed for box in one.boxes),
        paths=tuple(_path(line) for one in placed for line in one.joints),
    )


def _path(line: Sequence[tuple[int, int]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in line)


def _tree(body: Body) -> Block:
    """Return a council with all below it, its left top at 0, 0."""
    box = _box(body)
    if not body.below:
        return Block((box,))
    is_stack = len(body.below) > ABREAST and not any(one.below for one in body.below)
    return _stacked(box, body.below) if is_stack else _abreast(box, body.below)


def _abreast(box: Box, below: Sequence[Body]) -> Block:
    """Put the trees below side by side, and the box over the middle of their first and last."""
    top, x = box.height + DROP, 0
    trees = []
    for tree in map(_tree, below):
        trees.append(tree.moved(x, top))
        x = trees[-1].width + GAP
    heads = [tree.boxes[0] for tree in trees]
    middle = (heads[0].middle + heads[-1].middle) // 2
    upper = _moved(box, max(0, middle - BOX // 2), 0)
    half = upper.bottom + DROP // 2
    joints = [
        (
            (upper.middle, upper.bottom),
            (upper.middle, half),
            (head.middle, half),
            (head.middle, head.y),
        )
        for head in heads
    ]
    return _joined(upper, trees, joints)


def _stacked(box: Box, below: Sequence[Body]) -> Block:
    """Put the boxes below under each other, to the right of a line that comes down from the upper one."""
    y = box.height + GAP
    trees, joints = [], []
    for tree in map(_tree, below):
        trees.append(tree.moved(INDENT, y))
        head = trees[-1].boxes[0]
        level = head.y + head.height // 2
        joints.append(((INDENT // 2, box.bottom), (INDENT // 2, level), (head.x, level)))
        y = head.bottom + GAP
    return _joined(box, trees, joints)


def _joined(
    box: Box, trees: Sequence[Block], joints: Sequence[tuple[tuple[int, int], ...]]
) -> Block:
    return Block(
        (box, *(one for tree in trees for one in tree.boxes)),
        (*joints, *(line for tree in trees for line in tree.joints)),
    )


def _box(body: Body) -> Box:
    """Return the box of one council at 0, 0."""
    named = [(text, "name") for text in lines(body.name, ROOM)]
    told = [(text, "fact") for fact in body.facts for text in lines(fact, ROOM)]
    members = [(text, "member") for text in _listed(body.members)]
    y = PAD + FONT - 2
    written = []
    for text, look in (*named, *told):
        written.append(TextLine(text, PAD, y, look))
        y += LINE
    rule = y - FONT + 2 if members else 0
    y += PAD if members else 0
    for text, look in members:
        written.append(TextLine(text, PAD, y, look))
        y += LINE
    return Box(
        x=0,
        y=0,
        height=y - LINE + PAD,
        url=body.url,
        lines=tuple(written),
        rule=rule,
        is_preparing=body.is_preparing,
    )


def shown(members: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the first members, and 「ほか8」 where there are more."""
    rest = len(members) - MEMBERS
    return tuple(members[:MEMBERS]), f"ほか{rest}" if rest > 0 else ""


def _listed(members: Sequence[str]) -> list[str]:
    first, rest = shown(members)
    listed = []
    for one in first:
        head, *others = lines(f"・{one}", ROOM)
        listed += [head, *(f"　{text}" for text in others)]
    return [*listed, f"　{rest}"] if rest else listed
