"""The options of a question as a scale: which stand to the left, in the middle, to the right; pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from surveys.choices import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.results.percentages import Line

# Who says so stands at no step of a scale.
NO_STEP = re.compile(
    "わからない|分からない|判らない|無回答|未回答|不明|無効|その他|該当なし|該当しない|答えたくない"
)
FEWEST_STEPS = 2


def steps(lines: Sequence[Line], scale: str) -> tuple[list[Line], list[Line]]:
    """Return the steps from the bad to the good end, and the answers that are no step."""
    inside = [line for line in lines if not is_no_step(line.label)]
    outside = [line for line in lines if is_no_step(line.label)]
    return (inside[::-1] if scale == Scale.GOOD_FIRST else inside), outside


def is_no_step(label: str) -> bool:
    return bool(NO_STEP.search(unicodedata.normalize("NFKC", label)))


def is_drawable(inside: Sequence[Line]) -> bool:
    """Say whether the steps can be drawn: there are two of them, and every percentage is known."""
    return len(inside) >= FEWEST_STEPS and all(line.percent is not None for line in inside)
