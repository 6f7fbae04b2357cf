"""Answers as columns: of every question who was asked, and who ticked what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from surveys.choices import QuestionType
from surveys.questionnaires.shape.form_shape import LEADING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from surveys.questionnaires.shape.form_shape import Asked, Form


class Mark(NamedTuple):
    """One line of an answer, by keys; what is not said is None or empty."""

    response: int
    question: str
    row: str | None = None
    option: str | None = None
    number: Decimal | None = None


@dataclass(frozen=True)
class Columns:
    """`professions`: of each response. Arrays have a line for each response.

    `asked`: question → who was asked; `ticked`: (question, row) → responses × options;
    `numbers`: question → response's place → number.
    """

    professions: tuple[str, ...]
    asked: dict[str, Any]
    ticked: dict[tuple[str, str], Any]
    numbers: dict[str, dict[int, Decimal]]
    written: dict[str, set[int]]


def of(form: Form, responses: Sequence[tuple[int, str]], marks: Iterable[Sequence[Any]]) -> Columns:
    """Lay out the answers. `responses`: (number, profession); marks of others are left out."""
    ticked, numbers, written = _laid_out(form, [number for number, _ in responses], marks)
    return Columns(
        tuple(profession for _, profession in responses),
        _asked(form, len(responses), ticked),
        ticked,
        numbers,
        written,
    )


def _laid_out(  # noqa: C901 -- one pass over all lines, cut by question and row
    form: Form, names: list[int], marks: Iterable[Sequence[Any]]
) -> tuple[Any, Any, Any]:
    import numpy as np
    import pandas as pd

    frame = pd.DataFrame(list(marks), columns=list(Mark._fields), dtype=object)
    frame["place"] = pd.Index(names, dtype="int64").get_indexer(frame["response"].astype("int64"))
    frame = frame[frame["place"] >= 0]
    ticked: dict[tuple[str, str], Any] = {}
    numbers: dict[str, dict[int, Decimal]] = defaultdict(dict)
    written: dict[str, set[int]] = defaultdict(set)
    slots = _slots(form)
    for (key, row), size in slots.items():
        ticked[key, row] = np.zeros((len(names), size), dtype=bool)
    at = _places(form)
    options = frame[frame["option"].notna()]
    for key, part in options.groupby("question", sort=False):
        row_keys = part["row"].fillna("")
        for row, lines in part.groupby(row_keys, sort=False):
            if (key, row) in ticked:
                column = lines["option"].map(at.get(key, {}))
                known = column.notna()
                ticked[key, row][
                    lines["place"][known].to_numpy(), column[known].astype(int).to_numpy()
                ] = True
    entries = frame[frame["option"].isna()]
    for key, place, number in zip(
        entries["question"], entries["place"], entries["number"], strict=True
    ):
        if number is None or number != number:  # noqa: PLR0124 -- pandas writes NaN for None
            written[key].add(int(place))
        else:
            numbers[key][int(place)] = number
    return ticked, dict(numbers), dict(written)


def _slots(form: Form) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for asked in form.questions:
        if asked.kind == QuestionType.MATRIX:
            found |= {(asked.key, row.key): len(asked.options) for row in asked.rows}
        elif asked.kind in LEADING:
            found[asked.key, ""] = len(asked.options)
    return found


def _places(form: Form) -> dict[str, dict[str, int]]:
    return {
        asked.key: {option.key: place for place, option in enumerate(asked.options)}
        for asked in form.questions
    }


def _asked(form: Form, count: int, ticked: dict[tuple[str, str], Any]) -> dict[str, Any]:
    """Walk all responses through the questionnaire at once, as `form_shape.path` walks one."""
    import numpy as np

    places = form.places()
    following = np.zeros(count, dtype=int)
    found = {}
    for at, asked in enumerate(form.questions):
        here = following <= at
        found[asked.key] = here
        if asked.leads_on:
            following = np.where(here, _led(asked, at, places, ticked[asked.key, ""]), following)
    return found


def _led(asked: Asked, at: int, places: dict[str, int], ticks: Any) -> Any:
    """Return the place at which each goes on: the first ticked option that leads on decides."""
    import numpy as np

    found = np.full(len(ticks), at + 1)
    for place in reversed(range(len(asked.options))):
        target = places.get(asked.options[place].skip_to, 0)
        if target > at:
            found = np.where(ticks[:, place], target, found)
    return found
