"""A text as it is set on paper: its lines, its list signs, and about how many lines it will take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from logicmodels.shape import lettering

if TYPE_CHECKING:
    from collections.abc import Iterable

# A line of a list may begin with its own sign (①…⑳ and ⑴…⒇ too); a line without one gets 「・」.
SIGN = re.compile(r"(\s*)([・●○◎■□◆◇▲△▼▽★☆※＊*•\-－–—→⇒➡①-⑳⑴-⒇])(.*)", re.DOTALL)
POINT = 0.353
# A row is kept on one page up to this many lines (a third of it), estimated by the narrowest column.
WHOLE_ROW_LINES = 12
LINE_SIGNS = 36
# No line breaks between these; so many of them in a row may be wider than the narrowest column.
UNBROKEN = re.compile(
    r"[^\sあいうえおか-ちつ-もやゆよら-わを-んアイウエオカ-チツ-モヤユヨラ-ワヲ-ンヴ一-鿿〇]{8,}"
)
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text, each as it was typed; lines without any visible sign are left out."""
    return tuple(line for line in text.split("\n") if line.strip())


def items(text: str) -> tuple[dict[str, str], ...]:
    """The lines of a list, each as indent, sign and text."""
    return tuple(map(item, lines(text)))


def item(text: str) -> dict[str, str]:
    """One line of a list as indent, sign and text."""
    indent, sign, rest = found.groups() if (found := SIGN.fullmatch(text)) else ("", "・", text)
    return {"indent": indent, "sign": sign, "text": rest}


def is_whole(*texts: str) -> bool:
    """Whether the row that holds these texts is short enough never to be cut by a page's end."""
    return all(
        sum(1 + len(line) // LINE_SIGNS for line in lines(text)) <= WHOLE_ROW_LINES
        for text in texts
    )


def has_long_word(texts: Iterable[str]) -> bool:
    """Whether a text holds a run of signs that has no place for a line to break."""
    return any(UNBROKEN.search(text) for text in texts)


def numbered(place: int) -> str:
    """Return ①, ② …; from the twenty-first on 「(21)」."""
    return CIRCLED[place - 1] if place <= len(CIRCLED) else f"({place})"


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters, an ellipsis where some are left out."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of one size, by its name in paper.css; heights are millimetres, on the careful side."""

    name: str
    points: float
    leading: float

    def height(self, text: str, width: float) -> float:
        """How high a text stands in a column; its list sign takes one letter of the width."""
        letter = self.points * POINT
        room = max(1.0, width / letter - 1.2)
        return sum(len(lettering.lines(line, room)) for line in lines(text)) * letter * self.leading
