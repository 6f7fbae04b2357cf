"""What municipalities have let out themselves, read in one query into the same form as published values.

Versions of a definition are kept apart like statistics: a column takes one of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from indicators.comparison.reading.columns import Counts
from indicators.comparison.reading.published import Key, Table, scaled
from indicators.measurements.values import standing_of
from indicators.models import SubmittedValue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping, Sequence

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
        self.above: dict[Key, dict[str, int]] = defaultdict(dict)
        self.below: dict[Key, dict[str, int]] = defaultdict(dict)
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
            if one.numerator is not None and one.denominator:
                self.above[one.key][one.place] = one.numerator
                self.below[one.key][one.place] = one.denominator
            self.words[one.key][one.place] = standing_of(one)
            if one.reply:
                self.replies[one.key][one.place] = one.reply
        self.index()

    def behind(self, key: Key, years: Sequence[int]) -> Counts | None:
        """Return numerators and denominators of some years, if any are told."""
        keys = [key._replace(fiscal_year=year) for year in years]
        if not any(one in self.above for one in keys):
            return None
        return Counts(
            [self.above.get(one, {}) for one in keys], [self.below.get(one, {}) for one in keys]
        )


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
