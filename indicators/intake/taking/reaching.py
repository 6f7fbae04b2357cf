"""How far a statistic has come: of how many municipalities it tells, and in how many it has become a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from indicators.models import DatasetUse
from municipalities.models import Municipality

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.models import Dataset
    from municipalities.models import Prefecture

REACHED = "{every}市区町村のうち{count}市区町村の実績値に入りました"
NOWHERE = (
    "まだ、どの市区町村の実績値にもなっていません（この統計の指標を追っている市区町村がないか、"
    "追っている市区町村に、その年度の値がすでにあります）"
)


def reached(datasets: Iterable[Dataset], prefecture: Prefecture | None) -> dict[int, int]:
    """Return in how many municipalities, of a prefecture or of all, each statistic has become a value. One query."""
    rows = DatasetUse.objects.filter(dataset__in=[one.pk for one in datasets], count__gt=0)
    if prefecture:
        rows = rows.filter(municipality__prefecture=prefecture)
    counted = rows.order_by().values_list("dataset").annotate(towns=Count("municipality"))
    return dict(counted)


@dataclass(frozen=True, slots=True)
class Used:
    """How many values of how many municipalities bear the name of a statistic, whoever has put them there."""

    values: int
    towns: int


def used(dataset: Dataset) -> Used:
    rows = DatasetUse.objects.filter(dataset=dataset, count__gt=0)
    told = rows.aggregate(values=Sum("count"), towns=Count("pk"))
    return Used(told["values"] or 0, told["towns"])


def in_words(datasets: Iterable[Dataset], prefecture: Prefecture | None) -> dict[int, str]:
    """Return for each statistic a sentence. Two queries."""
    found = reached(datasets, prefecture)
    towns = Municipality.objects.filter(parent=None)
    every = (towns.filter(prefecture=prefecture) if prefecture else towns).count()
    where = "管内の" if prefecture else "全国の"

    def told(dataset: Dataset) -> str:
        if count := found.get(dataset.pk):
            return where + REACHED.format(every=f"{every:,}", count=f"{count:,}")
        # What is shipped is there for whoever needs it; of a file somebody waits to hear.
        return "" if dataset.is_shipped else NOWHERE

    return {one.pk: told(one) for one in datasets}
