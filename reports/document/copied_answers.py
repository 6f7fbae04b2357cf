"""What a copy tells of those who were asked: counts of answers after disclosure, professions of enough people. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.disclosure import answers
from indicators.disclosure.answers import Asked
from indicators.disclosure.policies import POLICIES, Counted
from surveys.choices import QuestionKind, SurveyTarget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indicators.disclosure.answers import Out

    Row = dict[str, Any]
    # A question and an answer, by their keys; ANSWERED stands for all who answered.
    Place = tuple[str, str]
    Told = frozenset[tuple[Place, str]]

# A profession is told beside what it said only where so many of it spoke (DESIGN 6).
LEAST_SPEAKERS = 5
ANSWERED = ""
NUMBERS = ("numbers", "mean", "median")
SUMS = {QuestionKind.SINGLE: True, QuestionKind.MULTIPLE: False, QuestionKind.UNSTATED: None}


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier copies have told of this year's answers, with its number, and what they have hidden."""

    told: Told = frozenset()
    hidden: frozenset[Place] = frozenset()

    def is_corrected(self, question: str, now: Told) -> bool:
        """Say whether earlier copies had a question's table, and it is another one today."""
        hidden = {place for place in self.hidden if place[0] == question}
        told = {place for place, _ in self.told if place[0] == question}
        same = {place for place, _ in now & self.told}
        return bool(told) and (not told <= same or {place for place, _ in now} != told | hidden)


NOTHING_EARLIER = Earlier()


def earlier(copies: Iterable[Row], *, fiscal_year: int) -> Earlier:
    """Return what the documents of earlier copies of this year have told and hidden."""
    of_year = [one for one in copies if one["fiscal_year"] == fiscal_year]
    asked = [
        (question, survey)
        for document in of_year
        for survey in document["published_surveys"]
        for question in survey["questions"]
    ]
    return Earlier(
        frozenset(one for question, survey in asked for one in _told(question, survey)),
        frozenset(
            (question["key"], one["key"])
            for question, _ in asked
            for one in question["answers"]
            if _is_suppressed(one)
        ),
    )


def _told(question: Row, survey: Row) -> Iterator[tuple[Place, str]]:
    """Yield the numbers of a question, with how many answered it."""
    for one in question["answers"]:
        if number := _number(one):
            yield (question["key"], one["key"]), number
    answered = _answered(question, survey)
    if answered is not None:
        yield (question["key"], ANSWERED), str(answered)


def _number(answer: Row) -> str | None:
    """Return what an answer tells of itself: how many they are, else the percentage."""
    if answer["count"] is not None:
        return str(answer["count"])
    return None if answer["percent"] is None else f"{answer['percent']}%"


def surveys(
    rows: Iterable[Row], *, population: int | None, earlier: Earlier = NOTHING_EARLIER
) -> list[Row]:
    """Return the surveys with the counts that may be told; the others are marked `is_suppressed`."""
    return [_survey(row, population, earlier) for row in rows]


def _survey(row: Row, population: int | None, earlier: Earlier) -> Row:
    is_of_professionals = row["target"] == SurveyTarget.PROFESSIONALS
    counted = Counted.PROFESSIONALS if is_of_professionals else Counted.PEOPLE
    limits = POLICIES[counted].limits(population)
    rows = row["questions"]
    asked = [_asked(one, row, earlier) for one in rows]
    found = answers.hidden(asked, limits)
    return row | {"questions": [_question(one, out) for one, out in zip(rows, found, strict=True)]}


def _answered(question: Row, survey: Row) -> int | None:
    """Return how many answered a question: where nobody says, as many as the most of any other."""
    others = [one["respondents"] for one in survey["questions"]]
    found = [
        question["respondents"],
        survey["respondents"],
        max(filter(None, others), default=None),
    ]
    return next((one for one in found if one is not None), None)


def _asked(row: Row, survey: Row, earlier: Earlier) -> Asked:
    now = frozenset(_told(row, survey))
    bare = [one for one in row["answers"] if one["count"] is None and one["percent"] is not None]
    return Asked(
        counts={one["key"]: one["count"] for one in row["answers"] if one["count"] is not None},
        percents={one["key"]: one["percent"] for one in bare},
        answered=_answered(row, survey),
        is_own=row["respondents"] not in (None, survey["respondents"]),
        adds_up=SUMS[row["kind"]],
        told=frozenset(key for (_, key), _ in now & earlier.told),
        kept=frozenset(key for question, key in earlier.hidden if question == row["key"]),
        is_corrected=earlier.is_corrected(row["key"], now),
    )


def _question(row: Row, out: Out) -> Row:
    """Return a question without what is hidden, and without what its order would tell of it.

    Means stay at home: of two copies with one answer more between them, the answer could be computed.
    """
    row = row | {name: None for name in NUMBERS if name in row}
    if not out.answers and not out.answered:
        return row
    made = [
        _suppressed(one) if one["key"] in out.answers else _unranked(one) for one in row["answers"]
    ]
    if _is_by_size([one for one in made if _number(one)]):
        behind = sorted(filter(_is_suppressed, made), key=lambda one: (one["label"], one["key"]))
        made = [*(one for one in made if not _is_suppressed(one)), *behind]
        made = [one | {"position": place} for place, one in enumerate(made, start=1)]
    respondents = None if out.answered else row["respondents"]
    return row | {"answers": made, "respondents": respondents}


def _is_by_size(told: list[Row]) -> bool:
    """Say whether a reader takes the table to be sorted; その他 or 無回答 may stand at its end."""
    sizes = [Decimal(one["percent"] if one["count"] is None else one["count"]) for one in told]
    parts = (sizes, sizes[:-1])
    return any(len(part) > 1 and part == sorted(part, reverse=True) for part in parts)


def _is_suppressed(answer: Row) -> bool:
    return bool(answer.get("is_suppressed"))


def _unranked(answer: Row) -> Row:
    return answer | {"rank": None}


def _suppressed(answer: Row) -> Row:
    return answer | {"count": None, "percent": None, "rank": None, "is_suppressed": True}


def hearing(row: Row) -> Row:
    """Return a hearing; of few people neither their profession nor their number is told."""
    if row["people"] is not None and row["people"] >= LEAST_SPEAKERS:
        return row
    return row | {"profession": "unstated", "people": None}
