"""The one table that the bench prints: what, reach, reference, measured, met."""

import unicodedata
from dataclasses import astuple, dataclass

HEADS = ("what", "reach", "reference", "measured", "met?")
VERDICTS = {True: "yes", False: "NO", None: "-"}


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing. `is_met` is None where nothing was promised."""

    what: str
    reach: str
    reference: str
    measured: str
    is_met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        *texts, is_met = astuple(self)
        return (*texts, VERDICTS[is_met])


def printed(lines: list[Line]) -> str:
    """Return the lines as an aligned text table."""
    rows = [HEADS, *(line.cells for line in lines)]
    widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
    drawn = [
        "  ".join(
            cell + " " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([drawn[0], rule, *drawn[1:]])


def columns_of(text: str) -> int:
    """Return how many columns a text takes on a terminal: a full-width character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
