"""Says of a part of a workbook, by its bytes alone, that it is small: what the parser would take long to count. Pure.

A doubt is no answer: then the parser counts.
"""

from __future__ import annotations

import re
from typing import IO

CHUNK = 1 << 18
# No tag of a table is longer.
LONGEST_TAG = 1 << 20
# UTF-8, said or not; a part in any other encoding is counted by the parser.
BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"'][Uu][Tt][Ff]-8[\"'])?"
    rb"(?: standalone=[\"'](?:yes|no)[\"'])?\s*\?>)?\s*(?=<[A-Za-z])"
)
ROW = b"<row"
BEHIND_A_NAME = (b" ", b"\t", b"\r", b"\n", b"/", b">")
CELL = re.compile(rb"<(?:[^\s<>/]*:)?c[\s/>]")


def is_small(member: IO[bytes], *, elements: int, cells: int) -> bool:
    """Whether a part has at most so many elements, and so many cells in a line, and declares nothing."""
    left = member.read(CHUNK)
    if not (begun := BEGINNING.match(left)):
        return False
    left, line = left[begun.end() :], 0
    while True:
        whole, end, left = left.rpartition(b">")
        elements -= whole.count(b"<")
        line = longest(whole + end, line, cells)
        if elements < 0 or line > cells or len(left) > LONGEST_TAG:
            return False
        if b"<!" in whole or b"<?" in whole or b"\0" in whole:
            return False
        if not (chunk := member.read(CHUNK)):
            return b"<" not in left
        left += chunk


def longest(written: bytes, before: int, most: int) -> int:
    """Return how many cells the last line has so far; more than `most` where any line may have more.

    `before` are those of a line that goes on.
    """
    lines = written.split(ROW)
    if not all(line.startswith(BEHIND_A_NAME) for line in lines[1:]):
        return most + 1
    first, last = before + cells_of(lines[0]), cells_of(lines[-1])
    if len(lines) == 1 or first > most:
        return first
    # Only a line of many elements can have many cells.
    long = [line for line in lines[1:-1] if line.count(b"<") > most]
    return max([last, *(count for line in long if (count := cells_of(line)) > most)])


def cells_of(line: bytes) -> int:
    return len(CELL.findall(line))
