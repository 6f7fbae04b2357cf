"""What municipalities have let out themselves, read in one query into the same form as published values.

Versions of a definition are kept apart like statistics: a column takes one of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from indicators.comparison.reading.parts import Parts
from indicators.comparison.reading.published import Key, Table, scaled
from indicators.measurements.values import standing_of
from indicators.models import SubmittedValue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

SOURCE = "市町村が提出した報告書の値"


class Row(NamedTuple):
    definition: int
    version: int
    fiscal_year: int
    place: str
    value: int | None
    numerator: int | None
    denominator: int | None
    state: str
    finality: str
    as_of: dt.date | None
    reply: str

    @property
    def key(self) -> Key:
        return Key(self.definition, self.version, self.fiscal_year)


class Submitted(Table):
    """Values with what they are made of, what is said of their finality, and what their town says of them."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = Parts()
        self.words: dict[Key, dict[str, str]] = defaultdict(dict)
        self.replies: dict[Key, dict[str, str]] = defaultdict(dict)

    def read(self, definitions: Mapping[str, int], places: Collection[str]) -> None:
        """Read all years of these definitions, by their codes, at these places."""
        told = _rows(definitions, places)
        rows = [Row(definitions[code], *rest) for code, *rest in told]
        for one in rows:
            if one.value is None:
                self.states[one.key][one.place] = one.state
            else:
                self.values[one.key][one.place] = one.value
            self.parts.add(one.key, one.place, one.numerator, one.denominator)
            self.words[one.key][one.place] = standing_of(one)
            if one.reply:
                self.replies[one.key][one.place] = one.reply
        self.index()


def _rows(codes: Collection[str], places: Collection[str]) -> Any:
    found = SubmittedValue.objects.filter(
        code__in=tuple(codes), municipality__code__in=tuple(places)
    )
    return (
        found.order_by()
        .annotate(
            scaled_value=scaled("value"),
            scaled_numerator=scaled("numerator"),
            scaled_denominator=scaled("denominator"),
        )
        .values_list(
            *("code", "definition_version", "fiscal_year", "municipality__code"),
            *("scaled_value", "scaled_numerator", "scaled_denominator"),
            *("state", "finality", "as_of", "reply"),
        )
    )
