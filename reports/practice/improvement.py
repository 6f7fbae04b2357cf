"""Who improved, by doing what: numbers that moved by more than chance, with what their towns have published."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from indicators.arithmetic.printing import printed
from indicators.choices import Direction
from indicators.comparison.judging import basis
from indicators.comparison.judging.chance import RARE
from indicators.comparison.judging.change import SENTENCES, Count, Moved, moved
from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading.reading import Reader, comparison
from indicators.comparison.selection import Selection
from municipalities.choices import Scene
from municipalities.models import Publication
from reports.models import PublishedPractice
from reports.practice import spans
from reports.practice.doings import Under, under_outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from indicators.comparison.shape import Cell, Column, Comparison, Place
    from municipalities.models import Prefecture
    from reports.practice.spans import LeftOut

SPANS = (3, 5)
ORDER = (Moved.FAR_BETTER, Moved.BETTER, Moved.FAR_WORSE, Moved.WORSE)


@dataclass(frozen=True, slots=True)
class Change:
    """One number of one town, then and now, with what the town has published.

    `under` are the outcomes that the number stands at with their activities, `practices` the cases that
    began from one of these; `of_scene` are cases that name no activity and are of a scene of the number.
    """

    place: Place
    column: Column
    before: Cell
    after: Cell
    moved: Moved
    under: tuple[Under, ...] = ()
    practices: tuple[PublishedPractice, ...] = ()
    of_scene: tuple[PublishedPractice, ...] = ()

    @property
    def sentence(self) -> str:
        return SENTENCES[self.moved]

    @property
    def texts(self) -> tuple[str, str]:
        """The two values as printed."""
        unit, decimals = self.column.unit, self.column.decimals
        before, after = (
            printed(cell.value, state=cell.state, unit=unit, decimals=decimals)
            for cell in (self.before, self.after)
        )
        return before, after


@dataclass(frozen=True, slots=True)
class Found:
    """What moved by more than chance among so many pairs of numbers that could be judged."""

    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    judged: int
    # The two fiscal years that are compared, and the indicators that are not.
    first: int
    last: int
    # What the last of them is the newest to have.
    why: str
    left_out: tuple[LeftOut, ...]

    @property
    def by_chance(self) -> int:
        """How many of them chance alone would let look better, and as many worse, half up."""
        return int(self.judged * RARE + 0.5)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of every pair of numbers that could be judged, and why others could not."""

    changes: tuple[Change, ...]
    first: int
    last: int
    why: str
    left_out: tuple[LeftOut, ...]


def found(prefecture: Prefecture, *, selection: Selection, span: int, fiscal_year: int) -> Found:
    """Return who moved over so many fiscal years; of those who improved also what they do.

    The last of them is the newest up to `fiscal_year` that can be compared. Copies and cases up to
    `fiscal_year` are read.
    """
    judged = judged_changes(prefecture, selection, span=span, until=fiscal_year)
    better = [one for one in judged.changes if one.moved.is_better]
    worse = [one for one in judged.changes if one.moved.is_worse]
    told = with_doings(better, prefecture, fiscal_year=fiscal_year)
    return Found(
        better=tuple(in_order(told)),
        worse=tuple(in_order(worse)),
        judged=len(judged.changes),
        first=judged.first,
        last=judged.last,
        why=judged.why,
        left_out=judged.left_out,
    )


def judged_changes(
    prefecture: Prefecture, selection: Selection, *, span: int, until: int
) -> Judged:
    """Judge every pair of numbers at both ends of the newest span up to a year."""
    places = places_of_prefecture(prefecture)
    reader = Reader(prefecture.code, title=prefecture.name)
    told = spans.told(selection, places, prefecture=prefecture.code, until=until)
    end = told.end(span, until=until)
    first, last = end.year - span + 1, end.year
    before, after = (
        comparison(selection_at(selection, year), places, reader=reader, definitions=told.known)
        for year in (first, last)
    )
    pairs = tuple(one for one in compared(before, after) if one is not None)
    codes = {one.column.code for one in pairs}
    return Judged(pairs, first, last, end.why, told.left_out(before, after, codes))


def selection_at(selection: Selection, year: int) -> Selection:
    return Selection(
        origin=selection.origin, scene=selection.scene, indicators=selection.indicators, year=year
    )


def compared(before: Comparison, after: Comparison) -> Iterator[Change | None]:
    """Yield a change for every place and indicator that both times tell, None where it cannot be judged."""
    for column in after.columns:
        earlier = before.column(column.code)
        if earlier is None or not is_comparable(earlier, column):
            continue
        for place in after.places:
            yield change(place, column, before.cell(place, earlier), after.cell(place, column))


def is_comparable(before: Column, after: Column) -> bool:
    """The same statistic, divided by the same one, and one way is better than the other.

    Where another statistic divides, the comparison cuts the line between the years as well.
    """
    if after.direction == Direction.NEUTRAL or before.per != after.per:
        return False
    return (before.series, before.divided_by) == (after.series, after.divided_by)


def change(place: Place, column: Column, before: Cell, after: Cell) -> Change | None:
    is_told = basis.counts_providers(column.code)
    counts = (
        count_of(before, is_zero_told=is_told),
        count_of(after, is_zero_told=is_told),
    )
    if counts[0] is None or counts[1] is None:
        return None
    is_share = column.unit == "％" and not column.per
    verdict = moved(
        counts[0],
        counts[1],
        is_share=is_share,
        is_higher_better=column.direction == Direction.HIGHER,
    )
    return None if verdict is None else Change(place, column, before, after, verdict)


def count_of(cell: Cell, *, is_zero_told: bool) -> Count | None:
    """Return what stands behind a value; a 参考値 counts too few, and a zero for want of providers says nothing.

    `is_zero_told`: providers themselves are counted, so that their zero is where a town began, or ended.
    """
    if cell.is_reference or (cell.is_structural_zero and not is_zero_told):
        return None
    above, below = whole(cell.numerator), whole(cell.denominator)
    return None if above is None or below is None else Count(above, below)


def whole(number: Decimal | None) -> int | None:
    """Return a number of people or cases; a weighted one is none."""
    return int(number) if number is not None and number == number.to_integral_value() else None


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Sort the surest first, then by indicator and place."""
    return sorted(
        changes, key=lambda one: (ORDER.index(one.moved), one.column.code, one.place.code)
    )


def with_doings(changes: list[Change], prefecture: Prefecture, *, fiscal_year: int) -> list[Change]:
    """Return the changes with what their towns have published, in two queries however many."""
    codes = {one.place.code for one in changes}
    documents = copies_of(codes, fiscal_year=fiscal_year)
    cases = cases_of(prefecture, codes)
    return [_told(one, documents.get(one.place.code), cases[one.place.code]) for one in changes]


def _told(
    change: Change, document: dict[str, Any] | None, cases: list[PublishedPractice]
) -> Change:
    """Return a change with what its town has published under the outcomes of the number."""
    under = under_outcomes(document, change.column.code) if document else ()
    keys = {key for one in under for key in one.activities}
    scenes = {*change.column.scenes, Scene.ALL}
    return replace(
        change,
        under=under,
        practices=tuple(one for one in cases if one.activity_key in keys),
        of_scene=tuple(one for one in cases if not one.activity_key and one.scene in scenes),
    )


def copies_of(codes: set[str], *, fiscal_year: int) -> dict[str, dict[str, Any]]:
    """Return by town the document of its newest copy."""
    rows = Publication.objects.filter(municipality__code__in=codes, fiscal_year__lte=fiscal_year)
    ordered = rows.order_by("fiscal_year", "published_at", "pk")
    # Of several copies of a town the last one stays.
    newest = dict(ordered.values_list("municipality__code", "pk"))
    found = rows.filter(pk__in=newest.values()).values_list("municipality__code", "document")
    return {code: json.loads(bytes(content)) for code, content in found}


def cases_of(prefecture: Prefecture, codes: set[str]) -> dict[str, list[PublishedPractice]]:
    found: dict[str, list[PublishedPractice]] = defaultdict(list)
    rows = PublishedPractice.objects.for_officers(prefecture).filter(municipality__code__in=codes)
    for row in rows.select_related("municipality").defer("content", "words"):
        found[row.municipality.code].append(row)
    return found
