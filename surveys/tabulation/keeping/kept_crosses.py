"""Which parted tables stay when the answers of a round go: those that tell of nobody alone, even for their owner; pure.

Groups of few are put together until each stands for ten people, and options that fewer than ten have chosen are not told
by group: who is looked up is always one of ten. What is subtracted gives sums of ten as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surveys.choices import QuestionType
from surveys.results import percentages
from surveys.tabulation.counting.tables import SMALL, Cross, Group

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from surveys.tabulation.counting.counting import Counted
    from surveys.tabulation.reading.tabulating import Tabulated

    # The numbers of each group for each line; None: hidden.
    Cells = list[list[int | None]]

LEAST_GROUP = 10
TOGETHER = "その他（少数の区分をまとめたもの）"
NOT_ASKED = "分けた設問に答える対象でない人"
# Two groups that are told apart are the least that a parted table has.
LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class _Parted:
    """People by the answers to one question; `inside`: responses × groups, each person in one group."""

    title: str
    labels: tuple[str, ...]
    inside: Any


def kept(
    found: Tabulated, pinned: Collection[str], *, only: str = ""
) -> dict[str, dict[str, Cross]]:
    """Return the crosses that stay, by what parts them and by the number of the table; `only`: of one alone."""
    steps = _steps(found)
    told = {
        number: _parted_by(parter, others, steps)
        for number, parter, others in candidates(found, pinned)
        if only in ("", number)
    }
    return {number: crosses for number, crosses in told.items() if crosses}


def candidates(
    found: Tabulated, pinned: Collection[str]
) -> Iterator[tuple[str, Counted, list[Counted]]]:
    """Yield what parts tables, with the tables it may part: by the profession and by what the owner has chosen.

    A table that parted others itself is left out below the next ones: it is the same numbers, turned.
    """
    done: set[str] = set()
    for number, parter in sorted(found.parting.items(), key=lambda one: not _is_job(one[1])):
        if _is_job(parter) or number in pinned:
            done.add(number)
            rest = (one for one in found.counted if one.table.number not in done)
            yield number, parter, [one for one in rest if one.table.lines]


def is_divided(parter: Counted) -> bool:
    """Say whether a question parts its people into two groups of enough."""
    return len(_groups(parter).labels) >= LEAST_PARTS


def _is_job(one: Counted) -> bool:
    return one.table.question.kind == QuestionType.PROFESSION


def _steps(found: Tabulated) -> list[Any]:
    """Return who goes on at each skip, and who of them does not at another one."""
    import numpy as np

    asked = {one.asked.tobytes(): one.asked for one in found.counted}
    everybody = np.ones(found.n, dtype=bool)
    asked[everybody.tobytes()] = everybody
    steps = list(asked.values())
    return steps + [one & ~other for one in steps for other in steps]


def _parted_by(
    parter: Counted, others: Sequence[Counted], steps: Sequence[Any]
) -> dict[str, Cross]:
    """Part tables by one question. What skips lead to, and what leads to them, is told of larger groups.

    How many of a group were asked is told by the question that leads past it. So a question that leads on is told
    where nothing of it has to be hidden.
    """
    groups = _groups(parter)
    larger = _larger(groups, steps)
    found: dict[str, Cross] = {}
    for one in others:
        leads_on = one.table.question.leads_on
        told = larger if leads_on or not one.asked.all() else groups
        if len(told.labels) >= LEAST_PARTS:
            cross = _crossed(one, told)
            if cross and not (leads_on and hides(cross)):
                found[one.table.number] = cross
    return found


def hides(cross: Cross) -> bool:
    return any(line.count is None for group in cross.groups for line in group.lines)


def _larger(groups: _Parted, steps: Sequence[Any]) -> _Parted:
    """Put groups together until at every skip nobody or enough of each go on, and nobody or enough do not."""
    import numpy as np

    counts = np.array([groups.inside[people].sum(axis=0) for people in steps])
    blocks = [[place] for place in range(len(groups.labels))]

    def size(block: list[int]) -> int:
        return int(groups.inside[:, block].sum())

    def tells_of_few(block: list[int]) -> bool:
        told = counts[:, block].sum(axis=1)
        return bool(((told > 0) & (told < SMALL)).any())

    while len(blocks) > 1 and (few := sorted(filter(tells_of_few, blocks), key=size)):
        blocks.remove(few[0])
        other = min(blocks, key=size)
        blocks.remove(other)
        blocks.append(sorted([*few[0], *other]))
    blocks.sort()
    return _Parted(
        groups.title,
        tuple("、".join(groups.labels[place] for place in block) for block in blocks),
        np.column_stack([groups.inside[:, block].any(axis=1) for block in blocks]),
    )


def _groups(parter: Counted) -> _Parted:
    """Return the groups of a question, those of few put together; who was not asked it is a group too."""
    import numpy as np

    labels = [line.label for line in parter.table.lines]
    outside = ~parter.members.any(axis=1)
    inside = np.column_stack([parter.members, outside])
    parts = joined([int(count) for count in inside.sum(axis=0)])
    labels.append(NOT_ASKED)
    return _Parted(
        parter.table.name,
        tuple(labels[part[0]] if len(part) == 1 else TOGETHER for part in parts),
        np.column_stack([inside[:, part].any(axis=1) for part in parts] or [outside]),
    )


def joined(sizes: Sequence[int]) -> list[list[int]]:
    """Return the places of parts: large ones alone, small ones together, and with the next ones until they are enough."""
    by_size = sorted(
        (place for place, size in enumerate(sizes) if size), key=lambda one: sizes[one]
    )
    few = [place for place in by_size if sizes[place] < LEAST_GROUP]
    many = by_size[len(few) :]
    while few and many and sum(sizes[place] for place in few) < LEAST_GROUP:
        few.append(many.pop(0))
    parts = [[place] for place in sorted(many)]
    return [*parts, sorted(few)] if few else parts


def _crossed(one: Counted, groups: _Parted) -> Cross | None:
    """Return a table parted into groups; None where nothing of it may stay."""
    sizes = [int(n) for n in groups.inside[one.asked].sum(axis=0)]
    counts = [[int(count) for count in row] for row in groups.inside.T.astype(int) @ one.members]
    cells = _of_one_answer(counts) if one.table.is_single else _of_several(counts, sizes)
    if all(count is None for row in cells for count in row):
        return None
    told = zip(groups.labels, sizes, cells, strict=True)
    parts = tuple(Group(label, n, _lines(one, row, n)) for label, n, row in told if n)
    if len(parts) < LEAST_PARTS:
        return None
    return Cross(one.table, groups.title, parts)


def _lines(one: Counted, row: Sequence[int | None], n: int) -> tuple[percentages.Line, ...]:
    return tuple(
        percentages.Line(
            line.label, count, None if count is None else percentages.share(count, n), None
        )
        for line, count in zip(one.table.lines, row, strict=True)
    )


def _of_one_answer(counts: list[list[int]]) -> Cells:
    """Tell of the lines that stand alone; of those put together a reader can compute their sum, which is of enough."""
    columns = [sum(column) for column in zip(*counts, strict=True)]
    parts = joined(columns)
    alone = {part[0] for part in parts if len(part) == 1 and len(parts) >= LEAST_PARTS}
    # A line of nobody tells of nobody.
    told = alone | {place for place, count in enumerate(columns) if not count}
    return [
        [count if at in told and alone else None for at, count in enumerate(row)] for row in counts
    ]


def _of_several(counts: list[list[int]], sizes: Sequence[int]) -> Cells:
    """Tell of the lines that nobody or enough gave, and that enough or everybody did."""
    asked = sum(sizes)
    columns = [sum(column) for column in zip(*counts, strict=True)]
    told = {
        place
        for place, count in enumerate(columns)
        if all(not people or people >= LEAST_GROUP for people in (count, asked - count))
    }
    return [[count if at in told else None for at, count in enumerate(row)] for row in counts]
