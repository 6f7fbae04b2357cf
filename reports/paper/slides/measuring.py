"""How much room text takes: lines by the width of their characters, in em and points. Pure.

The estimate is on the safe side: a font that the reader's PC puts in the place of ours may be wider.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Lines are set with an exact distance, so that their height does not depend on the font.
LEADING = 1.3
WIDE, NARROW, MARK = 1.0, 0.6, 0.0
WIDE_KINDS = ("W", "F", "A")
# No line is filled to its end: 禁則 moves a character or two to the next.
FILLED = 0.96
# More lines than a slide has.
MOST = 64


@cache
def advance(sign: str) -> float:
    """Return the width of a character in em."""
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Cf", "Mn", "Me"}:
        return MARK
    return WIDE if unicodedata.east_asian_width(sign) in WIDE_KINDS else NARROW


def width(text: str) -> float:
    return sum(map(advance, text))


def broken(text: str, room: float) -> Iterator[str]:
    """Yield the lines of a text in a column of `room` em; an empty text is one line."""
    room = max(room * FILLED, WIDE)
    for paragraph in text.split("\n"):
        start, used = 0, 0.0
        for at, sign in enumerate(paragraph):
            used += advance(sign)
            if used > room:
                yield paragraph[start:at]
                start, used = at, advance(sign)
        yield paragraph[start:]


def lines(text: str, room: float) -> int:
    """Return how many lines a text takes; of a text longer than any slide only that it is."""
    return sum(1 for _ in islice(broken(text, room), MOST))


def leading(size: float) -> float:
    """Return the distance of lines in points."""
    return size * LEADING


def cut(text: str, room: float, most: int) -> tuple[str, str]:
    """Return what fits into `most` lines and the rest, cut behind a sentence where one ends near."""
    if lines(text, room) <= most:
        return text, ""
    taken = 0
    for line in islice(broken(text, room), most):
        taken += len(line)
        taken += text[taken : taken + 1] == "\n"
    end = max(text.rfind(sign, 0, taken) for sign in "。\n") + 1
    at = end if end > taken // 2 else taken
    return text[:at].rstrip("\n"), text[at:].lstrip("\n")
