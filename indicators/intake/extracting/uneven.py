"""Rows of a CSV that are longer than its headings: a comma within a number that nobody quoted has moved the values. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.intake.extracting.extracted import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.intake.layouts.layout import Layout

LONGER = (
    "見出しの列より右にも値があり、値の列がずれているおそれがあります。"
    '桁区切りのカンマ（1,710など）が区切りとして書かれていないかを確かめ、カンマを取るか、値を「"」で囲んでください。'
)


def refused(rows: Sequence[Sequence[str]], layout: Layout) -> Iterator[Refused]:
    """Yield the rows below the headings that hold more cells than these."""
    headings = rows[layout.heading_from - 1 : layout.heading_to]
    width = max(map(len, headings), default=0)
    for number, row in enumerate(rows[layout.first_row - 1 :], start=layout.first_row):
        if width and any(text.strip() for text in row[width:]):
            yield Refused(number, 0, ",".join(row), LONGER)
