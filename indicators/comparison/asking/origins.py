"""Whose numbers a comparison shows, and how many indicators there are of either: said on the page, never changed in silence.

An address that names no origin shows statistics, whatever there is of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from indicators.comparison.asking.asked import definitions_for, group_of
from indicators.comparison.asking.filtering import ORIGINS
from indicators.comparison.reading import shelf
from indicators.comparison.reading.prefecture_columns import defined_in
from indicators.comparison.reading.published import asked_for
from indicators.comparison.shape import Origin
from indicators.models import Definition, PublishedValue, SubmittedValue
from indicators.models.definitions import PREFECTURE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicators.comparison.asking.asked import Asked
    from indicators.comparison.selection import Selection
    from indicators.publishing.marking import Marks

# Why this one is shown.
WHY = {
    Origin.STATISTICS: "はじめはいつも、出どころがそろっている統計を表示します。",
    Origin.SUBMITTED: "報告書で提出された値で、少ない数は秘匿した後のものです。",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One of the two: how many indicators of the selection have any value, and the query that shows them."""

    origin: Origin
    label: str
    count: int
    query: str


def other(asked: Asked, marks: Marks) -> Offer:
    """Return the origin that is not shown. Two queries at most, and none while nothing has changed."""
    is_submitted = asked.selection.origin is Origin.SUBMITTED
    origin = Origin.STATISTICS if is_submitted else Origin.SUBMITTED
    selection = replace(asked.selection, origin=origin)
    group = group_of(asked.prefecture, selection, asked.groups)
    places = [place.code for place in group.places]
    there = shelf.remembered(
        marks,
        shelf.STATISTICS if is_submitted else shelf.SUBMITTED,
        ("there", origin, tuple(places), selection.year, selection.until),
        lambda: (_published if is_submitted else _submitted)(selection, places),
    )
    if is_submitted:
        known = list(definitions_for(asked.prefecture.code, group, selection, marks).rows)
    else:
        known = _submittable(asked, there, marks)
    count = sum(one.code in there for one in asked_for(selection, known))
    return Offer(origin, ORIGINS[origin], count, selection.query())


def _submittable(asked: Asked, there: frozenset[str], marks: Marks) -> list[Any]:
    """Return what towns may have submitted: the national definitions, read already, and those of their prefecture.

    The latter are read where any of them is `there`. A copy that lets statistics tell one is that same one.
    """
    national = [one for one in asked.definitions.rows if not one.code.startswith(PREFECTURE_PREFIX)]
    if not any(code.startswith(PREFECTURE_PREFIX) for code in there):
        return national
    own: list[Any] = shelf.remembered(
        marks, shelf.DEFINED, asked.prefecture.code, lambda: defined_in(asked.prefecture)
    )
    return national + own


def _in_time(selection: Selection) -> Q:
    if selection.year is not None:
        return Q(fiscal_year=selection.year)
    return Q() if selection.until is None else Q(fiscal_year__lte=selection.until)


def _published(selection: Selection, places: Sequence[str]) -> frozenset[str]:
    """Return the codes of the indicators that statistics tell of any of the places, in one query."""
    told = PublishedValue.objects.filter(
        _in_time(selection),
        definition=OuterRef("pk"),
        place_code__in=tuple(places),
        value__isnull=False,
    )
    return frozenset(Definition.every.filter(Exists(told)).values_list("code", flat=True))


def _submitted(selection: Selection, places: Sequence[str]) -> frozenset[str]:
    """Return the codes of the indicators that any of the places has submitted, in one query."""
    rows = SubmittedValue.objects.known().filter(
        _in_time(selection), municipality__code__in=tuple(places)
    )
    return frozenset(rows.order_by().values_list("code", flat=True).distinct())
