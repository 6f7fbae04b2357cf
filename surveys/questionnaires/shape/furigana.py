"""Readings of kanji as people type them: 「在宅《ざいたく》」, 「｜見守り《みまもり》」; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is read: from a bar on, else the kanji that stand right before the reading.
_READ = re.compile(
    "(?:[｜|](?P<marked>[^｜|《》\n]{1,40})|(?P<kanji>[\u2e80-\u2fdf々〆ヶ\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]{1,20}))《(?P<reading>[ぁ-ゖァ-ヺー・]{1,40})》"
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `reading` is empty where none is given."""

    text: str
    reading: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """Yield a text in stretches. What is no reading stays as it was typed."""
    at = 0
    for found in _READ.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()])
        yield Piece(found["marked"] or found["kanji"], found["reading"])
        at = found.end()
    if at < len(text):
        yield Piece(text[at:])


def plain(text: str) -> str:
    """Return a text without its readings, as tables and lists show it."""
    return "".join(piece.text for piece in pieces(text))
