"""The rows of 年間のまとめ, and how many of them so many lines hold. Pure."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

# How many full-width signs stand in a line of each column with the smallest letters, by its part of the width.
SIGNS_OF = {"done": 28, "reached": 44, "judged": 25, "changed": 22}


@dataclass(frozen=True, slots=True)
class Done:
    """An activity: what has come of it, or how far it is."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Reached:
    """An indicator from 現状値 over this year's value to its target. `is_voice`: residents said it."""

    name: str
    baseline: str
    this: str
    target: str
    verdict: str
    is_voice: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What a council made of something; `meeting` is 案 until one was held over it."""

    name: str
    verdict: str
    reasons: str
    dissent: str
    meeting: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What becomes of something in the next year."""

    name: str
    kind: str
    what: str
    since: str
    meeting: str


def kept_rows(rows: tuple[Any, ...], signs: int, lines: int) -> tuple[Any, ...]:
    """Return the first rows of a cell that its lines hold; the first one always."""
    heights = itertools.accumulate(lines_of(row, signs) for row in rows)
    return tuple(
        row
        for n, (row, height) in enumerate(zip(rows, heights, strict=True))
        if not n or height <= lines
    )


def lines_of(row: Done | Reached | Judged | Changed, signs: int) -> int:
    """Return about how many lines a row takes: each of its paragraphs begins a line of its own."""
    if isinstance(row, Done):
        told = [f"{row.name}　{row.text}"]
    elif isinstance(row, Reached):
        told = [row.name, f"現状値 {row.baseline} → {row.this}　目標 {row.target}　{row.verdict}"]
    elif isinstance(row, Judged):
        dissent = row.dissent and f"異なる意見：{row.dissent}"
        told = [f"{row.verdict}　{row.name}", row.reasons, dissent, f"〔{row.meeting}〕"]
    else:
        told = [f"{row.kind}　{row.name}", f"{row.what}（{row.since}）", f"〔{row.meeting}〕"]
    return sum(math.ceil(_width(text) / signs) for text in told)


def _width(text: str) -> float:
    """Return how many full-width signs take the room of a text; digits and letters take half of one."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)
