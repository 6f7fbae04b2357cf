"""How much of a text fits a box of a printed form: so many signs a line, so many lines. Pure.

static/js/counter.js counts alike.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

# Printed at half the width of a kanji: ASCII and half-width kana; without any: marks that shape the sign before.
_HALF = re.compile("[\u0020-\u007e\uff61-\uff9f]")
_SHAPING = re.compile("[\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@dataclass(frozen=True, slots=True)
class PrintedBox:
    """`columns` signs of full width in a line, `lines` lines."""

    columns: int
    lines: int

    def __str__(self) -> str:
        return f"{self.columns}x{self.lines}"


def width(line: str) -> float:
    """Return the width of a line in signs of full width; 𠮷 and 葛󠄀 are one, ｶﾞ and ab are one."""
    signs = _SHAPING.sub("", line)
    return len(signs) - len(_HALF.findall(signs)) / 2


def lines_of(text: str, columns: int) -> int:
    """Return how many lines a text takes; an empty line takes one, an empty text none."""
    if not text:
        return 0
    return sum(max(1, math.ceil(width(line) / columns)) for line in text.split("\n"))


def in_words(text: str, box: PrintedBox) -> str:
    """Return 「42字・3行（印刷の枠：30字×8行。あと5行）」; too much is a remark, not a refusal."""
    count, used = len(text), lines_of(text, box.columns)
    left = box.lines - used
    rest = f"あと{left:,}行" if left >= 0 else f"{-left:,}行あふれます"
    return f"{count:,}字・{used:,}行（印刷の枠：{box.columns}字×{box.lines}行。{rest}）"
