"""Which fiscal years a page offers beside the one it shows."""

from collections.abc import Iterable

from django.utils import timezone

from municipalities.japanese import fiscal


def this_year() -> int:
    """Return today's fiscal year in Japan."""
    return fiscal.fiscal_year_of(timezone.localdate())


def years_around(year: int, known: Iterable[int] = ()) -> list[int]:
    """Return this year and the next, the one that is shown, and those with anything in them; newest first."""
    return sorted({*known, this_year(), this_year() + 1, year}, reverse=True)
