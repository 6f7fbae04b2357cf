"""Which answers of a survey stay in the house: small ones, and those by which a reader could compute them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from indicators.disclosure import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indicators.disclosure.policies import Limits

# Those who answered, but gave none of the answers that are listed; no key is empty.
REST = ""
TOTAL: tables.Key = (None,)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. `percents` are those of answers without a count, as printed.

    `is_own`: how many answered is told of this question alone. `adds_up`: each gave one answer; None
    where nobody says. `told` has the same number in an earlier copy, `kept` was hidden in one;
    `is_corrected`: an earlier copy had another table.
    """

    counts: Mapping[str, int]
    percents: Mapping[str, str]
    answered: int | None
    is_own: bool = False
    adds_up: bool | None = True
    told: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    is_corrected: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset((*self.counts, *self.percents))

    def ranges(self) -> dict[str, tuple[int, int]]:
        """Return between which counts a reader sees each answer; nothing of whom nobody can count."""
        found = {key: (count, count) for key, count in self.counts.items()}
        if self.answered is not None or self.counts:
            found |= {key: self._range(Decimal(text)) for key, text in self.percents.items()}
        return found

    def _range(self, percent: Decimal) -> tuple[int, int]:
        """Return how many a percentage may be. Beside counts it tells of how many it is one: fail closed."""
        if self.answered is None:
            return tables.LEAST_HIDDEN, tables.LEAST_HIDDEN
        half = Decimal("0.05") if percent == round(percent, 1) else Decimal("0.005")
        low, high = ((percent + step) * self.answered / 100 for step in (-half, half))
        least = max(int(low.to_integral_value(ROUND_CEILING)), 0)
        return least, max(int(high.to_integral_value(ROUND_FLOOR)), least)

    def values(self) -> dict[str, int]:
        """Return of each answer the least that it can be: zero only where it is nobody for certain."""
        return {
            key: low or min(high, tables.LEAST_HIDDEN) for key, (low, high) in self.ranges().items()
        }

    def rest(self) -> int:
        """Return how many at least gave none of the answers listed."""
        if self.answered is None:
            return 0
        return max(self.answered - sum(high for _, high in self.ranges().values()), 0)

    @property
    def may_add_up(self) -> bool:
        if self.adds_up is None and self.answered is not None:
            return sum(low for low, _ in self.ranges().values()) <= self.answered
        return self.adds_up is not False


@dataclass(frozen=True, slots=True)
class Out:
    """What of a question is hidden: answers, and how many answered it (where it is told of it alone)."""

    answers: frozenset[str] = frozenset()
    answered: bool = False


def hidden(asked: Sequence[Asked], limits: Limits) -> list[Out]:
    """Return what to hide of each question of one survey.

    A question that was put to those alone who gave an answer before tells how many they are: such an
    answer protects nothing, and where it has to be hidden, so has the question that tells of it.
    """
    found = [_of_one(one, _told_by_others(one, asked), limits) for one in asked]
    while telling := [
        place
        for place, out in enumerate(found)
        if not out.answered and _tells(place, asked, found, limits)
    ]:
        for place in telling:
            found[place] = Out(asked[place].keys, answered=True)
    return found


def _told_by_others(question: Asked, asked: Sequence[Asked]) -> frozenset[int]:
    return frozenset(
        one.answered
        for one in asked
        if one is not question and one.is_own and one.answered not in (None, question.answered)
    )


def _tells(place: int, asked: Sequence[Asked], found: Sequence[Out], limits: Limits) -> bool:
    """Say whether how many answered a question tells of few, or of a hidden answer to another one."""
    answered = asked[place].answered
    if answered is None or not asked[place].is_own:
        return False
    others = [pair for number, pair in enumerate(zip(asked, found, strict=True)) if number != place]
    return (
        0 < answered < limits.least
        or any(
            one.counts.get(key) == answered and answered != one.answered
            for one, out in others
            for key in out.answers
        )
        or any(_parts(one, out, answered) for one, out in others)
    )


def _parts(question: Asked, out: Out, answered: int) -> bool:
    """Say whether so many may be some of those whose answers are hidden, beside any whose answers are shown.

    That is what is told where answers led past the other question: of 33 only 30 were asked it, so 3 gave them; of
    54 only 28, so 3 beside the 23 that are shown.
    """
    unseen = [count for key in out.answers if (count := question.counts.get(key))]
    seen = [count for key, count in question.counts.items() if key not in out.answers]
    some = _sums(unseen) - {0, sum(unseen)}
    told = {part + shown for part in some for shown in _sums(seen)}
    return answered in told or (question.answered or 0) - answered in told


def _sums(counts: Sequence[int]) -> set[int]:
    """Return what some, all or none of these come to."""
    found = {0}
    for count in counts:
        found |= {one + count for one in found}
    return found


def _of_one(question: Asked, linked: frozenset[int], limits: Limits) -> Out:
    """Return what to hide of a question by itself; of a corrected table all or nothing.

    By how much a sum has grown since an earlier copy tells what has joined it.
    """
    try:
        out = _answers(question, linked, limits)
    except tables.Unprotected:
        return Out(question.keys, answered=True)
    return Out(question.keys, answered=True) if out and question.is_corrected else Out(out)


def _answers(question: Asked, linked: frozenset[int], limits: Limits) -> frozenset[str]:
    """Return the answers to hide. Raises Unprotected."""
    values = question.values()
    is_of_few = question.answered is not None and question.answered < limits.base
    if limits.hides_everything or is_of_few:
        return question.keys if values else frozenset()
    out: set[str] = set()
    if question.may_add_up:
        out |= _protected(question, linked, limits.least)
    if question.adds_up is not True:
        out |= set(_telling(question, limits.least))
    # What was hidden beside a small one stays hidden while there is one.
    return frozenset(out | {key for key in question.kept if out and values.get(key)})


def _telling(question: Asked, least: int) -> Iterator[str]:
    """Yield the answers of which few gave them, or few did not."""
    for key, (low, high) in question.ranges().items():
        value = low or min(high, tables.LEAST_HIDDEN)
        rest = 0 if question.answered is None else question.answered - high
        if 0 < value < least or 0 < rest < least:
            yield key


def _protected(question: Asked, linked: frozenset[int], least: int) -> frozenset[str]:
    """Of answers that sum to their total, return what to hide so that no hidden one can be computed.

    Raises Unprotected where earlier copies have told too much: then the total has to go as well.
    """
    values = question.values()
    small = {key for key, value in values.items() if 0 < value < least}
    rest = question.rest()
    if not small and not 0 < rest < least:
        return frozenset()
    cells: dict[tables.Key, int | None] = {(key,): value for key, value in values.items()}
    cells |= {TOTAL: sum(values.values()) + rest} | ({(REST,): rest} if rest else {})
    kept = {key for key in question.kept if values.get(key)} - question.told
    unshown = {(key,) for key in kept} | {(REST,)} & cells.keys()
    table = tables.Table(cells, least, {TOTAL, *((key,) for key in question.told)}, unshown)
    tied = {(key,) for key, count in question.counts.items() if count in linked} - table.primary()
    try:
        out = tables.hidden(replace(table, known={*table.known, *tied}))
    except tables.Unprotected:
        out = tables.hidden(table)
    return frozenset({str(key) for (key,) in out} | small) - {REST}
