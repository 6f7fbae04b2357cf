"""The published practices of the country: by scene, key person, work item, size of the town and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from reports.practice.case import folded

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from reports.models import PublishedPractice


@dataclass(frozen=True, slots=True)
class Size:
    """A class of towns: from `least` people to below `below`; None is open."""

    code: str
    label: str
    least: int
    below: int | None


SIZES = (
    Size("s1", "1万人未満", 0, 10_000),
    Size("s2", "1万人以上3万人未満", 10_000, 30_000),
    Size("s3", "3万人以上10万人未満", 30_000, 100_000),
    Size("s4", "10万人以上30万人未満", 100_000, 300_000),
    Size("s5", "30万人以上", 300_000, None),
)
BY_CODE = {size.code: size for size in SIZES}
UNKNOWN_SIZE = "不明（人口の統計も、市区町村の入力した人口もありません）"


def found(
    copies: QuerySet[PublishedPractice], wanted: dict[str, Any]
) -> QuerySet[PublishedPractice]:
    """Return the copies that fit everything that is asked for, newest first.

    `wanted`: scene, person, item, size, prefecture (codes) and q (words, all of which must occur).
    """
    conditions = [TAGS[name](code) for name, code in wanted.items() if name in TAGS]
    conditions += [Q(words__contains=word) for word in folded(wanted.get("q", "")).split()]
    rows = copies.select_related("municipality__prefecture").defer("words")
    return rows.filter(*conditions).order_by("-fiscal_year", "municipality__code", "key")


def of_unknown_size(copies: QuerySet[PublishedPractice], wanted: dict[str, Any]) -> int:
    """Return how many copies fit all else that is asked for and may be of the size, for all anybody knows."""
    if "size" not in wanted:
        return 0
    others = {name: code for name, code in wanted.items() if name != "size"}
    return found(copies, others).filter(population=None).count()


def size_in_words(population: int | None) -> str:
    """Return the class of towns that so many people belong to."""
    if population is None:
        return UNKNOWN_SIZE
    sizes = (size for size in SIZES if size.below is None or population < size.below)
    return next(sizes).label


def of_size(code: str) -> Q:
    size = BY_CODE[code]
    least = Q(population__gte=size.least)
    return least if size.below is None else least & Q(population__lt=size.below)


# By the name of a filter, what keeps a copy whose tag is asked for.
TAGS: dict[str, Callable[[str], Q]] = {
    "scene": lambda code: Q(scene=code),
    "person": lambda code: Q(key_person=code) | Q(second_person=code),
    "item": lambda code: Q(work_item=code) | Q(second_item=code),
    "prefecture": lambda code: Q(municipality__prefecture__code=code),
    "size": of_size,
}
