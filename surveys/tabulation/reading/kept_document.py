"""The tables of a round as they are kept when its answers go: JSON with a version of its schema.

No answer of one person is in it: neither the smallest and largest of entered numbers, nor what fewer than five were
asked, nor the mean of fewer than ten entered numbers.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from indicators.arithmetic.printing import half_up
from surveys.results import percentages
from surveys.tabulation.counting import means
from surveys.tabulation.counting.counting import Counted
from surveys.tabulation.counting.tables import SMALL, Cross, Group, Numbers, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from surveys.questionnaires.shape.form_shape import Asked, Form
    from surveys.tabulation.reading.tabulating import Tabulated

LEAST_NUMBERS = 10
PLACES = 6
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
Text = Annotated[str, Field(max_length=2000)]
Number = Annotated[str, Field(pattern=r"^-?[0-9]{1,18}(\.[0-9]{1,6})?$")]
CrossesBy = dict[str, dict[str, Cross]]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class KeptLine(_Part):
    label: Text
    count: Count | None = None


class KeptNumbers(_Part):
    """`variance`: of the sample, for the interval of a comparison; smallest and largest of points alone."""

    n: Count
    mean: Number
    median: Number
    total: Number
    smallest: Number | None = None
    largest: Number | None = None
    variance: Number | None = None


class KeptTable(_Part):
    """`question`: its key in the questionnaire, which stays."""

    question: Text
    number: Text
    title: Text
    is_single: bool
    asked: Count
    missing: Count = 0
    lines: list[KeptLine] = Field(default_factory=list, max_length=500)
    numbers: KeptNumbers | None = None


class KeptGroup(_Part):
    label: Text
    n: Count
    counts: list[Count | None] = Field(max_length=500)


class KeptCross(_Part):
    """`by`: the number of the table that parts this one, `title` what it is called."""

    by: Text
    title: Text
    number: Text
    groups: list[KeptGroup] = Field(max_length=500)


class Kept(_Part):
    schema_version: Literal[1] = 1
    n: Count
    tables: list[KeptTable] = Field(max_length=5000)
    crosses: list[KeptCross] = Field(max_length=50_000)


def write(found: Tabulated, crosses: CrossesBy) -> str:
    """Return what is kept of a round that was counted just now."""
    return Kept(
        n=found.n,
        tables=[_table(one) for one in found.counted],
        crosses=[_cross(by, cross) for by, parted in crosses.items() for cross in parted.values()],
    ).model_dump_json(exclude_defaults=False)


def tells_n_alone(table: Table) -> bool:
    """Say whether of a table only how many were asked may stay."""
    return table.asked < SMALL


def loses_numbers(table: Table) -> bool:
    """Say whether mean and median go: entered numbers of few. Points are told by the counts of the options anyway."""
    told = table.numbers
    return told is not None and not table.lines and told.n < LEAST_NUMBERS


def _table(one: Counted) -> KeptTable:
    table = one.table
    few = tells_n_alone(table)
    return KeptTable(
        question=table.question.key,
        number=table.number,
        title=table.title,
        is_single=table.is_single,
        asked=table.asked,
        missing=0 if few else table.missing,
        lines=[] if few else [KeptLine(label=one.label, count=one.count) for one in table.lines],
        numbers=None if few else _numbers(one),
    )


def _numbers(one: Counted) -> KeptNumbers | None:
    """Return mean and median: of points, or of enough entered numbers."""
    told = one.table.numbers
    if told is None or loses_numbers(one.table):
        return None
    is_points = bool(one.table.lines)
    varies = one.spread()
    return KeptNumbers(
        n=told.n,
        mean=str(told.mean),
        median=str(told.median),
        total=f"{told.total:f}",
        smallest=_plain(told.smallest) if is_points else None,
        largest=_plain(told.largest) if is_points else None,
        variance=_plain(half_up(Fraction(varies.variance), PLACES))
        if varies and varies.variance is not None
        else None,
    )


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _cross(by: str, cross: Cross) -> KeptCross:
    return KeptCross(
        by=by,
        title=cross.by,
        number=cross.table.number,
        groups=[
            KeptGroup(label=one.label, n=one.n, counts=[line.count for line in one.lines])
            for one in cross.groups
        ],
    )


def read(content: str) -> Kept:
    """Return what was kept. Raises pydantic's ValidationError for what is nothing of the kind."""
    return Kept.model_validate_json(content)


def tables_of(kept: Kept, form: Form) -> Iterator[Counted]:
    """Yield the kept tables as if they had been counted now; of nobody is known which answers go together."""
    asked = {one.key: one for one in form.questions}
    for one in kept.tables:
        if question := asked.get(one.question):
            yield _counted(one, question)


def _counted(one: KeptTable, question: Asked) -> Counted:
    import numpy as np

    lines = tuple(
        percentages.Line(
            line.label, line.count, percentages.share(line.count or 0, one.asked), None
        )
        for line in one.lines
    )
    told = one.numbers
    table = Table(
        question,
        one.number,
        one.title,
        one.is_single,
        one.asked,
        one.missing,
        lines,
        _told(told) if told else None,
        is_held_back=one.asked < SMALL or (not lines and told is None),
    )
    spread = (
        means.Spread(
            told.n,
            Fraction(Decimal(told.total)) / told.n,
            None if told.variance is None else float(told.variance),
        )
        if told and told.n
        else None
    )
    nobody = np.zeros(0, dtype=bool)
    return Counted(table, nobody, np.zeros((0, len(lines)), dtype=bool), kept=spread)


def _told(told: KeptNumbers) -> Numbers:
    return Numbers(
        told.n,
        Decimal(told.mean),
        Decimal(told.median),
        None if told.smallest is None else Decimal(told.smallest),
        None if told.largest is None else Decimal(told.largest),
        Decimal(told.total),
    )


def crosses_of(kept: Kept, tables: Mapping[str, Table]) -> CrossesBy:
    """Return the kept crosses by what parts them and by the number of the table."""
    found: CrossesBy = {}
    for one in kept.crosses:
        if table := tables.get(one.number):
            groups = tuple(_group(group, table) for group in one.groups)
            found.setdefault(one.by, {})[one.number] = Cross(table, one.title, groups)
    return found


def _group(group: KeptGroup, table: Table) -> Group:
    told = zip(table.lines, group.counts, strict=False)
    return Group(
        group.label,
        group.n,
        tuple(
            percentages.Line(
                line.label,
                count,
                None if count is None else percentages.share(count, group.n),
                None,
            )
            for line, count in told
        ),
    )
