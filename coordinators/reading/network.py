"""The network of a structure: 都道府県 → 市町村の基幹的 → 市町村の現場的 in three fixed lanes, and the same as a list. Pure.

A town need not sort its coordinators so: posts without a level stand in a lane of their own, joined to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from logicmodels.shape.diagram import Box, Diagram, Heading, Line, TextLine
from logicmodels.shape.lettering import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coordinators.reading.sheet import PostLine, PrefecturePostLine

LANES = ("都道府県", "市町村の基幹的コーディネーター", "市町村の現場的コーディネーター")
UNSORTED = "市町村（区分の記載なし）"
PREFECTURE, LEAD, FIELD, APART = range(4)
LANE_OF = {
    "prefecture_lead": PREFECTURE,
    "prefecture_field": PREFECTURE,
    "municipal_lead": LEAD,
    "municipal_field": FIELD,
}
LOOKS = ("goal", "outcome", "activity", "activity")
# Lengths are units of the drawing, as in that of a logic model.
FONT, LINE, PAD, INDENT, HEAD = 14, 17, 6, 8, 34
WIDTH, GUTTER, GAP = 260, 70, 14


@dataclass(frozen=True, slots=True)
class Member:
    """A post in its lane. `words` are its lines, the title first; `uppers` are keys of members above."""

    key: str
    lane: int
    title: str
    words: tuple[str, ...]
    uppers: tuple[str, ...] = ()

    @property
    def detail(self) -> str:
        return "　".join(self.words)


@dataclass(frozen=True, slots=True)
class Entry:
    """A member in words: what it is and to whom above it is joined."""

    key: str
    title: str
    detail: str
    uppers: str


@dataclass(frozen=True, slots=True)
class Lane:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Network:
    diagram: Diagram
    lanes: tuple[Lane, ...]


def network(posts: Iterable[PostLine], prefecture_posts: Iterable[PrefecturePostLine]) -> Network:
    """Draw the coordinators of a structure below those that the prefecture keeps for the town."""
    members = members_of(posts, prefecture_posts)
    return Network(drawn(members), in_words(members))


def members_of(
    posts: Iterable[PostLine], prefecture_posts: Iterable[PrefecturePostLine]
) -> list[Member]:
    """Return the members in their order: a lead that names nobody above stands below the prefecture's posts."""
    above = [prefecture_member(post) for post in prefecture_posts]
    ours = [member_of(post) for post in posts if post.is_coordinator]
    keys = tuple(member.key for member in above)
    joined = [
        replace(one, uppers=keys) if one.lane == LEAD and not one.uppers else one for one in ours
    ]
    return [*above, *joined]


def member_of(post: PostLine) -> Member:
    where = post.name if post.desk else ""
    words = (where, post.places, in_people(post.counted), post.staffing_words)
    return Member(
        key=f"post-{post.key}",
        lane=LANE_OF.get(post.level, APART),
        title=post.title,
        words=tuple(filter(None, words)),
        uppers=(f"post-{post.upper}",) if post.upper else (),
    )


def prefecture_member(post: PrefecturePostLine) -> Member:
    words = (in_people(post.people), "都道府県の配置", post.area or post.towns)
    return Member(
        key=f"prefecture-{post.key}",
        lane=PREFECTURE,
        title=post.name,
        words=tuple(filter(None, words)),
    )


def in_people(number: int | None) -> str:
    return "人数の記載なし" if number is None else f"{number}人"


def links_of(members: Sequence[Member]) -> list[tuple[str, str]]:
    """Return (upper, lower) of members in lanes that lie beside each other; no other line is drawn."""
    lanes = {member.key: member.lane for member in members}
    return [
        (upper, member.key)
        for member in members
        for upper in member.uppers
        if lanes.get(upper) == member.lane - 1 and member.lane != APART
    ]


def in_words(members: Sequence[Member]) -> tuple[Lane, ...]:
    titles = {member.key: member.title for member in members}
    return tuple(
        Lane(title, tuple(entry(one, titles) for one in members if one.lane == number))
        for number, title in enumerate(lanes_of(members))
    )


def entry(member: Member, titles: dict[str, str]) -> Entry:
    uppers = "、".join(titles[upper] for upper in member.uppers if upper in titles)
    return Entry(member.key, member.title, member.detail, uppers)


def lanes_of(members: Iterable[Member]) -> tuple[str, ...]:
    """Return the titles of the lanes: the three, and a fourth only for what is not sorted."""
    has_unsorted = any(member.lane == APART for member in members)
    return (*LANES, UNSORTED) if has_unsorted else LANES


def drawn(members: Sequence[Member]) -> Diagram:
    """Lay the lanes out from left to right, the members of each below one another, lanes centred."""
    titles = lanes_of(members)
    columns = [ordered(members, lane) for lane in range(len(titles))]
    height = max(column_height(column) for column in columns)
    boxes: dict[str, Box] = {}
    for lane, column in enumerate(columns):
        top = HEAD + (height - column_height(column)) // 2
        for member in column:
            box = boxed(member, titles[lane], top)
            boxes[member.key] = box
            top += box.height + GAP
    return Diagram(
        width=left_of(len(titles)) - GUTTER + INDENT,
        height=HEAD + max(height, 2 * LINE) + INDENT,
        headings=headings(titles, columns),
        lines=tuple(line(boxes[upper], boxes[lower]) for upper, lower in links_of(members)),
        boxes=tuple(boxes.values()),
        summary=summary(titles, columns),
    )


def ordered(members: Sequence[Member], lane: int) -> list[Member]:
    """Return a lane's members by where those above them stand, so that few lines cross."""
    places = {member.key: number for number, member in enumerate(members)}
    column = [member for member in members if member.lane == lane]
    return sorted(
        column, key=lambda one: min((places.get(key, 0) for key in one.uppers), default=0)
    )


def written(member: Member) -> tuple[str, ...]:
    room = (WIDTH - 2 * INDENT) // FONT - 1
    return tuple(row for text in (member.title, *member.words) for row in lines(text, room))


def height_of(member: Member) -> int:
    return len(written(member)) * LINE + 2 * PAD


def column_height(column: Sequence[Member]) -> int:
    return sum(map(height_of, column)) + GAP * max(0, len(column) - 1)


def left_of(lane: int) -> int:
    return INDENT + lane * (WIDTH + GUTTER)


def boxed(member: Member, lane_title: str, top: int) -> Box:
    left = left_of(member.lane)
    rows = written(member)
    return Box(
        x=left,
        y=top,
        width=WIDTH,
        height=height_of(member),
        look=LOOKS[member.lane],
        name=f"{''.join(rows)}（{lane_title}）",
        url=f"#{member.key}",
        lines=tuple(
            TextLine(text, left + INDENT, top + PAD + FONT - 1 + number * LINE)
            for number, text in enumerate(rows)
        ),
    )


def headings(titles: Sequence[str], columns: Sequence[Sequence[Member]]) -> tuple[Heading, ...]:
    """Return the lanes' titles; below that of an empty lane, that nothing is told of it."""
    found = [Heading(title, left_of(lane), FONT + INDENT) for lane, title in enumerate(titles)]
    empty = [lane for lane, column in enumerate(columns) if not column]
    return (*found, *(Heading("（配置の記載なし）", left_of(lane), HEAD + LINE) for lane in empty))


def line(upper: Box, lower: Box) -> Line:
    """A curve from the right edge of the upper to the left edge of the lower."""
    x1, y1 = upper.x + upper.width, upper.y + upper.height // 2
    x2, y2 = lower.x, lower.y + lower.height // 2
    half = (x2 - x1) // 2
    return Line(f"M{x1} {y1}C{x1 + half} {y1} {x2 - half} {y2} {x2} {y2}")


def summary(titles: Sequence[str], columns: Sequence[Sequence[Member]]) -> str:
    told = "、".join(
        f"{title}{len(column)}か所" for title, column in zip(titles, columns, strict=True) if column
    )
    return f"左から{told}。同じ内容を一覧でも見られます。" if told else "配置の記載がありません。"
