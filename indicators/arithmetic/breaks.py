"""Versions of a definition and the breaks between them. Pure, and the one place that says which years may be compared.

A changed definition starts a new series (domain.md 5.7): no number of a year before the change is
compared, averaged or joined with one of a year after it. A version that does not break the series
tells of a change that left what is counted comparable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIRST = 1
Row = TypeVar("Row", bound=Any)


class Version(Protocol):
    """From which fiscal year on the definition is another one, and what has changed."""

    @property
    def fiscal_year(self) -> int: ...
    @property
    def what_changed(self) -> str: ...
    @property
    def is_break(self) -> bool: ...


def versions(definition: Any) -> tuple[Version, ...]:
    """Return what has changed in a definition, in the order of the years; the first version is none."""
    told: Iterable[Version] = getattr(definition, "told_versions", ())
    # Of most definitions nothing is told, and this is asked about every value of a page.
    return tuple(sorted(told, key=lambda one: one.fiscal_year)) if told else ()


def of(definition: Any) -> tuple[Version, ...]:
    """Return the changes at which the series of a definition breaks, in the order of the years."""
    return tuple(one for one in versions(definition) if one.is_break)


def number(definition: Any, year: int) -> int:
    """Return which version of a definition was in force in a year, from 1."""
    return FIRST + sum(one.fiscal_year <= year for one in versions(definition))


def series(definition: Any, year: int) -> int:
    """Return which series a year belongs to, from 1: a change that leaves values comparable begins none."""
    return FIRST + sum(one.fiscal_year <= year for one in of(definition))


def between(definition: Any, one: int, other: int) -> Version | None:
    """Return the latest break that lies between two years, if any."""
    low, high = sorted((one, other))
    found = [each for each in of(definition) if low < each.fiscal_year <= high]
    return found[-1] if found else None


def comparable(definition: Any, one: int, other: int) -> bool:
    """Say whether numbers of two years count the same."""
    return between(definition, one, other) is None


def kept(definition: Any, rows: Iterable[Row], *, year: int) -> list[Row]:
    """Keep the rows whose `fiscal_year` may be compared with a year."""
    if not of(definition):
        return list(rows)
    return [one for one in rows if comparable(definition, one.fiscal_year, year)]


def within(definition: Any, years: Sequence[int]) -> tuple[Version, ...]:
    """Return the breaks that lie between the first and the last of these years."""
    if not years:
        return ()
    return tuple(one for one in of(definition) if years[0] < one.fiscal_year <= years[-1])


def places(definition: Any, years: Sequence[int]) -> tuple[int, ...]:
    """Return at which of these years, without a hole, a new series begins."""
    return tuple(one.fiscal_year - years[0] for one in within(definition, years))


def sentence(version: Version) -> str:
    """Return 「令和6年度（2024年度）に定義が変わりました：分母を…に改めた」."""
    return f"{fiscal.label(version.fiscal_year)}に定義が変わりました：{version.what_changed}"
