"""A trend as small as a word: the numbers themselves stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from decimal import Decimal

WIDTH, HEIGHT, EDGE = 120, 32, 5


@dataclass(frozen=True, slots=True)
class Spark:
    """The path of the line, which breaks where a value is missing or a new series begins, and its points."""

    line: str
    dots: tuple[tuple[float, float], ...]


def spark(values: Sequence[Decimal | None], *, breaks: Collection[int] = ()) -> Spark | None:
    """Return the trend of equal steps in time; None for fewer than two numbers.

    `breaks` are the places at which a new series begins: no line leads there.
    """
    numbers = [value for value in values if value is not None]
    if len(numbers) < 2:  # noqa: PLR2004 -- one point is no trend
        return None
    low, span = min(numbers), max(numbers) - min(numbers)
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    path, pen, dots = "", "M", []
    for place, value in enumerate(values):
        pen = "M" if place in breaks else pen
        if value is None:
            pen = "M"
            continue
        share = float((value - low) / span) if span else 0.5
        x = round(EDGE + step * place, 1)
        y = round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share, 1)
        path += f"{pen}{x:g} {y:g}"
        dots.append((x, y))
        pen = "L"
    return Spark(path, tuple(dots))
