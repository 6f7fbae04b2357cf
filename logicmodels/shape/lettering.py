"""How wide a Japanese text is and where it breaks, counted in characters; no font is asked."""

from __future__ import annotations

import unicodedata

WIDE = {"F", "W", "A"}
# Never at the head of a line; never at its end.
NO_HEAD = frozenset(
    "、。，．・：；）」』】〉》］｝)]}!！?？ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
)
NO_TAIL = frozenset("（「『【〈《［｛([{")


def width(text: str) -> float:
    """Return a text's width in full-width characters; a half-width one counts as a half."""
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0
    return 1 if unicodedata.east_asian_width(sign) in WIDE else 0.58


def lines(text: str, limit: float) -> tuple[str, ...]:
    """Break a text into lines of at most `limit` full-width characters, at least one line.

    One sign may hang over the limit, where it may not stand at the head of the next line.
    """
    found = []
    for paragraph in text.splitlines() or [""]:
        rest = paragraph
        while rest:
            cut = _cut(rest, limit)
            found.append(rest[:cut].rstrip())
            rest = rest[cut:].lstrip()
        if not paragraph:
            found.append("")
    return tuple(found)


def _cut(text: str, limit: float) -> int:
    """Return where the first line of a text ends."""
    used = 0.0
    for index, sign in enumerate(text):
        used += _width(sign)
        if used > limit and index:
            return _kept_together(text, index)
    return len(text)


def _kept_together(text: str, cut: int) -> int:
    """Move a cut so that no closing sign begins a line and no opening one, or half a number, ends it."""
    if text[cut] in NO_HEAD:
        after = cut + 1
        return after if after >= len(text) or text[after] not in NO_HEAD else after + 1
    start = cut
    while start > 1 and _belong_together(text[start - 1], text[start]):
        start -= 1
    return start if start > cut / 3 else cut


def _belong_together(left: str, right: str) -> bool:
    is_word = left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
    return is_word or left in NO_TAIL
