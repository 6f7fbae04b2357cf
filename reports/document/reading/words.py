"""How days and lines of the document are told on paper."""

from __future__ import annotations

import datetime as dt

from municipalities.choices import Scene
from municipalities.japanese import dates


def day(text: str | None) -> str:
    """Return 「令和5年11月6日」 for an ISO day, nothing for none."""
    if not text:
        return ""
    return dates.in_wareki(dt.date.fromisoformat(text))


def scene(code: str) -> str:
    """Return the name of one scene; nothing for `all`, which needs no word."""
    return "" if code == Scene.ALL else str(Scene(code).label)


def quoted(word: str) -> str:
    """Return a keyword in the form's 『…』, which people type themselves or leave to us."""
    return word if word.startswith("『") else f"『{word}』"


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a list, each stripped; empty ones are left out."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())
