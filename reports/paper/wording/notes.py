"""Footnotes ※1, ※2 … of one part: the same words share one number."""

from __future__ import annotations


class Footnotes:
    """Collects the notes of a table in the order in which they are asked for."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}

    def mark(self, text: str) -> int | None:
        """Return the number of a note, a new one for new words; None where there is nothing to say."""
        return self._texts.setdefault(text, len(self._texts) + 1) if text else None

    @property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """Every note with its number."""
        return tuple((number, text) for text, number in self._texts.items())
