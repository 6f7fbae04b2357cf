"""What a prefecture has defined for its towns, as columns beside the national definitions.

Only what was submitted has such values: no statistic knows these numbers.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from indicators.models import PrefectureDefinition
from municipalities.models import Prefecture
from municipalities.prefecture_tenancy import reading_prefecture


class Defined(NamedTuple):
    """A prefecture's definition with what is read of a national one. Its key lies below all of theirs."""

    pk: int
    code: str
    name: str
    unit: str
    decimals: int
    direction: str
    value_kind: str
    numerator: str
    multiplier: int
    caution: str
    scenes: str = ""
    external_code: str = ""
    position: int = 0
    changes: Any = None
    newest: int | None = None


def defined_by(code: str) -> list[Defined]:
    """Return what the prefecture of this code has defined. Two queries."""
    row = Prefecture.objects.filter(code=code).first()
    return [] if row is None else defined_in(row)


def defined_in(prefecture: Prefecture) -> list[Defined]:
    """Return what this prefecture has defined, retired or not, by name."""
    with reading_prefecture(prefecture):
        rows = PrefectureDefinition.objects.order_by("name", "pk")
        return [defined(one) for one in rows]


def defined(row: Any) -> Defined:
    told = {name: getattr(row, name) for name in Defined._fields[2:10]}
    return Defined(pk=-row.pk, code=row.key, **told)
