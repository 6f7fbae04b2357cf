"""What a copy tells of those who were asked: counts of answers after disclosure, professions of enough people. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.disclosure import tables
from indicators.disclosure.policies import POLICIES, Counted, Limits
from surveys.choices import QuestionKind, SurveyTarget

if TYPE_CHECKING:
    from collections.abc import Iterable

    Row = dict[str, Any]

# A profession is told beside what it said only where so many of it spoke (DESIGN 6).
LEAST_SPEAKERS = 5


def surveys(rows: Iterable[Row], *, population: int | None) -> list[Row]:
    """Return the surveys with the counts that may be told; the others are marked `is_suppressed`."""
    return [_survey(row, population) for row in rows]


def _survey(row: Row, population: int | None) -> Row:
    is_of_professionals = row["target"] == SurveyTarget.PROFESSIONALS
    counted = Counted.PROFESSIONALS if is_of_professionals else Counted.PEOPLE
    limits = POLICIES[counted].limits(population)
    questions = [_question(one, row["respondents"], limits) for one in row["questions"]]
    return row | {"questions": questions}


def _question(row: Row, of_survey: int | None, limits: Limits) -> Row:
    answered = row["respondents"] if row["respondents"] is not None else of_survey
    counts = {one["key"]: _count(one, answered) for one in row["answers"]}
    known = {key: count for key, count in counts.items() if count is not None}
    out = _hidden(known, answered, limits, is_single=row["kind"] == QuestionKind.SINGLE)
    return row | {
        "answers": [_suppressed(one) if one["key"] in out else one for one in row["answers"]]
    }


def _count(answer: Row, answered: int | None) -> int | None:
    """Return how many gave an answer, as a reader could compute it; None where nobody could."""
    if answer["count"] is not None:
        return int(answer["count"])
    if answer["percent"] is None or answered is None:
        return None
    return round(Decimal(answer["percent"]) * answered / 100)


def _hidden(
    counts: dict[str, int], answered: int | None, limits: Limits, *, is_single: bool
) -> set[str]:
    """Return the keys of the answers to hide: small ones, and those by which they could be computed."""
    if not counts:
        return set()
    if limits.hides_everything or (answered is not None and answered < limits.base):
        return set(counts)
    if is_single:
        return _protected(counts, limits.least)
    return {key for key, count in counts.items() if _is_telling(count, answered, limits.least)}


def _protected(counts: dict[str, int], least: int) -> set[str]:
    """Of answers that sum to their total, hide so many that no hidden one can be computed."""
    small = {key for key, count in counts.items() if 0 < count < least}
    if not small:
        return set()
    cells: dict[tables.Key, int | None] = {(key,): count for key, count in counts.items()}
    cells[None,] = sum(counts.values())
    try:
        found = tables.hidden(tables.Table(cells, least=least, known=[(None,)]))
    except tables.Unprotected:
        return set(counts)
    return {str(key) for (key,) in found if key is not None}


def _is_telling(count: int, answered: int | None, least: int) -> bool:
    """Say whether a count, or the number of those who did not give the answer, is too small."""
    rest = None if answered is None else answered - count
    return 0 < count < least or (rest is not None and 0 < rest < least)


def _suppressed(answer: Row) -> Row:
    return answer | {"count": None, "percent": None, "rank": None, "is_suppressed": True}


def hearing(row: Row) -> Row:
    """Return a hearing; of few people neither their profession nor their number is told."""
    if row["people"] is not None and row["people"] >= LEAST_SPEAKERS:
        return row
    return row | {"profession": "unstated", "people": None}
