"""PDCAの見直し周期: in how many years a plan goes round, and how often a year it is looked at again, in words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from municipalities.japanese import times_a_year

if TYPE_CHECKING:
    from collections.abc import Mapping

# 医療計画 runs for six years; nobody plans for more than two of them.
MOST_YEARS = 12


def in_words(text: str, years: int | None, least: int | None, most: int | None) -> str:
    """Return the text as it was written, with its numbers behind it; the numbers alone where there is no text."""
    numbers = _numbers(years, times_a_year.in_words(least, most))
    if not text or not numbers:
        return text or numbers
    return f"{text}（{numbers}）"


def of_row(row: Mapping[str, Any]) -> str:
    """Return the rhythm of a profile as a document holds it; the first papers know of none."""
    return in_words(
        row.get("review_rhythm", ""),
        *(row.get(name) for name in ("review_years", "reviews_min", "reviews_max")),
    )


def _numbers(years: int | None, times: str) -> str:
    round_ = f"{years}年で一巡" if years else ""
    return "、".join(filter(None, (round_, f"見直しは{times}" if times else "")))
