"""Two rounds side by side: what was asked both times, how far apart it lies, and what chance alone may explain; pure.

Everybody of both rounds is compared as two groups of different people. Where respondents wrote a code of their own,
those who answered both times are compared with themselves; of enough of them the verdict is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from indicators.arithmetic.intervals import LEAST
from indicators.arithmetic.printing import half_up
from surveys.results import over_years
from surveys.results.over_years import Step, same
from surveys.results.percentages import NO_ANSWER, Line, share
from surveys.tabulation.counting import means, same_people
from surveys.tabulation.counting.same_people import Fourfold, Joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from surveys.results.over_years import Comparison
    from surveys.tabulation.counting.counting import Counted
    from surveys.tabulation.counting.means import Means
    from surveys.tabulation.counting.tables import Table

EVERYBODY, THE_SAME = "答えた人全員", "番号で結べた人"
OTHER_UNIT = "単位が違うため、平均は比べません。"
OTHER_POINTS = "点数の付け方が違うため、平均は比べません。"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One of the two rounds as its tables name it; `target`: whom it asked, as coded."""

    year: str
    name: str
    target: str


@dataclass(frozen=True, slots=True)
class PairedRow:
    """An option among the same people; `gained` named it the second time alone, `lost` the first."""

    label: str
    before: Line
    after: Line
    gained: int
    lost: int
    step: Step


@dataclass(frozen=True, slots=True)
class Paired:
    n: int
    rows: tuple[PairedRow, ...]

    @property
    def is_enough(self) -> bool:
        return self.n >= LEAST.answers


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of both rounds. `before` is the earlier table; `remarks` say why something is not compared."""

    table: Table
    before: Table
    comparison: Comparison
    paired: Paired | None
    means: tuple[Means, ...]
    remarks: tuple[str, ...]

    @property
    def is_reworded(self) -> bool:
        return same(self.table.title) != same(self.before.title)


def asked_twice(
    before: Counted,
    after: Counted,
    occasions: tuple[Occasion, Occasion],
    people: Joined,
    *,
    change: str = "",
) -> Asked:
    """Compare one question of two rounds. `change`: what the owner has said to be different since."""
    is_padded = bool(before.table.missing or after.table.missing)
    told = [
        _told(one, at, is_padded=is_padded)
        for one, at in zip((before, after), occasions, strict=True)
    ]
    found = over_years.compared([told[0], replace(told[1], change=change)])
    if found.remarks:
        return Asked(after.table, before.table, found, None, (), found.remarks)
    paired = _paired(found, before, after, people)
    remarks = tuple(_not_averaged(before, after))
    averaged = () if remarks else tuple(_means(before, after, people))
    judged = _judged(found, paired, min(before.table.asked, after.table.asked))
    return Asked(after.table, before.table, judged, paired, averaged, remarks)


def _told(one: Counted, at: Occasion, *, is_padded: bool) -> over_years.Asked:
    """Return a table as a time of its question. 無回答 is a line on both sides, or on none."""
    table = one.table
    lines = table.lines[: len(table.lines) - bool(table.missing)] if table.lines else ()
    if is_padded and table.lines:
        lines = (*lines, Line(NO_ANSWER, table.missing, share(table.missing, table.asked), None))
    return over_years.Asked(
        year=at.year,
        name=at.name,
        text=table.title,
        respondents=table.asked,
        lines=lines,
        way=f"{table.question.kind} {table.is_single}",
        target=at.target,
    )


def _judged(found: Comparison, paired: Paired | None, n: int) -> Comparison:
    """Leave the verdict to the same people where they are enough; of few say that they are few."""
    if paired and paired.is_enough:
        word = ""
    elif n < LEAST.answers:
        word = means.FEW
    else:
        return found
    rows = (replace(row, step=_worded(row.step, word)) for row in found.rows)
    return replace(found, rows=tuple(rows))


def _worded(step: Step, word: str) -> Step:
    return replace(step, verdict=word) if step.verdict else step


def _paired(found: Comparison, before: Counted, after: Counted, people: Joined) -> Paired | None:
    """Compare the answers of those who were asked both times and can be joined."""
    old, new = _asked_both(before, after, people)
    if not len(old) or not found.rows:
        return None
    rows = []
    for row in found.rows:
        was, now = _said(before, row.label, old), _said(after, row.label, new)
        rows.append(_paired_row(row.label, _fourfold(was, now)))
    return Paired(len(old), tuple(rows))


def _asked_both(before: Counted, after: Counted, people: Joined) -> tuple[Any, Any]:
    import numpy as np

    old, new = (np.array(side, dtype=int) for side in (people.before, people.after))
    both = before.asked[old] & after.asked[new]
    return old[both], new[both]


def _said(one: Counted, label: str, places: Any) -> Any:
    import numpy as np

    for at, line in enumerate(one.table.lines):
        if same(line.label) == same(label):
            return one.members[places, at]
    return np.zeros(len(places), dtype=bool)


def _fourfold(was: Any, now: Any) -> Fourfold:
    parts = (was & now, was & ~now, now & ~was, ~was & ~now)
    return Fourfold(*(int(part.sum()) for part in parts))


def _paired_row(label: str, found: Fourfold) -> PairedRow:
    was, now = (
        Line(label, count, share(count, found.n), None) for count in (found.before, found.after)
    )
    points = over_years.points_of((was, found.n), (now, found.n))
    is_enough = found.n >= LEAST.answers
    if not found.before and not found.after:
        nobody = Step(points, verdict=over_years.NOBODY if is_enough else means.FEW)
        return PairedRow(label, was, now, 0, 0, nobody)
    low, high = same_people.interval(found)
    least, most = (half_up(Fraction(end) * 100, 1) for end in (low, high))
    word = over_years.verdict(low, high) if is_enough else means.FEW
    return PairedRow(label, was, now, found.gained, found.lost, Step(points, least, most, word))


def _not_averaged(before: Counted, after: Counted) -> Iterator[str]:
    if before.table.question.unit != after.table.question.unit:
        yield OTHER_UNIT
    if sorted(_points(before)) != sorted(_points(after)):
        yield OTHER_POINTS


def _points(one: Counted) -> list[tuple[str, int | None]]:
    """Return the options of which each respondent chose one, with their points; nothing where no option has any."""
    choices = one.table.question.choices if one.table.is_single else ()
    found = [(same(choice.label), choice.points) for choice in choices]
    return found if any(value is not None for _, value in found) else []


def _means(before: Counted, after: Counted, people: Joined) -> Iterator[Means]:
    """Yield the means of everybody, and of the same people where some can be joined."""
    old, new = before.values(), after.values()
    both = [
        (old[first], new[second])
        for first, second in zip(people.before, people.after, strict=True)
        if first in old and second in new
    ]
    everybody = means.spread_apart(EVERYBODY, before.spread(), after.spread())
    themselves = means.moved(THE_SAME, both)
    if everybody and themselves and themselves.n_before >= LEAST.answers:
        everybody = replace(everybody, verdict="")
    yield from filter(None, (everybody, themselves))
