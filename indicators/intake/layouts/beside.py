"""What a row tells beside its value: parts, how final it is, as of when. Pure.

A value that comes with any of it is (value, state, beside), every other (value, state).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from indicators.choices import ColumnRole
from indicators.intake.layouts.plan import key_of
from indicators.long_format import FINALITIES, day_of
from municipalities.japanese import dates, fiscal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from indicators.intake.layouts.layout import Layout

# Between the parts of the text of a value in a block.
BETWEEN = "|"
# As the parts of `Beside` are called where a column tells them.
TOLD = (ColumnRole.NUMERATOR, ColumnRole.DENOMINATOR, ColumnRole.FINALITY, ColumnRole.AS_OF)
# Of a value without anything beside it.
LENGTH = 2


class Beside(NamedTuple):
    """As it is stored; None, or nothing, for what is not told."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    finality: str = ""
    as_of: dt.date | None = None

    @property
    def text(self) -> str:
        return BETWEEN.join("" if one is None else str(one) for one in self)


NOTHING = Beside()


def with_beside(said: Sequence[Any], beside: Beside | None) -> Any:
    alone = tuple(said[:LENGTH])
    return (*alone, beside) if beside and beside != NOTHING else alone


def beside_of(said: Sequence[Any] | None) -> Beside:
    return said[LENGTH] if said and len(said) > LENGTH else NOTHING


def of_all(layout: Layout) -> Beside:
    """Return what a person has said of the whole table."""
    return Beside(finality=layout.finality, as_of=layout.as_of)


def filled(told: Beside | None, whole: Beside, *, is_of_day: bool) -> Beside:
    """Return what is told beside a value, the rest as it is said of the whole table.

    `is_of_day`: whether the day of the table is one of this value too.
    """
    own = told or NOTHING
    day = whole.as_of if is_of_day else None
    return own._replace(finality=own.finality or whole.finality, as_of=own.as_of or day)


def together(one: Beside | None, other: Beside) -> Beside:
    """Return what two rows tell beside the same value, where they do not contradict each other."""
    first = one or NOTHING
    parts = other[:2] if first.numerator is None else first[:2]
    return Beside(*parts, first.finality or other.finality, first.as_of or other.as_of)


def differing(one: Beside | None, other: Beside, whole: Beside) -> tuple[str, ...]:
    """Return the names of what two rows tell otherwise beside the same value. Who tells nothing contradicts nobody.

    `whole`: what is said of the whole table, and so by each row that says nothing else.
    """
    both = (filled(told, whole, is_of_day=False) for told in (one, other))
    told = zip(TOLD, *both, strict=True)
    return tuple(
        role.label
        for role, first, second in told
        if first != second and not _is_silent(first) and not _is_silent(second)
    )


def _is_silent(told: object) -> bool:
    return told in {None, ""}


def years_of_day(day: dt.date | None, years: AbstractSet[int]) -> AbstractSet[int]:
    """Return of which years of a table a day tells: of its only one, of several the one in which it lies."""
    if day is None:
        return frozenset()
    return years if len(years) == 1 else years & {fiscal.fiscal_year_of(day)}


def agree(now: Sequence[Any] | None, told: Sequence[Any] | None) -> bool:
    """Whether a stored value is the one that is told; who tells nothing beside it leaves what is stored."""
    if now is None or told is None:
        return now is told
    return now == told or (len(told) == LENGTH and tuple(now[:LENGTH]) == tuple(told))


def read_text(parts: Sequence[str]) -> Beside:
    """Return what stands behind the value in the text of a block."""
    above, below, finality, day = parts
    return Beside(
        Decimal(above) if above else None,
        Decimal(below) if below else None,
        finality,
        dt.date.fromisoformat(day) if day else None,
    )


def finality_in(text: str) -> str:
    """Return how final a value is. Raises ValueError with a sentence."""
    written = key_of(text)
    if written and written not in FINALITIES:
        told = f"「{text.strip()[:20]}」は使えません。確定・速報・見込のどれかを書いてください。"
        raise ValueError(told)
    return str(FINALITIES[written].value) if written else ""


def day_in(text: str) -> dt.date | None:
    """Return the day of a cell. Raises ValueError with a sentence."""
    try:
        return day_of(text.strip())
    except dates.DateError as error:
        told = f"{str(error).rstrip('。')}。"
        raise ValueError(told) from error
