"""How a statistic that was brought in stands to the public: looked up somewhere, held back, or nobody was asked yet.

A file that tells nothing of few people is taken in without a question; its statistic is not to be called 「公表されていない」
for that. What has been answered is read from what is there: only of a table that is not public anything is 秘匿.
"""

from __future__ import annotations

import operator
from functools import reduce
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from indicators.choices import ValueKind, ValueState
from indicators.intake.layouts import shipped
from indicators.intake.withholding import small_numbers
from indicators.models import Dataset, Definition, PublishedValue, StatisticsLayout

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from indicators.models import StatisticsUpload

PUBLIC = "公表されている表（{where}）"
HELD_BACK = "公表されていない表（少ない人数の値は秘匿）"
UNASKED = (
    "公表の扱いを、まだ確かめていません（少ない人数の値も、そのまま示しています）。"
    "「公表の扱い」で答えてください。"
)
NOTHING_TO_HIDE = "公表されている場所の記録はありません（秘匿にする少ない人数の値もありません）"


def in_words(datasets: Iterable[Dataset]) -> dict[int, str]:
    """Return for each statistic that was brought in how it stands, by its key. Two queries."""
    brought_in = [one for one in datasets if not one.is_shipped]
    silent = [one.pk for one in brought_in if not one.is_public]
    held_back, unasked = of_silent(silent) if silent else (set(), set())

    def told(one: Dataset) -> str:
        if one.is_public:
            return PUBLIC.format(where=one.public_source)
        if one.pk in held_back:
            return HELD_BACK
        return UNASKED if one.pk in unasked else NOTHING_TO_HIDE

    return {one.pk: told(one) for one in brought_in}


def of_silent(pks: Iterable[int]) -> tuple[set[int], set[int]]:
    """Return which statistics hold numbers of people back, and which of the others show small ones."""
    people = small_numbers.people_counted()
    own = PublishedValue.objects.filter(dataset=OuterRef("pk"), definition__in=people).order_by()
    rows = Dataset.objects.filter(pk__in=pks).annotate(
        holds_back=Exists(own.filter(state=ValueState.SUPPRESSED)),
        shows_small=Exists(own.filter(small(people), state=ValueState.VALUE)),
    )
    found = list(rows.order_by().values_list("pk", "holds_back", "shows_small"))
    held_back = {pk for pk, holds_back, _ in found if holds_back}
    return held_back, {pk for pk, _, shows_small in found if shows_small} - held_back


def small(people: Mapping[int, Definition]) -> Q:
    """Return what counts of towns are below the least that may be shown."""
    by_least: dict[int, list[int]] = {}
    for pk, one in people.items():
        if one.value_kind == ValueKind.COUNT:
            by_least.setdefault(small_numbers.least_of(one), []).append(pk)
    each = (
        Q(definition__in=ones, value__gt=0, value__lt=least) for least, ones in by_least.items()
    )
    is_small = reduce(operator.or_, each, Q(pk__in=()))
    return is_small & Q(place_kind__in=small_numbers.BY_NAME)


def proposed_source(
    upload: StatisticsUpload, dataset: Dataset | None, *, adds: Collection[str] = ()
) -> str:
    """Return where the table of a file is public, for its officer to confirm; empty where nothing is known. ≤ 3 queries.

    What has been said of its statistic goes before what is known of its kind: 「公表されていない」 too. It was not said
    of what the file `adds`.
    """
    if dataset is not None and dataset.public_source:
        return "" if adds else dataset.public_source
    where = published_as(upload.layout)
    if where and dataset is not None and dataset.pk in of_silent([dataset.pk])[0]:
        return ""
    return where


def added(dataset: Dataset | None, people: Collection[int]) -> list[str]:
    """Return the names of the indicators that count people of which a public statistic has told nothing yet. Two queries."""
    if dataset is None or not dataset.public_source:
        return []
    told = PublishedValue.objects.filter(dataset=dataset, definition__in=people).order_by()
    new = set(people) - set(told.values_list("definition", flat=True).distinct())
    rows = Definition.every.filter(pk__in=new).order_by("position", "code")
    return list(rows.values_list("name", flat=True)) if new else []


def published_as(layout: StatisticsLayout | None) -> str:
    """Return the publisher and the title of a file that a shipped layout of a published statistic reads, else nothing.

    A layout keeps the name of the shipped one while people correct it; with another publisher it is another table.
    """
    if layout is None or (layout.name, layout.publisher) not in shipped.published():
        return ""
    return f"{layout.publisher}「{layout.title}」"
