"""Where a Japanese heading may be broken: between phrases, never inside a word or 「（令和8年度）」; pure."""

from __future__ import annotations

import re
from itertools import pairwise

# Particles and endings are hiragana, and a new word begins behind them; 「お」 and 「ご」 belong to what follows.
_SOFT = "ぁ-ゖ"
_BEGINS = "\u3400-\u4dbf\u4e00-\u9fff々ァ-ヺA-Za-z0-9０-９（(「『【"
_BREAK = re.compile(
    f"(?<=[{_SOFT}])(?<![おご])(?=[{_BEGINS}])|(?<=[{_SOFT}])(?=[おご][\u4e00-\u9fff])"
    "|(?<=[^（(「『【])(?=[（(「『【])"
    "|(?<=[）)」』】、。！？・／\u3000])(?![）)」』】、。！？・／\u3000])"
)
_CLOSED = re.compile(r"[（(「『【][^（()）「」『』【】]{1,16}[）)」』】]")


def phrases(text: str) -> list[str]:
    """Return a text in the pieces that stay whole; together they are the text."""
    whole = [found.span() for found in _CLOSED.finditer(text)]
    cuts = [
        found.start()
        for found in _BREAK.finditer(text)
        if found.start() > 0 and not any(one < found.start() < end for one, end in whole)
    ]
    ends = [0, *cuts, len(text)]
    return [text[one:end] for one, end in pairwise(ends) if one < end]
