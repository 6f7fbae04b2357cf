"""Counting: the tables of a questionnaire, whole and parted by profession or by a question that has one answer."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from indicators.arithmetic.printing import half_up
from surveys.choices import QuestionType
from surveys.questionnaires.shape.form_shape import ONE_OF
from surveys.questionnaires.shape.furigana import plain
from surveys.results import percentages
from surveys.tabulation.counting import means
from surveys.tabulation.counting.tables import Cross, Group, Numbers, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from surveys.questionnaires.shape.form_shape import Asked, Choice, Form
    from surveys.tabulation.counting.columns import Columns
    from surveys.tabulation.counting.means import Spread

PLACES = 2
PROFESSION = "profession"


class Counted:
    """One table with its columns: who was asked, who counts for each line, what number each entered.

    `kept`: how its numbers spread, where the answers are gone and the columns are empty.
    """

    def __init__(
        self,
        table: Table,
        asked: Any,
        members: Any,
        entered: Mapping[int, Decimal] | None = None,
        *,
        kept: Spread | None = None,
    ) -> None:
        self.table, self.asked, self.members = table, asked, members
        self.entered = entered or {}
        self.kept = kept

    def values(self) -> dict[int, Decimal]:
        """Return by place the number that was entered, or the points of what was chosen."""
        if self.entered:
            return {place: value for place, value in self.entered.items() if self.asked[place]}
        choices = self.table.question.choices if self.table.is_single else ()
        return {
            int(place): Decimal(choice.points)
            for at, choice in enumerate(choices[: self.members.shape[1]])
            if choice.points is not None
            for place in self.members[:, at].nonzero()[0]
        }

    def spread(self) -> Spread | None:
        """Return how the numbers or points spread; None of none."""
        return self.kept or means.spread(list(self.values().values()))


def tables(form: Form, columns: Columns, professions: Mapping[str, str]) -> list[Counted]:
    """Return the table of every question that can be counted. `professions`: code → name."""
    return [one for asked in form.questions for one in _of_question(asked, columns, professions)]


def crossed(one: Counted, by: Counted) -> Cross:
    """Part a table by the answers to another one of which each gave one."""
    import numpy as np

    groups = []
    for place, line in enumerate(by.table.lines):
        inside = one.asked & by.members[:, place]
        n = int(np.count_nonzero(inside))
        if n:
            counts = one.members[inside].sum(axis=0)
            groups.append(Group(line.label, n, _lines(one.table.lines, counts, n)))
    return Cross(one.table, by.table.name, tuple(groups))


def by_profession(columns: Columns, professions: Mapping[str, str]) -> Any:
    """Return who has which profession: responses × professions, in the order of the names."""
    import numpy as np

    known = {code: place for place, code in enumerate(professions)}
    found = np.zeros((len(columns.professions), len(known)), dtype=bool)
    for at, code in enumerate(columns.professions):
        if code in known:
            found[at, known[code]] = True
    return found


def _of_question(
    asked: Asked, columns: Columns, professions: Mapping[str, str]
) -> Iterator[Counted]:
    who = columns.asked[asked.key]
    if asked.kind == QuestionType.MATRIX:
        yield from _of_matrix(asked, columns)
    elif asked.kind == QuestionType.PROFESSION:
        ticks = by_profession(columns, professions)
        yield _counted(asked, who, ticks, list(professions.values()), is_single=True)
    elif asked.kind == QuestionType.NUMBER:
        yield _of_numbers(asked, who, columns.numbers.get(asked.key, {}))
    elif (asked.key, "") in columns.ticked:
        is_single = asked.kind in ONE_OF
        ticks = columns.ticked[asked.key, ""]
        labels = [option.label for option in asked.options]
        yield _counted(
            asked,
            who,
            ticks,
            labels,
            is_single=is_single,
            points=asked.options if is_single else (),
        )


def _of_matrix(asked: Asked, columns: Columns) -> Iterator[Counted]:
    """A table for each row by the scale; one for each column that is ticked by itself, with the rows."""
    import numpy as np

    who = columns.asked[asked.key]
    scale = [place for place, one in enumerate(asked.options) if not one.is_extra]
    number = 0
    for row in asked.rows if scale else ():
        number += 1
        ticks = columns.ticked[asked.key, row.key][:, scale]
        names = [asked.options[place].label for place in scale]
        part = f"-{number}", f"{asked.text}　{row.label}"
        yield _counted(asked, who, ticks, names, is_single=True, part=part, points=asked.choices)
    for place, option in enumerate(asked.options):
        if option.is_extra and asked.rows:
            number += 1
            ticks = np.column_stack(
                [columns.ticked[asked.key, row.key][:, place] for row in asked.rows]
            )
            part = f"-{number}", f"{asked.text}　{option.label}"
            names = [row.label for row in asked.rows]
            yield _counted(asked, who, ticks, names, is_single=False, part=part, is_tick=True)


def _counted(  # noqa: PLR0913 -- what a table is made of
    asked: Asked,
    who: Any,
    ticks: Any,
    labels: Sequence[str],
    *,
    is_single: bool,
    part: tuple[str, str] | None = None,
    points: Sequence[Choice] = (),
    is_tick: bool = False,
) -> Counted:
    """Count one table. `is_tick`: a mark that one may leave out; nobody is 無回答."""
    import numpy as np

    valid = who & _is_as_asked(asked, ticks, is_single=is_single)
    members = ticks & valid[:, None]
    n, missing = int(who.sum()), 0
    names = [plain(label) for label in labels]
    if not is_tick:
        missing = n - int(valid.sum())
        names.append(percentages.NO_ANSWER)
        members = np.column_stack([members, who & ~valid])
    counts = members.sum(axis=0)
    # 無回答 of nobody is no line; an option that somebody called so is one.
    kept = [place for place, count in enumerate(counts) if place < len(labels) or count]
    lines = tuple(
        percentages.Line(names[at], int(counts[at]), percentages.share(int(counts[at]), n), None)
        for at in kept
    )
    members = members[:, kept]
    number, title = (
        f"{asked.label}{part[0] if part else ''}",
        plain(part[1] if part else asked.text),
    )
    numbers = _numbers(_points(points, counts))
    return Counted(Table(asked, number, title, is_single, n, missing, lines, numbers), who, members)


def _is_as_asked(asked: Asked, ticks: Any, *, is_single: bool) -> Any:
    """Say of each whether it is an answer: paper may bear none, or more marks than the question asks for."""
    chosen = ticks.sum(axis=1)
    if is_single:
        return chosen == 1
    valid = chosen > 0
    if asked.kind == QuestionType.MULTIPLE:
        alone = [place for place, option in enumerate(asked.options) if option.is_exclusive]
        valid &= (chosen == 1) | ~ticks[:, alone].any(axis=1)
        if asked.most:
            valid &= chosen <= asked.most
    return valid


def _points(points: Sequence[Choice], counts: Any) -> list[Decimal]:
    return [
        Decimal(option.points)
        for option, count in zip(points, counts, strict=False)
        if option.points is not None
        for _ in range(int(count))
    ]


def _of_numbers(asked: Asked, who: Any, entered: Mapping[int, Decimal]) -> Counted:
    import numpy as np

    values = [value for place, value in entered.items() if who[place]]
    n = int(who.sum())
    table = Table(
        asked,
        asked.label,
        plain(asked.text),
        False,
        n,
        n - len(values),
        (),
        _numbers(values),
    )
    return Counted(table, who, np.zeros((len(who), 0), dtype=bool), entered)


def _numbers(values: Iterable[Decimal]) -> Numbers | None:
    """Return what the numbers have in common; None of none."""
    found = sorted(values)
    if not found:
        return None
    count, total = len(found), sum(found, Decimal(0))
    middle = (Fraction(found[(count - 1) // 2]) + Fraction(found[count // 2])) / 2
    mean = half_up(Fraction(total) / count, PLACES)
    return Numbers(count, mean, half_up(middle, PLACES), found[0], found[-1], total)


def _lines(lines: Sequence[percentages.Line], counts: Any, n: int) -> tuple[percentages.Line, ...]:
    return tuple(
        percentages.Line(line.label, int(count), percentages.share(int(count), n), None)
        for line, count in zip(lines, counts, strict=True)
    )
