"""The tree of councils, and the numbers of their functions; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# What stands deeper is shown at this depth.
DEEPEST = 6
# The first signs of ①… ⑳, ㉑… ㉟ and ㊱… ㊿, with the number that each stands for.
CIRCLED = ((1, 0x2460), (21, 0x3251), (36, 0x32B1))
LAST_CIRCLED = 50


@dataclass(frozen=True, slots=True)
class Node:
    """A council with those below it."""

    row: Any
    below: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A function or a detail of one: `mark` is (1) or ①."""

    mark: str
    row: Any


def forest(rows: Sequence[Any]) -> tuple[Node, ...]:
    """Return the councils as trees, each list in the order of `rows`.

    A row whose upper one is not among them stands on top, and so does one that is below itself.
    """
    upper = shown_above(rows)
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(upper[row.pk], []).append(row)

    def grown(pk: int | None) -> tuple[Node, ...]:
        return tuple(Node(row, grown(row.pk)) for row in below.get(pk, ()))

    return grown(None)


def shown_above(rows: Iterable[Any]) -> dict[int, int | None]:
    """Return under which row each is shown; None for those on top."""
    parents = {row.pk: row.parent_id for row in rows}
    chains = {pk: above(pk, parents) for pk in parents}
    return {pk: chain[-min(len(chain), DEEPEST)] if chain else None for pk, chain in chains.items()}


def above(pk: int, parents: Mapping[int, int | None]) -> list[int]:
    """Return the rows over one, the nearest first: none for a row that is over itself."""
    # A dict keeps the order and finds a circle at once.
    chain: dict[int, None] = {}
    one = parents.get(pk)
    while one is not None and one in parents and one not in chain:
        chain[one] = None
        one = parents[one]
    return [] if pk in chain else list(chain)


def circled(number: int) -> str:
    """Return ① for 1; above 50, which has no such sign, the number in brackets."""
    if number > LAST_CIRCLED:
        return f"［{number}］"
    first, sign = next(pair for pair in reversed(CIRCLED) if pair[0] <= number)
    return chr(sign + number - first)


def numbered(rows: Iterable[Any]) -> tuple[Function, ...]:
    """Number the functions (1), (2) …, and the details of each ①, ② …"""
    found = []
    functions = details = 0
    for row in rows:
        if row.is_detail:
            details += 1
            found.append(Function(circled(details), row))
        else:
            functions, details = functions + 1, 0
            found.append(Function(f"({functions})", row))
    return tuple(found)
