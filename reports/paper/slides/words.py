"""Lists and gaps as paragraphs. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.paper.slides.parts import Paragraph
from reports.paper.wording.wording import SIGN, lines

if TYPE_CHECKING:
    from collections.abc import Iterator


def item(text: str) -> Paragraph:
    """Return a line of a list: its own sign stays, a line without one gets a bullet."""
    return Paragraph(text, "signed" if SIGN.fullmatch(text) else "item")


def listed(text: str) -> Iterator[Paragraph]:
    return map(item, lines(text))


def unwritten(text: str) -> Paragraph:
    return Paragraph(text, "muted")


def joined(*texts: str) -> str:
    """Return the texts that are there, one a line, as they stand in a cell."""
    return "\n".join(text for text in texts if text.strip())
