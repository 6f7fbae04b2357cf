"""The question whether the table of a file is public: when it is put, which answer is proposed, what an answer would hide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators.intake.forms import PublicForm, said_of
from indicators.intake.withholding import foreseen, small_numbers, standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.models import Dataset, Definition, StatisticsUpload


def how_public(
    upload: StatisticsUpload,
    dataset: Dataset | None,
    typed: PublicForm | None,
    definitions: Iterable[Definition],
) -> dict[str, Any]:
    """Return the context of the question; `typed` is its form as it came back, None where nobody has answered yet."""
    small = small_numbers.of(upload, definitions) if upload.may_be_taken else None
    asks = small is not None and small.counts_people
    adds = standing.added(dataset, small.people) if small else []
    where = standing.proposed_source(upload, dataset, adds=adds) if asks else ""
    is_known = dataset is not None and bool(dataset.public_source)
    return {
        "small": small,
        "adds": adds,
        "foreseen": foreseen.kept_with(upload) if asks else {},
        "take": typed or PublicForm(initial=said_of(where)),
        "is_proposed": bool(where) and typed is None and not is_known,
    }
